import type { IncomingHttpHeaders } from 'node:http'

/** How long an answer may be reused, as its headers say. */
export interface CacheHint {
  /** Milliseconds; null when the answer says nothing (or forbids keeping it). */
  readonly maxAgeMs: number | null
}

/** The first value of a header, trimmed; null when it is absent or empty. */
export function header(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name]
  const first = Array.isArray(value) ? value[0] : value
  const trimmed = first?.trim() ?? ''
  return trimmed === '' ? null : trimmed
}

/** `Retry-After` (RFC 9110, 10.2.3: seconds or a date) in milliseconds from `now`; null when absent or unreadable. */
export function retryAfterMs(headers: IncomingHttpHeaders, now: Date): number | null {
  const value = header(headers, 'retry-after')
  if (value === null) return null
  if (/^\d+(?:\.\d+)?$/.test(value)) return Math.min(Number(value) * 1000, Number.MAX_SAFE_INTEGER)
  const at = Date.parse(value)
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime())
}

/** Freshness by `Cache-Control: max-age` less `Age`, else `Expires` less `Date` (RFC 9111, 4.2.1). */
export function cacheHint(headers: IncomingHttpHeaders, now: Date): CacheHint {
  const control = header(headers, 'cache-control')?.toLowerCase() ?? ''
  if (/\bno-(?:store|cache)\b/.test(control)) return { maxAgeMs: null }
  const maxAge = /(?:^|[,\s])max-age\s*=\s*"?(\d{1,10})/.exec(control)?.[1]
  if (maxAge !== undefined) {
    const age = Number(/^\d{1,10}$/.exec(header(headers, 'age') ?? '')?.[0] ?? 0)
    return { maxAgeMs: Math.max(0, Number(maxAge) - age) * 1000 }
  }
  const expires = Date.parse(header(headers, 'expires') ?? '')
  if (Number.isNaN(expires)) return { maxAgeMs: null }
  const date = Date.parse(header(headers, 'date') ?? '')
  return { maxAgeMs: Math.max(0, expires - (Number.isNaN(date) ? now.getTime() : date)) }
}
