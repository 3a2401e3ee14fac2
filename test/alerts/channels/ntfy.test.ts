import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ntfyChannel } from '../../../src/alerts/channels/ntfy.ts'
import { ntfyMessage } from '../../../src/alerts/channels/ntfy-message.ts'
import { bytes, fits } from '../../../src/alerts/limit.ts'
import { messageOf } from '../../../src/alerts/message.ts'
import { anyMessage, anyUrl, hostileAlert } from '../hostile.ts'
import { readMarkdown } from '../read-markup.ts'
import { about, burst, flood, week } from '../sample-messages.ts'
import { alertSamples } from '../sample.ts'
import { answering, everyMessage, expectValid, posted, receiver, sending } from './chat.ts'
import { ntfySchema } from './schemas/ntfy.ts'

const moved = messageOf(alertSamples['status-changed'])
const options = { topic: 'news', updates: true, markdown: false }
const taken = { id: 'hwQ2YpKdmg', time: 1749574800, event: 'message', topic: 'news' }

const phone = (url: string, over = {}) => ntfyChannel('phone', { url, ...options, timeout: 2000, ...over })
const made = (message = moved, over = {}) => ntfyMessage(message, { ...options, ...over }, sending())

describe('a message to ntfy', () => {
  it.each(everyMessage)('is what a topic takes, as text and as Markdown: %s', async (_name, message) => {
    await posted(message, ntfySchema, phone, taken)
    await posted(message, ntfySchema, (url) => phone(url, { markdown: true }), taken)
  })

  it('says in the title what moved, beneath it the proof, and where to look', () => {
    expect(made()).toMatchSnapshot()
  })

  it('lays several alerts out one below the other, without links for doing something', () => {
    expect(made(week).message).toMatchSnapshot()
    expect(made(week).actions).toBeUndefined()
    expect(made(burst).click).toBe('http://127.0.0.1:8484/')
  })

  it('asks the whole question in the text where the title has no room for it', () => {
    const question = `When will ${'the very long story of it all '.repeat(8)}end?`
    const { title, message } = made(messageOf(about(alertSamples['status-changed'], question)))
    expect(title).toMatch(/…$/)
    expect(fits(title, bytes(200))).toBe(true)
    expect(message).toContain(question)
  })

  it('rings for an answer, and is quiet where all is well', () => {
    const answered = { ...alertSamples['status-changed'], to: 'happened' as const }
    expect(made(messageOf(answered)).priority).toBe(4)
    expect(made().priority).toBe(3)
    expect(made(messageOf(alertSamples['all-quiet'])).priority).toBe(2)
    expect(made({ ...week, alerts: [answered] }).priority).toBe(3)
  })

  it('takes the place of the earlier news of its question, and of nothing else', () => {
    const id = (message = moved) => made(message).sequence_id
    expect(id(messageOf(alertSamples.corrected))).toBe(id())
    expect(id(messageOf(about(alertSamples['status-changed'], 'Another?')))).not.toBe(id())
    expect(id(messageOf(alertSamples['feed-blind']))).not.toBe(id())
    expect(id(messageOf(alertSamples['feed-restored']))).toBe(id(messageOf(alertSamples['feed-blind'])))
    expect(id(burst)).toBe(sending().idempotencyKey)
    expect(id(messageOf(alertSamples.test))).toBe(sending().idempotencyKey)
    expect(made(moved, { updates: false })).not.toHaveProperty('sequence_id')
  })

  it('counts the alerts that it has no room for, and is asked for fewer beforehand', () => {
    expect(made(flood(300)).message).toMatch(/and 2\d\d more/)
    const room = phone('https://ntfy.sh').room?.(flood(100).alerts) ?? 0
    expect(room).toBeGreaterThan(3)
    expect(made(flood(room)).message).not.toMatch(/and \d+ more/)
    expect(made(flood(room + 1)).message).toMatch(/and \d+ more/)
  })

  it('takes no markup from words of others', () => {
    const { message } = made(messageOf(hostileAlert), { markdown: true })
    const { links, marks } = readMarkdown(message)
    expect(links.join()).not.toContain('evil')
    expect([...marks]).not.toEqual(expect.arrayContaining(['image', 'html', 'code', 'heading']))
  })

  it('keeps to every limit, whatever stands in it and however long the links are', () => {
    const link = fc.record({ label: fc.string(), url: anyUrl.filter((url) => url.startsWith('http')) })
    fc.assert(
      fc.property(anyMessage, fc.array(link, { maxLength: 5 }), fc.boolean(), (message, links, markdown) => {
        const body = ntfyMessage(message, { ...options, markdown }, sending({ actions: () => links }))
        expectValid(body, ntfySchema)
        expect(fits(body.message, bytes(4095))).toBe(true)
        expect(fits(body.title, bytes(200))).toBe(true)
        expect(fits(JSON.stringify(body), bytes(8191))).toBe(true)
      }),
      { numRuns: 150 },
    )
  })

  it('gives up links before next to all of its text, where they take the room', () => {
    const url = `https://watch.example/${'x'.repeat(1900)}`
    const actions = () => ['a', 'b', 'c', 'd'].map((label) => ({ label, url }))
    const body = ntfyMessage(moved, options, sending({ actions }))
    expect(body.message).toContain('expect it later this summer')
    expect(fits(JSON.stringify(body), bytes(8191))).toBe(true)
  })
})

describe('ntfy', () => {
  it('is posted to at its root, by nobody, by token, or by user and password', async () => {
    const { origin, received } = await answering(200, taken)
    for (const login of [{}, { token: 'tk_secret' }, { user: 'me', password: 'pässword' }]) {
      expect(await phone(`${origin}/push/`, login).send(moved, sending())).toEqual({
        kind: 'sent',
        detail: 'answered 200, message hwQ2YpKdmg',
      })
    }
    expect(received.map(({ url }) => url)).toEqual(['/push/', '/push/', '/push/'])
    expect(received.map(({ headers }) => headers.authorization)).toEqual([
      undefined,
      'Bearer tk_secret',
      `Basic ${Buffer.from('me:pässword').toString('base64')}`,
    ])
  })

  it.each([
    [400, 40009, 'invalid request: topic invalid', 'channel'],
    [400, 40017, 'invalid request: request body must be message JSON', 'message'],
    [401, 40101, 'unauthorized', 'channel'],
    [403, 40301, 'forbidden', 'channel'],
    [404, 40401, 'page not found', 'channel'],
    [413, 41303, 'JSON body too large', 'message'],
  ])('that answers %i %i refuses: %s, because of the %s', async (http, code, error, concerns) => {
    const { origin } = await answering(http, { code, http, error })
    expect(await phone(origin).send(moved, sending())).toEqual({
      kind: 'refused',
      reason: `answered ${http}: ${error}`,
      concerns,
    })
  })

  it('is asked again when it has had enough for now, and when it says so', async () => {
    const error = 'limit reached: too many messages'
    const { origin } = await answering(429, { code: 42908, http: 429, error }, { 'retry-after': '12' })
    expect(await phone(origin).send(moved, sending())).toEqual({
      kind: 'retry',
      reason: `answered 429: ${error}`,
      retryAfterMs: 12_000,
    })
  })

  it.each([
    [200, '<html>Log in to the network</html>'],
    [200, '{"healthy":true}'],
    [502, 'Bad Gateway'],
    [507, { code: 50701, http: 507, error: 'cannot publish to UnifiedPush topic' }],
  ])('is tried again when %i comes with something else', async (code, body) => {
    const { origin } = await answering(code, body)
    expect(await phone(origin).send(moved, sending())).toMatchObject({ kind: 'retry' })
  })

  it('never shows the token where a try failed', async () => {
    const gone = await receiver(() => undefined)
    await gone.close()
    const outcome = await phone(gone.origin, { token: 'tk_secret' }).send(moved, sending())
    expect(outcome).toMatchObject({ kind: 'retry' })
    expect(JSON.stringify(outcome)).not.toContain('tk_secret')
  })
})
