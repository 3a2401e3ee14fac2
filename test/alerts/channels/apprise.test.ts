import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { appriseChannel, appriseMessage } from '../../../src/alerts/channels/apprise.ts'
import { messageOf } from '../../../src/alerts/message.ts'
import { anyMessage } from '../hostile.ts'
import { readHtml, readMarkdown } from '../read-markup.ts'
import { flood, sampleActions, week } from '../sample-messages.ts'
import { alertSamples } from '../sample.ts'
import { answering, everyMessage, expectValid, posted, receiver, sending } from './chat.ts'
import { appriseKeySchema, appriseUrlsSchema } from './schemas/apprise.ts'

const moved = messageOf(alertSamples['status-changed'])
const urls = ['discord://id/secret-token']
const base = { format: 'markdown', limit: 4000, timeout: 2000 } as const
const byKey = (url: string, over = {}) => appriseChannel('all', { ...base, url, key: 'home', ...over })
const byUrls = (url: string, over = {}) => appriseChannel('all', { ...base, url, urls, ...over })
const formats = ['markdown', 'text', 'html'] as const
const made = (message = moved, over = {}) => appriseMessage(message, { ...base, ...over }, sampleActions)

describe('a message to Apprise', () => {
  it.each(everyMessage)('is what its API takes, in each format: %s', async (_name, message) => {
    for (const format of formats) {
      await posted(message, appriseKeySchema, (url) => byKey(url, { format }), { error: null })
    }
    await posted(message, appriseUrlsSchema, byUrls, 'Notification(s) sent.')
  })

  it.each(formats)('says in the title what moved, beneath it the proof and the links: %s', (format) => {
    expect(made(moved, { format })).toMatchSnapshot()
  })

  it('has the type of what it tells', () => {
    const typeOf = (to: 'happened' | 'cancelled' | 'announced') =>
      made(messageOf({ ...alertSamples['status-changed'], to })).type
    expect([typeOf('happened'), typeOf('cancelled'), typeOf('announced')]).toEqual([
      'success',
      'failure',
      'info',
    ])
    expect(made(messageOf(alertSamples['feed-blind'])).type).toBe('warning')
    expect(made(week).type).toBe('info')
  })

  it('has a title that shows the words of others as they are, and nothing else', () => {
    const question = '@everyone **x** [a](http://evil.example) <b>y</b>'
    const alert = {
      ...alertSamples['status-changed'],
      item: { ...alertSamples['status-changed'].item, question },
    }
    const titles = formats.map((format) => made(messageOf(alert), { format }).title)
    for (const title of titles) expect(title).not.toContain('@everyone')
    const [markdown = '', , html = ''] = titles
    expect(readMarkdown(markdown)).toMatchObject({ links: [] })
    expect(readMarkdown(markdown).marks).not.toContain('strong')
    expect(readHtml(html)).toMatchObject({ links: [], marks: new Set() })
    expect(readHtml(html).text).toContain('<b>y</b>')
  })

  it('is asked for no more alerts than it shows', () => {
    const room = byKey('http://apprise.example').room?.(flood(100).alerts) ?? 0
    expect(room).toBeGreaterThan(2)
    expect(made(flood(room)).body).not.toMatch(/and \d+ more/)
    expect(made(flood(room + 1)).body).toMatch(/and \d+ more/)
  })

  it('takes no markup from words of others, and keeps to the limit of the configuration', () => {
    fc.assert(
      fc.property(anyMessage, fc.integer({ min: 200, max: 5000 }), (message, limit) => {
        for (const format of formats) {
          const body = appriseMessage(message, { format, limit }, () => [])
          expectValid(body, appriseKeySchema)
          expect(body.body.length).toBeLessThanOrEqual(limit)
          expect(body.title.length).toBeLessThanOrEqual(200)
          if (format === 'html') readHtml(body.body)
          if (format !== 'markdown') continue
          const { marks } = readMarkdown(body.body)
          expect(marks.has('image') || marks.has('html')).toBe(false)
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('an Apprise API', () => {
  it('is called with the key of a configuration and the tags in it, or with the addresses', async () => {
    const { origin, received } = await answering(200, '')
    await byKey(`${origin}/apprise/`, { tags: 'family, admin', user: 'me', password: 'p' }).send(
      moved,
      sending(),
    )
    await byUrls(origin).send(moved, sending())
    expect(received.map(({ url }) => url)).toEqual(['/apprise/notify/home', '/notify/'])
    expect(received[0]?.headers.authorization).toMatch(/^Basic /)
    const bodies = received.map(({ body }) => JSON.parse(body) as unknown)
    expect(bodies[0]).toMatchObject({ tag: 'family, admin' })
    expect(bodies[1]).toMatchObject({ urls })
  })

  it('that has nobody to tell has told nobody', async () => {
    const { origin } = await receiver((response) => response.writeHead(204).end())
    expect(await byKey(origin).send(moved, sending())).toMatchObject({
      kind: 'refused',
      concerns: 'channel',
      reason: expect.stringContaining('nobody to tell') as string,
    })
  })

  it('is asked again where a service did not take it, and says why it did not', async () => {
    const details = [
      ['INFO', '2025-06-10', 'Notifying 2 services.'],
      ['WARNING', '2025-06-10', 'Failed to send to https://me:secret@chat.example: error=401.'],
    ]
    const { origin } = await answering(424, { error: 'One or more notification could not be sent', details })
    expect(await byKey(origin).send(moved, sending())).toEqual({
      kind: 'retry',
      reason:
        'answered 424: One or more notification could not be sent; Failed to send to https://***@chat.example: error=401.',
      retryAfterMs: null,
    })
    const old = await answering(424, 'One or more')
    expect(await byKey(old.origin).send(moved, sending())).toMatchObject({
      reason: expect.stringContaining('did not take it') as string,
    })
  })

  it.each([
    [400, { error: 'Bad FORM Payload provided' }, 'message'],
    [403, { error: 'Forbidden' }, 'channel'],
    [404, 'Not Found', 'channel'],
  ])('that answers %i refuses', async (status, body, concerns) => {
    const { origin } = await answering(status, body)
    expect(await byKey(origin).send(moved, sending())).toMatchObject({ kind: 'refused', concerns })
  })

  it.each([500, 503])('is asked again after %i', async (status) => {
    const { origin } = await answering(status, '')
    expect(await byKey(origin).send(moved, sending())).toMatchObject({ kind: 'retry' })
  })

  it('never shows an address of a service where a try failed', async () => {
    const gone = await receiver(() => undefined)
    await gone.close()
    expect(JSON.stringify(await byUrls(gone.origin).send(moved, sending()))).not.toContain('secret-token')
  })
})
