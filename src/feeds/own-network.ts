import { isIP } from 'node:net'
import { isPublicAddress } from './address-guard.ts'

/** Answers that are kept; hosts are as many as feeds at most, but for those that feeds lead to. */
const mostKnown = 10_000

/** Says whether a host (with its port, as in an address) is of the user's own network: private by its address, or allowed by name. */
export function ownNetwork(allowed: readonly string[]): (host: string) => boolean {
  const names = new Set(allowed.map((name) => name.toLowerCase()))
  const isOwn = (host: string): boolean => {
    const name = host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '')
    return (isIP(name) !== 0 && !isPublicAddress(name)) || names.has(name)
  }
  // asked several times for each poll
  const known = new Map<string, boolean>()
  return (host) => {
    const before = known.get(host)
    if (before !== undefined) return before
    if (known.size >= mostKnown) known.clear()
    const answer = isOwn(host)
    known.set(host, answer)
    return answer
  }
}
