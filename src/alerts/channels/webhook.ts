import { Webhook } from 'standardwebhooks'
import { request, type Dispatcher } from 'undici'
import { oneLine, clip } from '../../report/plain.ts'
import type { Message } from '../message.ts'
import type { Channel, SendOptions, SendOutcome } from './channel.ts'
import { httpOutcome, networkOutcome } from './http-outcome.ts'
import { webhookPayload } from './webhook-payload.ts'

/** Where and how to post. `timeout` in milliseconds for the whole attempt. */
export interface WebhookOptions {
  readonly url: string
  readonly secret?: string | undefined
  readonly headers: Readonly<Record<string, string>>
  readonly timeout: number
}

/** How much of an unfriendly answer is kept for people, in bytes read and in characters shown. */
const readLimit = 4096
const shownLimit = 200

/**
 * Posts alerts as JSON to an address of the operator, signed by Standard Webhooks when a secret is set. Private
 * addresses are allowed, because the operator names them; redirects are not followed, because he does not.
 * Throws when the secret cannot be a key.
 */
export function webhookChannel(id: string, options: WebhookOptions): Channel {
  const signer = options.secret === undefined ? null : signerFor(id, options.secret)
  return {
    id,
    send: async (message, send) => {
      const stopped = () => send.signal.aborted
      try {
        return await post(message, options, signer, send)
      } catch (error) {
        return networkOutcome(error, stopped())
      }
    },
  }
}

async function post(
  message: Message,
  options: WebhookOptions,
  signer: Webhook | null,
  send: SendOptions,
): Promise<SendOutcome> {
  const body = webhookPayload(message)
  const response = await request(options.url, {
    method: 'POST',
    headers: headersFor(body, options, signer, send),
    body,
    signal: AbortSignal.any([send.signal, AbortSignal.timeout(options.timeout)]),
  })
  const retryAfter = response.headers['retry-after']
  const text = await firstWords(response)
  return httpOutcome(response.statusCode, [retryAfter].flat()[0] ?? null, text, send.now)
}

function headersFor(
  body: string,
  options: WebhookOptions,
  signer: Webhook | null,
  send: SendOptions,
): Record<string, string> {
  const key = send.idempotencyKey
  // Names are compared in small letters: an operator's `Webhook-Id` must not stand beside ours.
  const own = Object.entries(options.headers).map(([name, value]) => [name.toLowerCase(), value] as const)
  const signed = signer === null ? {} : { 'webhook-signature': signer.sign(key, send.now, body) }
  return {
    'user-agent': 'openwatch',
    ...Object.fromEntries(own),
    'content-type': 'application/json; charset=utf-8',
    'webhook-id': key,
    'webhook-timestamp': String(Math.floor(send.now.getTime() / 1000)),
    ...signed,
  }
}

/** The first words of an answer; the rest is thrown away so that a receiver cannot fill the memory. */
async function firstWords(response: Dispatcher.ResponseData): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response.body as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    length += chunk.length
    if (length >= readLimit) break
  }
  return clip(oneLine(Buffer.concat(chunks).toString('utf8')), shownLimit)
}

/** `whsec_` secrets are base64, as the standard has it; any other secret is taken as it is written. */
function signerFor(id: string, secret: string): Webhook {
  try {
    return secret.startsWith('whsec_') ? new Webhook(secret) : new Webhook(secret, { format: 'raw' })
  } catch (cause) {
    throw new Error(
      `channel ${id}: the secret cannot be used for signing; after "whsec_" it must be base64 (openssl rand -base64 32)`,
      { cause },
    )
  }
}
