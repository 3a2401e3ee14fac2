import ipaddr from 'ipaddr.js'
import type { LoginTries } from '../store/login-tries.ts'

/** How many wrong passwords cost nothing, and what each one more costs, doubling; in milliseconds. */
export interface ThrottleRule {
  readonly free: number
  readonly firstMs: number
  readonly mostMs: number
  /** After so long without a try all is forgotten. */
  readonly forgetMs: number
}

/** For one address: people mistype; whoever guesses gets about a hundred tries a day. */
export const addressRule: ThrottleRule = {
  free: 5,
  firstMs: 2000,
  mostMs: 15 * 60_000,
  forgetMs: 24 * 3_600_000,
}

/**
 * For all addresses together, against guesses from thousands of them. The most is short: it keeps the owner out, too,
 * while it lasts.
 */
export const overallRule: ThrottleRule = { free: 50, firstMs: 1000, mostMs: 10_000, forgetMs: 3_600_000 }

/** Under which all addresses together are counted. */
export const everybody = 'all'

/** Counts a try before it is looked at, as a failure until it is forgiven; null where it is too early for one. */
export function nextTry(tries: LoginTries, rule: ThrottleRule, now: Date): LoginTries | null {
  if (tries.heldUntil > now) return null
  const isForgotten = now.getTime() - tries.lastAt.getTime() > rule.forgetMs
  const failures = (isForgotten ? 0 : tries.failures) + 1
  const over = failures - rule.free
  const heldMs = over < 0 ? 0 : Math.min(rule.mostMs, rule.firstMs * 2 ** Math.min(over, 30))
  return { failures, lastAt: now, heldUntil: new Date(now.getTime() + heldMs) }
}

/** By what somebody at an address is known: an IPv6 network of 64 bits is one household, and has 2^64 addresses. */
export function sourceOf(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown'
  const parsed = ipaddr.process(address)
  if (parsed.kind() === 'ipv4') return parsed.toString()
  const parts = (parsed as ipaddr.IPv6).parts.slice(0, 4)
  return `${parts.map((part) => part.toString(16)).join(':')}::/64`
}
