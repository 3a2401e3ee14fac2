import { lookup as resolve, type LookupAddress, type LookupOptions } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Thrown at connect time for an address that is none of the public internet's. */
export class ForbiddenAddressError extends Error {
  override readonly name = 'ForbiddenAddressError'
  readonly host: string
  constructor(host: string, address: string) {
    super(
      `${host}${address === host ? '' : ` (${address})`} is a private address, and a feed may not reach inside this network; ` +
        `if you mean it, add "${host}" to allowPrivateHosts in the configuration`,
    )
    this.host = host
  }
}

/** Says whether a host name or an address may be connected to. */
export interface AddressGuard {
  /** Throws ForbiddenAddressError when `host` is an address literal that may not be reached. */
  checkHost(host: string): void
  /** A `lookup` for sockets that only gives addresses that may be reached, so a name that is rebound gains nothing. */
  readonly lookup: LookupFunction
}

/** Azure's host agent: a public address by number, inside the machine by nature. */
const insideByNature = new Set(['168.63.129.16'])

function embeddedV4(address: ipaddr.IPv6): ipaddr.IPv4 | null {
  if (address.isIPv4MappedAddress()) return address.toIPv4Address()
  if (address.range() !== 'rfc6052') return null
  return new ipaddr.IPv4(address.toByteArray().slice(12))
}

/** True for addresses of the public internet: not private, loopback, link-local, metadata, multicast or reserved. */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false
  const parsed = ipaddr.parse(text)
  const address = parsed instanceof ipaddr.IPv6 ? (embeddedV4(parsed) ?? parsed) : parsed
  return address.range() === 'unicast' && !insideByNature.has(address.toString())
}

function bare(host: string): string {
  return host
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase()
}

/** `allowed` holds host names, addresses and address ranges (`10.1.0.0/16`) that may be private. */
export function createAddressGuard(allowed: readonly string[]): AddressGuard {
  const names = new Set(allowed.map(bare))
  const ranges = allowed.filter((one) => ipaddr.isValidCIDR(one)).map((one) => ipaddr.parseCIDR(one))
  const inRange = (text: string): boolean => {
    const address = ipaddr.process(text)
    return ranges.some((range) => address.kind() === range[0].kind() && address.match(range))
  }
  const reachable = (host: string, address: string): boolean =>
    isPublicAddress(address) || names.has(bare(host)) || names.has(bare(address)) || inRange(address)

  return {
    checkHost(host) {
      const name = bare(host)
      if (isIP(name) !== 0 && !reachable(name, name)) throw new ForbiddenAddressError(name, name)
    },
    lookup(host, options, callback) {
      const wanted: LookupOptions = { ...options, all: true }
      resolve(host, wanted, (error, found) => {
        const seen = (error === null ? found : []) as unknown as LookupAddress[]
        const addresses = seen.filter((one) => reachable(host, one.address))
        const first = addresses[0]
        if (error !== null) callback(error, [])
        else if (first === undefined)
          callback(new ForbiddenAddressError(host, seen[0]?.address ?? 'no address'), [])
        else if (options.all === true) callback(null, addresses)
        else callback(null, first.address, first.family)
      })
    },
  }
}
