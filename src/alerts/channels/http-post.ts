import type { Dispatcher } from 'undici'
import { clip, oneLine } from '../../report/plain.ts'
import type { SendOptions, SendOutcome } from './channel.ts'
import { httpOutcome, networkOutcome } from './http-outcome.ts'

/** What to post and where. `timeout` in milliseconds, for the whole attempt up to the last byte of the answer. */
export interface HttpPost {
  /** POST when left out. */
  readonly method?: 'POST' | 'PUT'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  /** JSON text. */
  readonly body: string
  readonly timeout: number
}

/** What a receiver said. */
export interface HttpAnswer {
  readonly status: number
  /** The header as it is: seconds or a date. */
  readonly retryAfter: string | null
  /** The first 64 kB of the answer. */
  readonly body: string
}

/** How much of an answer is read, in bytes, and how much of an unfriendly one is shown, in characters. */
const readLimit = 65_536
const shownLimit = 200

/**
 * Posts JSON, and gives what came of it. Private addresses are allowed, because the operator names them; redirects
 * are not followed, because he does not. `judge` reads the answers of services that say more than the status does.
 * Every attempt of a message has the same `Idempotency-Key`.
 */
export async function httpPost(
  post: HttpPost,
  send: SendOptions,
  judge: (answer: HttpAnswer, now: Date) => SendOutcome = plainOutcome,
): Promise<SendOutcome> {
  try {
    return judge(await exchange(post, send), send.now)
  } catch (error) {
    return networkOutcome(error, send.signal.aborted)
  }
}

/** What an answer means by its status alone, with its first words for people. */
export function plainOutcome({ status, retryAfter, body }: HttpAnswer, now: Date): SendOutcome {
  return httpOutcome(status, retryAfter, clip(oneLine(body), shownLimit), now)
}

/** The JSON object that an answer is; null where it is something else. */
export function answeredObject(body: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

/** An answer whose body says how many seconds to wait, which is more exact than its header. */
export function askedToWait(answer: HttpAnswer, seconds: unknown): HttpAnswer {
  if (typeof seconds !== 'number' || !(seconds >= 0) || seconds === Infinity) return answer
  return { ...answer, retryAfter: String(Math.ceil(seconds)) }
}

async function exchange(post: HttpPost, send: SendOptions): Promise<HttpAnswer> {
  // loaded with the first alert: most commands send none
  const { request } = await import('undici')
  const response = await request(post.url, {
    method: post.method ?? 'POST',
    headers: {
      'user-agent': 'openwatch',
      'idempotency-key': send.idempotencyKey,
      ...post.headers,
      'content-type': 'application/json; charset=utf-8',
    },
    body: post.body,
    signal: AbortSignal.any([send.signal, AbortSignal.timeout(post.timeout)]),
  })
  const retryAfter = response.headers['retry-after']
  return {
    status: response.statusCode,
    retryAfter: [retryAfter].flat()[0] ?? null,
    body: await firstWords(response),
  }
}

/** The beginning of an answer; the rest is thrown away so that a receiver cannot fill the memory. */
async function firstWords(response: Dispatcher.ResponseData): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response.body as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    length += chunk.length
    if (length >= readLimit) break
  }
  return Buffer.concat(chunks).subarray(0, readLimit).toString('utf8')
}
