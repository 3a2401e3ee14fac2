import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Link } from './link-header.ts'
import { maskUrl } from '../report/mask-url.ts'
import type { ParsedFeed } from './parsed-feed.ts'

/** What a feed says of who pushes it (W3C WebSub, 4: Discovery). */
export interface Advertised {
  readonly hubs: readonly string[]
  /** What hubs know the feed by. */
  readonly topic: string
}

/** A feed may name many hubs, and each costs requests; one is enough, a second for when the first is down. */
const mostHubs = 2
/** What hubs and databases take without trouble, in characters. */
const longestAddress = 1000

/**
 * The hubs and the topic that an answer names. HTTP headers win over the feed, for hubs and topic each. `null`: the
 * answer does not tell, as a 304 without headers; no hubs: the feed has none. A feed that keeps its own address to
 * itself is known to hubs by the address that answered, unless there is a secret in that.
 */
export function advertised(
  answer: { readonly url: string; readonly links?: readonly Link[] },
  parsed: Pick<ParsedFeed, 'hubs' | 'selfUrl'> | null,
): Advertised | null {
  const fromHeaders = targets(answer.links, 'hub')
  const self = targets(answer.links, 'self')[0] ?? parsed?.selfUrl ?? null
  if (parsed === null && (fromHeaders.length === 0 || self === null)) return null
  const hubs = fromHeaders.length > 0 ? fromHeaders : (parsed?.hubs ?? [])
  const topic = self ?? (maskUrl(answer.url) === answer.url ? answer.url : null)
  if (topic === null || topic.length > longestAddress) return { hubs: [], topic: answer.url }
  return { hubs: [...new Set(hubs)].filter(isUsable).slice(0, mostHubs), topic }
}

function targets(links: readonly Link[] | undefined, rel: string): string[] {
  return (links ?? []).filter((link) => link.rel === rel).map((link) => link.href)
}

function isUsable(hub: string): boolean {
  if (!URL.canParse(hub) || hub.length > longestAddress) return false
  const { protocol, username, password } = new URL(hub)
  return /^https?:$/.test(protocol) && username === '' && password === ''
}

export type HubMode = 'subscribe' | 'unsubscribe'

/** What a hub is asked for. */
export interface HubRequest {
  readonly mode: HubMode
  readonly topic: string
  readonly callback: string
  /** Signs what the hub delivers; under 200 bytes. */
  readonly secret: string
}

const second = 1000
const minute = 60 * second
const day = 24 * 60 * minute

/** The lease that is asked for, in milliseconds; the hub decides. */
const wishedLeaseMs = 10 * day

/** The form of a request to a hub (5.1: Subscriber Sends Subscription Request). */
export function hubForm({ mode, topic, callback, secret }: HubRequest): URLSearchParams {
  const form = new URLSearchParams({ 'hub.callback': callback, 'hub.mode': mode, 'hub.topic': topic })
  if (mode === 'unsubscribe') return form
  form.set('hub.lease_seconds', String(wishedLeaseMs / second))
  // The recommendation would have secrets over HTTPS only. One sent in the clear still shuts out all who cannot listen in.
  form.set('hub.secret', secret)
  return form
}

/** Where a hub is to deliver: under the address by which the daemon is reached from outside. `id` is not to be guessed. */
export function callbackUrl(publicUrl: string, id: string): string {
  const base = new URL(publicUrl)
  base.search = ''
  base.hash = ''
  if (!base.pathname.endsWith('/')) base.pathname += '/'
  return new URL(`websub/${id}`, base).href
}

/** What a hub asks or says by GET (5.2 and 5.3). */
export type HubCall =
  | {
      readonly kind: 'verify'
      readonly mode: HubMode
      readonly topic: string
      readonly challenge: string
      readonly leaseMs: number
    }
  | { readonly kind: 'denied'; readonly topic: string; readonly reason: string }

/** Reads the query of a hub's GET; null when it is none of the recommendation's. */
export function readHubCall(query: Readonly<Record<string, unknown>>): HubCall | null {
  const text = (name: string): string | null => {
    const value = query[`hub.${name}`]
    return typeof value === 'string' && value !== '' ? value : null
  }
  const [mode, topic, challenge] = [text('mode'), text('topic'), text('challenge')]
  if (topic === null) return null
  if (mode === 'denied') return { kind: 'denied', topic, reason: text('reason') ?? 'the hub gave no reason' }
  if ((mode !== 'subscribe' && mode !== 'unsubscribe') || challenge === null) return null
  return { kind: 'verify', mode, topic, challenge, leaseMs: leaseMs(text('lease_seconds')) }
}

/** A hub has to name the lease; one that does not, or names nonsense, gets a day, and no lease is believed beyond a year. */
function leaseMs(seconds: string | null): number {
  const given = /^\d{1,12}$/.test(seconds ?? '') ? Number(seconds) * second : 0
  return given === 0 ? day : Math.min(given, 365 * day)
}

/** Milliseconds after which a lease is renewed: around 80% of it. `random` is from 0 to 1. */
export function renewAfterMs(lease: number, random: number): number {
  return Math.round(lease * (0.75 + 0.1 * random))
}

/**
 * Milliseconds until a hub is asked again that has not confirmed: doubling from 5 minutes (from a twentieth of a short
 * lease, so that it is renewed in time) to a day. `attempt` counts from 1, `random` is from 0 to 1.
 */
export function askAgainMs(attempt: number, lease: number | null, random: number): number {
  const first = lease === null ? 5 * minute : Math.min(5 * minute, Math.max(5 * second, lease / 20))
  return Math.round(Math.min(day, first * 2 ** Math.min(attempt - 1, 20)) * (0.8 + 0.4 * random))
}

/** Milliseconds after which a hub that said no is asked again. */
export const askDeniedAgainMs = 7 * day

/**
 * Whether a delivery was signed with the secret (7.1: `X-Hub-Signature: method=hex`), compared in constant time. False
 * for a missing header and for methods that the recommendation does not know.
 */
export function isSigned(body: Uint8Array, signature: string | undefined, secret: string): boolean {
  const [, method, hex] = /^(sha1|sha256|sha384|sha512)=([0-9a-f]+)$/i.exec(signature?.trim() ?? '') ?? []
  if (method === undefined || hex === undefined) return false
  const wanted = createHmac(method.toLowerCase(), secret).update(body).digest()
  const given = Buffer.from(hex, 'hex')
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
