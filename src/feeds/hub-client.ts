import type { Dispatcher } from 'undici'
import { clip } from '../report/plain.ts'
import { describeFailure } from './describe-failure.ts'
import type { Failed, Refused } from './fetch-outcome.ts'
import type { GuardedAgentOptions } from './guarded-agent.ts'
import { header, retryAfterMs } from './http-headers.ts'
import { createLateAgent } from './late-agent.ts'
import { maskUrl } from '../report/mask-url.ts'
import { nextHop, firstHop, type Hop } from './redirect.ts'
import { hubForm, type HubRequest } from './websub.ts'

/** What a hub says to a request; that it was accepted means that it will verify, no more. */
export type HubAnswer = { readonly kind: 'accepted' } | Refused | Failed

export interface HubClientOptions extends GuardedAgentOptions {
  readonly userAgent: string
}

/** Asks hubs. Every expected outcome is a value; `ask` does not reject. */
export interface HubClient {
  ask(hub: string, wish: HubRequest, signal?: AbortSignal): Promise<HubAnswer>
  close(): Promise<void>
}

const maxRedirects = 5
/** How much of a hub's answer is read, in bytes, and told to people, in characters. */
const readLimit = 4096
const shownLimit = 200

/**
 * A client with its own connections; `close` ends them. Feeds name hubs, so that a hub is no more trusted than a feed:
 * private addresses are refused at connect time, for every hop.
 */
export function createHubClient(options: HubClientOptions): HubClient {
  const agent = createLateAgent(options)
  return {
    async ask(hub, wish, signal) {
      const start = firstHop(hub)
      if (start.kind === 'failed') return start
      return follow({ agent: await agent.open(), options, body: hubForm(wish).toString(), signal }, start.hop)
    },
    close: () => agent.destroy(),
  }
}

interface Run {
  readonly agent: Dispatcher
  readonly options: HubClientOptions
  readonly body: string
  readonly signal: AbortSignal | undefined
}

interface Redirect {
  readonly kind: 'redirect'
  readonly status: number
  readonly location: string
}

/** Only 307 and 308 repeat a POST as it is; the recommendation allows a hub no other redirects (5.1.2). */
async function follow(run: Run, start: Hop): Promise<HubAnswer> {
  let hop = start
  for (let hops = 0; hops <= maxRedirects; hops++) {
    const step = await post(run, hop.url)
    if (step.kind !== 'redirect') return step
    const next = nextHop(hop, step.status, step.location)
    if (next.kind === 'failed') return next
    hop = next.hop
  }
  const reason = `the hub ${maskUrl(start.url.href)} redirects more than ${maxRedirects} times`
  return { kind: 'failed', code: 'redirects', reason }
}

async function post(run: Run, url: URL): Promise<HubAnswer | Redirect> {
  const { connectMs, headersMs, bodyMs } = run.options.timeouts
  const timeout = AbortSignal.timeout(connectMs + headersMs + bodyMs)
  try {
    const { request } = await import('undici')
    const { statusCode, headers, body } = await request(url, {
      dispatcher: run.agent,
      method: 'POST',
      signal: run.signal === undefined ? timeout : AbortSignal.any([run.signal, timeout]),
      headers: {
        'user-agent': run.options.userAgent,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: run.body,
    })
    const said = await firstWords(body)
    if (statusCode >= 200 && statusCode < 300) return { kind: 'accepted' }
    const location = header(headers, 'location')
    if ((statusCode === 307 || statusCode === 308) && location !== null)
      return { kind: 'redirect', status: statusCode, location }
    return {
      kind: 'refused',
      status: statusCode,
      retryAfterMs: retryAfterMs(headers, new Date()),
      reason: `the hub ${maskUrl(url.href)} answered ${statusCode}${said === '' ? '' : `: ${said}`}`,
    }
  } catch (error) {
    return describeFailure(error, url, run.signal?.aborted === true)
  }
}

/** The first words of an answer; the rest is left behind, and with it the connection. */
async function firstWords(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    length += chunk.length
    if (length >= readLimit) break
  }
  return clip(Buffer.concat(chunks).subarray(0, readLimit).toString('utf8'), shownLimit)
}
