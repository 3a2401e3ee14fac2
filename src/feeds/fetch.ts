import type { Dispatcher, errors } from 'undici'
import { decompress } from './decompress.ts'
import { describeFailure } from './describe-failure.ts'
import { Exchange, type Answer } from './exchange.ts'
import type { FetchOutcome, Refused, Validators } from './fetch-outcome.ts'
import type { GuardedAgentOptions } from './guarded-agent.ts'
import { cacheHint, header, retryAfterMs } from './http-headers.ts'
import { createLateAgent } from './late-agent.ts'
import { parseLinks } from './link-header.ts'
import { maskUrl } from '../report/mask-url.ts'
import { resolveUrl } from './resolve-url.ts'
import { firstHop, nextHop, type Hop } from './redirect.ts'

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
  /** Ends its connections, also those in use. */
  close(): Promise<void>
  /** Lets what is under way come to its end, then ends its connections. */
  retire(): Promise<void>
}

const maxRedirects = 5
const accept =
  'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, ' +
  'application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.5'

/** A fetcher with its own connections. Addresses are checked at connect time, for every hop. */
export function createFetcher(options: FetcherOptions): Fetcher {
  const agent = createLateAgent(options)
  const underWay = createUnderWay()
  let running = 0
  const idle: (() => void)[] = []
  let isClosed = false
  const isCalledOff = (signal: AbortSignal | null): boolean => isClosed || signal?.aborted === true
  const close = async (): Promise<void> => {
    isClosed = true
    underWay.close()
    await agent.destroy()
  }
  return {
    async fetch(url, validators, signal) {
      const start = firstHop(url)
      if (start.kind === 'failed') return start
      running++
      try {
        const opened = agent.open()
        const dispatcher = opened instanceof Promise ? await opened : opened
        return await follow(
          { agent: dispatcher, options, underWay, validators, signal: signal ?? null, isCalledOff },
          start.hop,
        )
      } finally {
        running--
        if (running === 0) for (const tell of idle.splice(0)) tell()
      }
    },
    close,
    async retire() {
      while (running > 0) await new Promise<void>((resolve) => idle.push(resolve))
      await close()
    },
  }
}

interface Run {
  readonly agent: Dispatcher
  readonly options: FetcherOptions
  readonly underWay: UnderWay
  readonly validators: Validators
  readonly signal: AbortSignal | null
  /** Whether what fails now was called off, by its signal or as the fetcher was closed. */
  readonly isCalledOff: (signal: AbortSignal | null) => boolean
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
  const { options, signal, underWay, isCalledOff } = run
  const { connectMs, headersMs, bodyMs } = options.timeouts
  const { origin, pathname, search } = hop.url
  const exchange = new Exchange(
    run.agent,
    { origin, path: pathname + search, method: 'GET', headers: requestHeaders(run, hop) },
    { maxBodyBytes: options.maxBodyBytes, limitMs: connectMs + headersMs + bodyMs },
  )
  underWay.add(exchange, signal)
  try {
    const outcome = read(run, hop, await exchange.answer)
    return outcome instanceof Promise ? await outcome : outcome
  } catch (error) {
    // A server may drop an idle connection at the very moment it is used again: that says nothing about the feed.
    if (!again && !isCalledOff(signal) && wasDropped(error)) return await ask(run, hop, true)
    return describeFailure(error, hop.url, isCalledOff(signal))
  } finally {
    underWay.done(exchange, signal)
  }
}

/** The exchanges that each signal calls off: one listener a signal, however many fetches it is given to. */
interface UnderWay {
  add(exchange: Exchange, signal: AbortSignal | null): void
  done(exchange: Exchange, signal: AbortSignal | null): void
  /** Listens to no signal any more. */
  close(): void
}

function createUnderWay(): UnderWay {
  const bySignal = new WeakMap<AbortSignal, Set<Exchange>>()
  const closing = new AbortController()
  const watched = (signal: AbortSignal): Set<Exchange> => {
    const known = bySignal.get(signal)
    if (known !== undefined) return known
    const fresh = new Set<Exchange>()
    bySignal.set(signal, fresh)
    const calledOff = (): void => fresh.forEach((exchange) => exchange.cancel(new Error('called off')))
    signal.addEventListener('abort', calledOff, { once: true, signal: closing.signal })
    return fresh
  }
  return {
    add(exchange, signal) {
      if (signal === null) return
      if (signal.aborted) exchange.cancel(new Error('called off'))
      else watched(signal).add(exchange)
    },
    done(exchange, signal) {
      if (signal !== null) bySignal.get(signal)?.delete(exchange)
    },
    close: () => closing.abort(),
  }
}

/** True when the connection was cut before any part of an answer came. */
function wasDropped(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false
  if (error.code === 'ECONNRESET') return true
  return error.code === 'UND_ERR_SOCKET' && ((error as errors.SocketError).socket?.bytesRead ?? 1) === 0
}

/** Names and values by turns, as undici takes them without looking at them twice. */
function requestHeaders(run: Run, hop: Hop): string[] {
  const { options, validators } = run
  const headers = ['user-agent', options.userAgent, 'accept', accept, 'accept-encoding', 'gzip, deflate, br']
  if (validators.etag !== null) headers.push('if-none-match', validators.etag)
  if (validators.lastModified !== null) headers.push('if-modified-since', validators.lastModified)
  if (hop.authorization !== null) headers.push('authorization', hop.authorization)
  return headers
}

function read(run: Run, hop: Hop, answer: Answer): FetchOutcome | Redirect | Promise<FetchOutcome> {
  const { status, headers } = answer
  if (status >= 200 && status < 300) return readBody(run, hop, answer)
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

async function readBody(run: Run, hop: Hop, { headers, body }: Answer): Promise<FetchOutcome> {
  const { maxBodyBytes, maxUnpackedBytes = maxBodyBytes * 5 } = run.options
  const coding = header(headers, 'content-encoding')
  return {
    kind: 'fetched',
    body: coding === null ? body : await decompress(body, coding, maxUnpackedBytes),
    contentType: header(headers, 'content-type'),
    etag: header(headers, 'etag'),
    lastModified: header(headers, 'last-modified'),
    url: hop.url.href,
    base: resolveUrl(header(headers, 'content-location'), hop.url.href) ?? hop.url.href,
    movedTo: hop.movedTo,
    bytes: body.byteLength,
    cache: cacheHint(headers, new Date()),
    links: parseLinks(headers['link'], hop.url.href),
  }
}

function refusal(status: number, hop: Hop, retryAfter: number | null): Refused {
  return {
    kind: 'refused',
    status,
    host: hop.url.host,
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
