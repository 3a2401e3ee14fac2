import { Agent, buildConnector } from 'undici'
import { createAddressGuard } from './address-guard.ts'

export interface GuardedAgentOptions {
  /** Milliseconds to reach the server, to its headers, and between two pieces of the body. */
  readonly timeouts: { readonly connectMs: number; readonly headersMs: number; readonly bodyMs: number }
  /** Hosts, addresses and ranges that may be private. */
  readonly allowPrivateHosts: readonly string[]
}

/** Connections to addresses that strangers name: each is checked at connect time, for every hop. `destroy` ends them. */
export function createGuardedAgent({ timeouts, allowPrivateHosts }: GuardedAgentOptions): Agent {
  const guard = createAddressGuard(allowPrivateHosts)
  const connector = buildConnector({ timeout: timeouts.connectMs, lookup: guard.lookup })
  return new Agent({
    headersTimeout: timeouts.headersMs,
    bodyTimeout: timeouts.bodyMs,
    maxHeaderSize: 32 * 1024,
    keepAliveTimeout: 2000,
    connections: 2,
    connect(target, callback) {
      try {
        guard.checkHost(target.hostname)
      } catch (error) {
        callback(error as Error, null)
        return
      }
      connector(target, callback)
    },
  })
}
