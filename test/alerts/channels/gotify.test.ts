import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gotifyChannel, gotifyMessage } from '../../../src/alerts/channels/gotify.ts'
import { bytes, fits } from '../../../src/alerts/limit.ts'
import { messageOf } from '../../../src/alerts/message.ts'
import { anyMessage, hostileAlert } from '../hostile.ts'
import { readMarkdown } from '../read-markup.ts'
import { burst, flood } from '../sample-messages.ts'
import { alertSamples } from '../sample.ts'
import { answering, everyMessage, expectValid, posted, receiver, sending } from './chat.ts'
import { gotifySchema } from './schemas/gotify.ts'

const moved = messageOf(alertSamples['status-changed'])
const taken = { id: 25, appid: 5, message: 'x', date: '2025-06-10T17:00:00Z' }
const server = (url: string, over = {}) =>
  gotifyChannel('gotify', { url, token: 'AbCdEf', timeout: 2000, ...over })

describe('a message to Gotify', () => {
  it.each(everyMessage)('is what an application takes: %s', async (_name, message) => {
    await posted(message, gotifySchema, server, taken)
  })

  it('says in the title what moved, beneath it the proof and the links', () => {
    expect(gotifyMessage(moved, sending())).toMatchSnapshot()
  })

  it('leads to the page of all questions where it is about several', () => {
    const { title, extras } = gotifyMessage(burst, sending())
    expect(title).toMatch(/^3 changes: /)
    expect(extras['client::notification']).toEqual({ click: { url: 'http://127.0.0.1:8484/' } })
  })

  it('rings and vibrates for an answer, rings for news, and is quiet where all is well', () => {
    const answered = { ...alertSamples['status-changed'], to: 'cancelled' as const }
    const priority = (message = moved) => gotifyMessage(message, sending()).priority
    expect(priority(messageOf(answered))).toBeGreaterThanOrEqual(8)
    expect(priority()).toBe(5)
    expect(priority(messageOf(alertSamples['all-quiet']))).toBeLessThan(4)
  })

  it('is asked for no more alerts than it shows', () => {
    const room = server('https://gotify.example').room?.(flood(100).alerts) ?? 0
    expect(room).toBeGreaterThan(10)
    expect(gotifyMessage(flood(room), sending()).message).not.toMatch(/and \d+ more/)
    expect(gotifyMessage(flood(300), sending()).message).toMatch(/and 2\d\d more/)
  })

  it('loads no image and follows no link from words of others, within its limit', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        const made = gotifyMessage(message, sending({ actions: () => [] }))
        expectValid(made, gotifySchema)
        expect(fits(made.message, bytes(16_000))).toBe(true)
        const { marks } = readMarkdown(made.message)
        expect(marks.has('image') || marks.has('html')).toBe(false)
      }),
      { numRuns: 100 },
    )
    const { links } = readMarkdown(gotifyMessage(messageOf(hostileAlert), sending()).message)
    expect(links.join()).not.toContain('evil')
  })
})

describe('Gotify', () => {
  it('is called with the token of the application', async () => {
    const { origin, received } = await answering(200, taken)
    expect(await server(`${origin}/push/`).send(moved, sending())).toEqual({
      kind: 'sent',
      detail: 'answered 200, message 25',
    })
    expect(received[0]?.url).toBe('/push/message')
    expect(received[0]?.headers['x-gotify-key']).toBe('AbCdEf')
  })

  it.each([
    [400, 'message is empty', 'message'],
    [401, 'you need to provide a valid access token or user credentials to access this api', 'channel'],
    [403, 'you are not allowed to access this api', 'channel'],
    [404, 'page not found', 'channel'],
  ])('that answers %i %s refuses, because of the %s', async (errorCode, errorDescription, concerns) => {
    const { origin } = await answering(errorCode, { error: 'x', errorCode, errorDescription })
    expect(await server(origin).send(moved, sending())).toEqual({
      kind: 'refused',
      reason: `answered ${errorCode}: ${errorDescription}`,
      concerns,
    })
  })

  it.each([
    [200, '<html>Log in to the network</html>'],
    [500, { error: 'Internal Server Error', errorCode: 500, errorDescription: 'database is locked' }],
    [429, ''],
  ])('is tried again when %i comes with something else', async (code, body) => {
    const { origin } = await answering(code, body)
    expect(await server(origin).send(moved, sending())).toMatchObject({ kind: 'retry' })
  })

  it('never shows the token where a try failed', async () => {
    const gone = await receiver(() => undefined)
    await gone.close()
    const outcome = await server(gone.origin).send(moved, sending())
    expect(outcome).toMatchObject({ kind: 'retry' })
    expect(JSON.stringify(outcome)).not.toContain('AbCdEf')
  })
})
