import { isIP } from 'node:net'
import { isPublicAddress } from './address-guard.ts'

/** Says whether a host (with its port, as in an address) is of the user's own network: private by its address, or allowed by name. */
export function ownNetwork(allowed: readonly string[]): (host: string) => boolean {
  const names = new Set(allowed.map((name) => name.toLowerCase()))
  return (host) => {
    const name = host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '')
    return (isIP(name) !== 0 && !isPublicAddress(name)) || names.has(name)
  }
}
