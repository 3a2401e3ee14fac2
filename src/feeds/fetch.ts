import { errors, request, type Agent, type Dispatcher } from 'undici'
import { decompress, TooLargeError } from './decompress.ts'
import { describeFailure } from './describe-failure.ts'
import type { Failed, FetchOutcome, Refused, Validators } from './fetch-outcome.ts'
import { createGuardedAgent, type GuardedAgentOptions } from './guarded-agent.ts'
import { cacheHint, header, retryAfterMs } from './http-headers.ts'
import { parseLinks } from './link-header.ts'
import { maskUrl } from '../report/mask-url.ts'
import { resolveUrl } from './resolve-url.ts'
import { firstHop, nextHop, type Hop } from './redirect.ts'
import { sizeText } from './size-text.ts'

export type { FetchOutcome } from './fetch-outcome.ts'

/** Each of the timeouts closes the socket. */
export interface FetcherOptions extends GuardedAgentOptions {
  /** Cap on a body as it comes, in bytes. */
  readonly maxBodyBytes: number
  /** Cap on what a body unpacks to, in bytes; five times `maxBodyBytes` when not given. */
  readonly maxUnpackedBytes?: number
  readonly userAgent: string
}

/** Fetches feeds over HTTP. Every expected outcome is a value; `fetch` does not reject. */
export interface Fetcher {
  fetch(url: string, validators: Validators, signal?: AbortSignal): Promise<FetchOutcome>
  close(): Promise<void>
}

const maxRedirects = 5
const accept =
  'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, ' +
  'application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.5'

/** A fetcher with its own connections; `close` ends them. Addresses are checked at connect time, for every hop. */
export function createFetcher(options: FetcherOptions): Fetcher {
  const agent = createGuardedAgent(options)
  return {
    async fetch(url, validators, signal) {
      const start = firstHop(url)
      if (start.kind === 'failed') return start
      return follow({ agent, options, validators, signal: signal ?? null }, start.hop)
    },
    close: () => agent.destroy(),
  }
}

interface Run {
  readonly agent: Agent
  readonly options: FetcherOptions
  readonly validators: Validators
  readonly signal: AbortSignal | null
}

async function follow(run: Run, start: Hop): Promise<FetchOutcome> {
  let hop = start
  for (let hops = 0; hops <= maxRedirects; hops++) {
    const step = await ask(run, hop)
    if (step.kind !== 'redirect') return step
    const next = nextHop(hop, step.status, step.location)
    if (next.kind === 'failed') return next
    hop = next.hop
  }
  return {
    kind: 'failed',
    code: 'redirects',
    reason: `${maskUrl(start.url.href)} redirects more than ${maxRedirects} times; open it in a browser and use the address it ends at`,
  }
}

interface Redirect {
  readonly kind: 'redirect'
  readonly status: number
  readonly location: string
}

async function ask(run: Run, hop: Hop, again = false): Promise<FetchOutcome | Redirect> {
  const { connectMs, headersMs, bodyMs } = run.options.timeouts
  const abort = new AbortController()
  const stop = (): void => abort.abort(run.signal?.reason)
  run.signal?.addEventListener('abort', stop, { once: true })
  if (run.signal?.aborted === true) stop()
  // One clock over everything: a body that drips a byte now and then resets any idle timeout for ever.
  const clock = setTimeout(() => abort.abort(new TimeoutError()), connectMs + headersMs + bodyMs)
  try {
    const answer = await request(hop.url, {
      dispatcher: run.agent,
      signal: abort.signal,
      headers: requestHeaders(run, hop),
    })
    return await read(run, hop, answer)
  } catch (error) {
    // A server may drop an idle connection at the very moment it is used again: that says nothing about the feed.
    if (!again && wasDropped(error)) return await ask(run, hop, true)
    const cause: unknown = abort.signal.reason instanceof TimeoutError ? abort.signal.reason : error
    return describeFailure(cause, hop.url, run.signal?.aborted === true)
  } finally {
    clearTimeout(clock)
    run.signal?.removeEventListener('abort', stop)
  }
}

class TimeoutError extends Error {
  override readonly name = 'TimeoutError'
}

/** True when the connection was cut before any part of an answer came. */
function wasDropped(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false
  if (error.code === 'ECONNRESET') return true
  return error instanceof errors.SocketError && (error.socket?.bytesRead ?? 1) === 0
}

function requestHeaders(run: Run, hop: Hop): Record<string, string> {
  const headers: Record<string, string> = {
    'user-agent': run.options.userAgent,
    accept,
    'accept-encoding': 'gzip, deflate, br',
  }
  if (run.validators.etag !== null) headers['if-none-match'] = run.validators.etag
  if (run.validators.lastModified !== null) headers['if-modified-since'] = run.validators.lastModified
  if (hop.authorization !== null) headers['authorization'] = hop.authorization
  return headers
}

async function read(run: Run, hop: Hop, answer: Dispatcher.ResponseData): Promise<FetchOutcome | Redirect> {
  const { statusCode: status, headers, body } = answer
  if (status >= 200 && status < 300) return readBody(run, hop, answer)
  await body.dump({ limit: 16 * 1024 })
  const location = header(headers, 'location')
  if ([301, 302, 303, 307, 308].includes(status) && location !== null)
    return { kind: 'redirect', status, location }
  if (status === 410) return { kind: 'gone' }
  const conditional = run.validators.etag !== null || run.validators.lastModified !== null
  if (status === 304 && conditional) {
    return {
      kind: 'unchanged',
      etag: header(headers, 'etag') ?? run.validators.etag,
      lastModified: header(headers, 'last-modified') ?? run.validators.lastModified,
      url: hop.url.href,
      movedTo: hop.movedTo,
      bytes: 0,
      cache: cacheHint(headers, new Date()),
      links: parseLinks(headers['link'], hop.url.href),
    }
  }
  return refusal(status, hop, retryAfterMs(headers, new Date()))
}

async function readBody(run: Run, hop: Hop, answer: Dispatcher.ResponseData): Promise<FetchOutcome> {
  const { headers, body } = answer
  const { maxBodyBytes, maxUnpackedBytes = maxBodyBytes * 5 } = run.options
  const announced = Number(header(headers, 'content-length') ?? 0)
  if (announced > maxBodyBytes) {
    body.destroy()
    return tooLarge(hop, maxBodyBytes)
  }
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength
    if (bytes > maxBodyBytes) {
      body.destroy()
      return tooLarge(hop, maxBodyBytes)
    }
    chunks.push(chunk)
  }
  const packed = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)
  return {
    kind: 'fetched',
    body: await decompress(packed, header(headers, 'content-encoding'), maxUnpackedBytes),
    contentType: header(headers, 'content-type'),
    etag: header(headers, 'etag'),
    lastModified: header(headers, 'last-modified'),
    url: hop.url.href,
    base: resolveUrl(header(headers, 'content-location'), hop.url.href) ?? hop.url.href,
    movedTo: hop.movedTo,
    bytes,
    cache: cacheHint(headers, new Date()),
    links: parseLinks(headers['link'], hop.url.href),
  }
}

function tooLarge(hop: Hop, maxBytes: number): Failed {
  return describeFailure(new TooLargeError(`is larger than ${sizeText(maxBytes)}`), hop.url, false)
}

function refusal(status: number, hop: Hop, retryAfter: number | null): Refused {
  return {
    kind: 'refused',
    status,
    retryAfterMs: retryAfter,
    reason: `${maskUrl(hop.url.href)} answered ${status}: ${refusalHint(status)}`,
  }
}

function refusalHint(status: number): string {
  if (status === 304) return 'unchanged, though nothing was known of it yet; it is asked again'
  if (status === 401) return 'it wants a user and password, as in https://user:password@host/feed'
  if (status === 403) return 'it forbids reading this address, perhaps to programs only'
  if (status === 404) return 'there is nothing at this address; look on the site for a new one'
  if (status === 429) return 'it was asked too often; it is left alone for a while'
  if (status >= 500) return 'the server has a problem of its own; it is tried again'
  return 'that is no feed; open the address in a browser to see what it says'
}
