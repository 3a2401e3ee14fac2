import type { ServerResponse } from 'node:http'
import { Webhook } from 'standardwebhooks'
import { afterEach, describe, expect, it } from 'vitest'
import { messageOf } from '../../../src/alerts/message.ts'
import { webhookChannel, type WebhookOptions } from '../../../src/alerts/channels/webhook.ts'
import { alertSamples } from '../sample.ts'
import { startReceiver } from './receiver.ts'

const alert = alertSamples['status-changed']
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const cleanUps: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp()
})

async function receiver(answer: (response: ServerResponse, nth: number) => void) {
  const started = await startReceiver(answer)
  cleanUps.push(started.close)
  return started
}

const status = (code: number, body = '', headers: Record<string, string> = {}) =>
  receiver((response) => response.writeHead(code, headers).end(body))

function send(url: string, over: Partial<WebhookOptions> = {}, signal = new AbortController().signal) {
  const channel = webhookChannel('team', { url, headers: {}, timeout: 2000, ...over })
  return channel.send(messageOf(alert), {
    ...{ idempotencyKey: 'msg_1', signal, attempt: 1, now: new Date() },
    actions: () => [],
  })
}

describe('a webhook', () => {
  it('posts the alert as JSON under its idempotency key', async () => {
    const { url, received } = await status(200)
    expect(await send(url)).toEqual({ kind: 'sent', detail: 'answered 200' })
    expect(received).toHaveLength(1)
    expect(received[0]).toMatchObject({
      method: 'POST',
      headers: {
        'webhook-id': 'msg_1',
        'idempotency-key': 'msg_1',
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'openwatch',
      },
    })
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({
      type: 'alert.status-changed',
      timestamp: '2025-06-10T17:00:00.000Z',
      data: {
        item: { id: 'release-timing' },
        from: 'announced',
        to: 'delayed',
        evidence: [{ outlet: 'techcrunch.com', claimedAt: '2025-06-10T17:00:00.000Z' }],
        slippage: ['in the coming months', 'early summer', 'later this summer'],
        text: expect.stringContaining('announced → delayed') as string,
        markdown: expect.stringContaining('**announced → delayed**') as string,
      },
    })
  })

  it.each([secret, 'any words of the operator'])(
    'is signed so that the receiver can check it (%s)',
    async (key) => {
      const { url, received } = await status(204)
      await send(url, { secret: key })
      const { body = '', headers = {} } = received[0] ?? {}
      const verifier = key.startsWith('whsec_') ? new Webhook(key) : new Webhook(key, { format: 'raw' })
      const signed = headers as Record<string, string>
      expect(verifier.verify(body, signed)).toMatchObject({ type: 'alert.status-changed' })
      expect(() => verifier.verify(body.replace('delayed', 'happened'), signed)).toThrow()
    },
  )

  it('carries no signature without a secret', async () => {
    const { url, received } = await status(200)
    await send(url)
    expect(received[0]?.headers['webhook-signature']).toBeUndefined()
  })

  it('sends the headers of the operator, which cannot replace its own', async () => {
    const { url, received } = await status(200)
    await send(url, { headers: { authorization: 'Bearer x', 'Webhook-Id': 'forged', 'User-Agent': 'mine' } })
    expect(received[0]?.headers).toMatchObject({
      authorization: 'Bearer x',
      'webhook-id': 'msg_1',
      'user-agent': 'mine',
    })
  })

  it.each([
    ['message', 400],
    ['message', 413],
    ['message', 422],
    ['channel', 401],
    ['channel', 403],
    ['channel', 404],
    ['channel', 410],
  ])(
    'is refused for good because of the %s by %i, with the words of the receiver',
    async (concerns, code) => {
      const { url } = await status(code, 'no\n\u001b[31msuch hook')
      expect(await send(url)).toEqual({
        kind: 'refused',
        reason: `answered ${code}: no [31msuch hook`,
        concerns,
      })
    },
  )

  it.each([408, 425, 429, 500, 502, 503])('is tried again after %i', async (code) => {
    const { url } = await status(code)
    expect(await send(url)).toEqual({ kind: 'retry', reason: `answered ${code}`, retryAfterMs: null })
  })

  it('hears when the receiver wants to be asked again', async () => {
    const { url } = await status(429, '', { 'retry-after': '120' })
    expect(await send(url)).toMatchObject({ kind: 'retry', retryAfterMs: 120_000 })
    const later = await status(503, '', { 'retry-after': new Date(Date.now() + 60_000).toUTCString() })
    const outcome = await send(later.url)
    expect(outcome.kind === 'retry' && outcome.retryAfterMs).toBeGreaterThan(55_000)
  })

  it('does not follow a redirect', async () => {
    const target = await status(200)
    const { url } = await status(302, '', { location: target.url })
    expect(await send(url)).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('redirect') as string,
    })
    expect(target.received).toEqual([])
  })

  it('does not wait longer than its timeout, also in the middle of an answer', async () => {
    const silent = await receiver(() => undefined)
    expect(await send(silent.url, { timeout: 100 })).toEqual({
      kind: 'retry',
      reason: 'no answer in time',
      retryAfterMs: null,
    })
    const dripping = await receiver((response) => response.writeHead(200).write('a'))
    expect(await send(dripping.url, { timeout: 100 })).toMatchObject({
      kind: 'retry',
      reason: 'no answer in time',
    })
  })

  it('reads no more of a flood than it shows', async () => {
    const { url } = await status(500, 'x'.repeat(5_000_000))
    const outcome = await send(url)
    expect(outcome.kind === 'retry' && outcome.reason.length).toBeLessThan(230)
  })

  it('says that nobody is there', async () => {
    const gone = await startReceiver(() => undefined)
    await gone.close()
    expect(await send(gone.url)).toMatchObject({
      kind: 'retry',
      reason: expect.stringContaining('ECONNREFUSED') as string,
    })
  })

  it('lets go at once when openwatch stops', async () => {
    const silent = await receiver(() => undefined)
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 50)
    expect(await send(silent.url, { timeout: 60_000 }, stop.signal)).toMatchObject({
      kind: 'retry',
      reason: 'called off: openwatch is stopping',
    })
  })

  it('says which channel has a secret that cannot be a key', () => {
    const options = { url: 'http://127.0.0.1/', headers: {}, timeout: 1000, secret: 'whsec_!!' }
    expect(() => webhookChannel('team', options)).toThrow(/channel team: .* base64/)
  })
})

describe('the signatures of Standard Webhooks', () => {
  it('are those of the published vector', () => {
    const signature = new Webhook(secret).sign(
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      new Date(1614265330 * 1000),
      '{"test": 2432232314}',
    )
    expect(signature).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
  })
})
