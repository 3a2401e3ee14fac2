import ipaddr from 'ipaddr.js'
import type { Config } from '../../config/config.ts'

type Server = Config['server']

/** Whether a name or address, as in a URL or a setting, is this machine's own: nobody else can reach it. */
export function isLoopback(host: string): boolean {
  const name = host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
  if (name === 'localhost' || name.endsWith('.localhost')) return true
  return ipaddr.isValid(name) && ipaddr.process(name).range() === 'loopback'
}

/** Whether others than this machine can reach the pages, so that nothing is shown while no password is set. */
export function isReachable({ host, publicUrl, trustProxy }: Server): boolean {
  if (!isLoopback(host) || trustProxy.length > 0) return true
  return publicUrl !== undefined && !isLoopback(new URL(publicUrl).hostname)
}

/**
 * Whether a Host header names this machine, where no password keeps others out. A page of somebody else whose name was
 * made to lead here (DNS rebinding) sends its own name.
 */
export function isOwnHost(header: string | undefined, { host, publicUrl }: Server): boolean {
  if (header === undefined || !URL.canParse(`http://${header}`)) return false
  const { hostname, host: written } = new URL(`http://${header}`)
  // such as user@host, which no browser sends
  if (written !== header.toLowerCase().replace(/:80$/, '')) return false
  const own = [host, ...(publicUrl === undefined ? [] : [new URL(publicUrl).hostname])]
  return isLoopback(hostname) || own.some((name) => name.toLowerCase() === hostname)
}

/** A request as it came over the wire. */
export interface Arrival {
  readonly remoteAddress: string | undefined
  readonly headers: Readonly<Record<string, unknown>>
}

/** Whether a program of this machine asks, and no proxy for somebody else. */
export function isFromHere({ remoteAddress = '', headers }: Arrival, server: Server): boolean {
  if (isReachable(server) || !ipaddr.isValid(remoteAddress) || !isLoopback(remoteAddress)) return false
  const isPassedOn = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some(
    (name) => headers[name] !== undefined,
  )
  return !isPassedOn && isOwnHost(text(headers['host']), server)
}

function text(header: unknown): string | undefined {
  return typeof header === 'string' ? header : undefined
}
