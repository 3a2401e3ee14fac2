import { Agent, buildConnector, Dispatcher, EnvHttpProxyAgent } from 'undici'
import { createAddressGuard } from './address-guard.ts'
import { ownNetwork } from './own-network.ts'
import type { Proxy } from './proxy.ts'

export interface GuardedAgentOptions {
  /** Milliseconds to reach the server, to its headers, and between two pieces of the body. */
  readonly timeouts: { readonly connectMs: number; readonly headersMs: number; readonly bodyMs: number }
  /** Hosts, addresses and ranges that may be private; they are asked directly, whatever the proxy. */
  readonly allowPrivateHosts: readonly string[]
  /** Through which servers requests go; directly when null or not given. */
  readonly proxy?: Proxy | null
}

/** Connections to addresses that strangers name: each is checked at connect time, for every hop. `destroy` ends them. */
export function createGuardedAgent(options: GuardedAgentOptions): Dispatcher {
  const { timeouts, allowPrivateHosts, proxy = null } = options
  const guard = createAddressGuard(allowPrivateHosts)
  const connector = buildConnector({ timeout: timeouts.connectMs, lookup: guard.lookup })
  const settings: Agent.Options = {
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
  }
  const direct = new Agent(settings)
  if (proxy === null) return direct
  const through = new EnvHttpProxyAgent({
    ...settings,
    // an empty text keeps undici from reading the environment itself
    httpProxy: proxy.http ?? '',
    httpsProxy: proxy.https ?? '',
    noProxy: proxy.except,
    // http as every program asks proxies for it; https goes through a tunnel all the same
    proxyTunnel: false,
  })
  return new ProxiedAgent({ direct, through, isOwn: ownNetwork(allowPrivateHosts) })
}

interface Ways {
  readonly direct: Dispatcher
  readonly through: Dispatcher
  readonly isOwn: (host: string) => boolean
}

/**
 * Asks through a proxy, except for hosts of the user's own network and private addresses that are written out, which the
 * guard refuses as ever. It is the proxy that looks names up: whether one leads to a private address cannot be seen from
 * here.
 */
class ProxiedAgent extends Dispatcher {
  private readonly ways: Ways

  constructor(ways: Ways) {
    super()
    this.ways = ways
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const { direct, through, isOwn } = this.ways
    const { host } = new URL(options.origin ?? '')
    return (isOwn(host) ? direct : through).dispatch(options, handler)
  }

  override async destroy(): Promise<void> {
    await Promise.all([this.ways.direct.destroy(), this.ways.through.destroy()])
  }
}
