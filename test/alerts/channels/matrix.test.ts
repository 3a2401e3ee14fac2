import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matrixChannel, matrixContent } from '../../../src/alerts/channels/matrix.ts'
import { lengthIn } from '../../../src/alerts/limit.ts'
import { messageOf } from '../../../src/alerts/message.ts'
import { anyMessage, hostileAlert } from '../hostile.ts'
import { readHtml } from '../read-markup.ts'
import { flood, sampleActions } from '../sample-messages.ts'
import { alertSamples } from '../sample.ts'
import { answering, everyMessage, expectValid, receiver, sending } from './chat.ts'
import { matrixSchema } from './schemas/matrix.ts'

const moved = messageOf(alertSamples['status-changed'])
const taken = { event_id: '$YUwRidLecu:example.com' }
const room = '!a/b?c:example.org'
const homeserver = (url: string, over = {}) =>
  matrixChannel('matrix', { url, token: 'syt_secret', room, notice: false, timeout: 2000, ...over })

describe('a message to Matrix', () => {
  it.each(everyMessage)('is what a room takes: %s', async (_name, message) => {
    const { origin, received } = await answering(200, taken)
    expect(await homeserver(origin).send(message, sending())).toEqual({
      kind: 'sent',
      detail: 'answered 200, event $YUwRidLecu:example.com',
    })
    const [request] = received
    expect(request?.method).toBe('PUT')
    const content = JSON.parse(request?.body ?? '') as { formatted_body: string }
    expectValid(content, matrixSchema)
    const { marks } = readHtml(content.formatted_body)
    expect(['strong', 'a href', 'blockquote', 'p', 'br', 'ul', 'li']).toEqual(
      expect.arrayContaining([...marks]),
    )
  })

  it('shows what moved, the question, the proof and the links, as text and as HTML', () => {
    expect(matrixContent(moved, true, sampleActions)).toMatchSnapshot()
  })

  it('mentions nobody and links nowhere by words of others', () => {
    const { formatted_body } = matrixContent(messageOf(hostileAlert), false, () => [])
    expect(readHtml(formatted_body).links.join()).not.toContain('evil')
    expect(formatted_body).not.toMatch(/@room/)
  })

  it('keeps an event far below 64 kB, whatever stands in it', () => {
    const backslashes = { ...hostileAlert, slippage: Array.from({ length: 6 }, () => '\\"'.repeat(40)) }
    const worst = { alerts: [backslashes, ...flood(99).alerts], digest: null } as const
    const sizeOf = (content: unknown) => lengthIn(JSON.stringify(content), 'bytes')
    expect(sizeOf(matrixContent(worst, false, () => []))).toBeLessThan(55_000)
    fc.assert(
      fc.property(anyMessage, (message) => {
        const made = matrixContent(message, false, () => [])
        expectValid(made, matrixSchema)
        expect(sizeOf(made)).toBeLessThan(55_000)
      }),
      { numRuns: 100 },
    )
  })

  it('is asked for no more alerts than both of its texts show', () => {
    const count = homeserver('https://matrix.example').room?.(flood(100).alerts) ?? 0
    expect(count).toBeGreaterThan(5)
    const { body, formatted_body } = matrixContent(flood(count), false, () => [])
    expect(body + formatted_body).not.toMatch(/and \d+ more/)
    expect(matrixContent(flood(count + 1), false, () => []).body).toMatch(/and \d+ more/)
  })
})

describe('a homeserver', () => {
  it('gets a message under its key, so that the same one is never shown twice', async () => {
    const { origin, received } = await answering(200, taken)
    await homeserver(`${origin}/`).send(moved, sending())
    await homeserver(`${origin}/`).send(moved, sending({ attempt: 2 }))
    const path =
      '/_matrix/client/v3/rooms/!a%2Fb%3Fc%3Aexample.org/send/m.room.message/0b3f3c0e-0000-4000-8000-000000000001'
    expect(received.map(({ url }) => url)).toEqual([path, path])
    expect(received[0]?.headers.authorization).toBe('Bearer syt_secret')
    expect(received[1]?.body).toBe(received[0]?.body)
  })

  it.each([
    [{ retry_after_ms: 2000 }, {}, 2000],
    [{ retry_after_ms: 1 }, { 'retry-after': '7' }, 7000],
    [{}, {}, null],
  ])('says how long it is to be left alone: %j', async (more, headers, retryAfterMs) => {
    const body = { errcode: 'M_LIMIT_EXCEEDED', error: 'Too many requests', ...more }
    const { origin } = await answering(429, body, headers)
    expect(await homeserver(origin).send(moved, sending())).toEqual({
      kind: 'retry',
      reason: 'answered 429 M_LIMIT_EXCEEDED: Too many requests',
      retryAfterMs,
    })
  })

  it.each([
    [401, 'M_UNKNOWN_TOKEN', 'channel'],
    [403, 'M_FORBIDDEN', 'channel'],
    [404, 'M_UNRECOGNIZED', 'channel'],
    [400, 'M_INVALID_PARAM', 'channel'],
    [400, 'M_BAD_JSON', 'message'],
    [413, 'M_TOO_LARGE', 'message'],
  ])('that answers %i %s refuses, because of the %s', async (status, errcode, concerns) => {
    const { origin } = await answering(status, { errcode, error: 'No' })
    expect(await homeserver(origin).send(moved, sending())).toEqual({
      kind: 'refused',
      reason: `answered ${status} ${errcode}: No`,
      concerns,
    })
  })

  it.each([
    [200, '{}'],
    [502, 'Bad Gateway'],
    [500, { errcode: 'M_UNKNOWN', error: 'Internal server error' }],
  ])('is tried again when %i comes with something else', async (code, body) => {
    const { origin } = await answering(code, body)
    expect(await homeserver(origin).send(moved, sending())).toMatchObject({ kind: 'retry' })
  })

  it('never shows the token where a try failed', async () => {
    const gone = await receiver(() => undefined)
    await gone.close()
    const outcome = await homeserver(gone.origin).send(moved, sending())
    expect(outcome).toMatchObject({ kind: 'retry' })
    expect(JSON.stringify(outcome)).not.toContain('syt_secret')
  })
})
