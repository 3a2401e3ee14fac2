import { Webhook } from 'standardwebhooks'
import type { Channel, SendOptions } from './channel.ts'
import { httpPost } from './http-post.ts'
import { webhookPayload } from './webhook-payload.ts'

/** Where and how to post. `timeout` in milliseconds for the whole attempt. */
export interface WebhookOptions {
  readonly url: string
  readonly secret?: string | undefined
  readonly headers: Readonly<Record<string, string>>
  readonly timeout: number
}

/**
 * Posts alerts as JSON to an address of the operator, signed by Standard Webhooks when a secret is set. Throws when
 * the secret cannot be a key.
 */
export function webhookChannel(id: string, options: WebhookOptions): Channel {
  const signer = options.secret === undefined ? null : signerFor(id, options.secret)
  return {
    id,
    send: (message, send) => {
      const body = webhookPayload(message, send.actions)
      const headers = headersFor(body, options, signer, send)
      return httpPost({ url: options.url, headers, body, timeout: options.timeout }, send)
    },
  }
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
    ...Object.fromEntries(own),
    'webhook-id': key,
    'webhook-timestamp': String(Math.floor(send.now.getTime() / 1000)),
    ...signed,
  }
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
