import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { compose, type System } from '../src/compose.ts'
import type { ConfiguredWatchItem } from '../src/config/config.ts'
import { systemClock } from '../src/pipeline/clock.ts'
import { startDeliveryWorker } from '../src/pipeline/delivery-worker.ts'
import { Rounds } from '../src/pipeline/rounds.ts'
import type { Database } from '../src/store/database.ts'
import { webhook } from '../test/support/alerts.ts'
import { openBenchDatabase } from './bench-database.ts'
import type { HookManner, PeerReport, PeerRequest } from './delivery-report.ts'
import { shippedConfig } from '../test/support/shipped-config.ts'

/** The polling and the delivering of the daemon over feeds and webhooks of loopback, each feed with its own question. */
export interface DeliverySystem {
  /** Has feeds polled now, and does not wait for it. */
  poll(from: number, to: number): Promise<void>
  manner(hook: number, manner: HookManner): void
  report(): Promise<PeerReport>
  readonly hookUrl: (hook: number) => string
  close(): Promise<void>
}

/** Feeds that share a host, as a port of loopback stands for one. */
const feedsOfHost = 10

/** Starts it all; the hooks are the channels, and there is one more that none of them is. */
export const openDeliverySystem = async (feeds: number, hooks: number): Promise<DeliverySystem> => {
  const { db, first, close } = await openBenchDatabase()
  const peers = await startPeers(feeds, hooks + 1)
  const system = await systemOf(db, peers, { feeds, hooks })
  const logger = pino({ level: 'silent' })
  const rounds = new Rounds({ ...system, logger, concurrency: 8, done: () => undefined })
  const worker = await startDeliveryWorker({ ...system, logger })
  first(async () => {
    system.interrupt()
    await Promise.all([rounds.stop(), worker.stop()])
    await system.close()
    peers.close()
  })
  return {
    async poll(from, to) {
      const urls = Array.from({ length: to - from }, (_, n) => peers.feedUrl(from + n))
      await db.pool.query(`update feed set next_poll_at = now() where url = any($1)`, [urls])
      await rounds.look()
    },
    manner: (hook, manner) => peers.tell({ do: 'manner', hook, manner }),
    report: () => peers.report(),
    hookUrl: peers.hookUrl,
    close,
  }
}

interface Peers {
  readonly feedUrl: (feed: number) => string
  readonly hookUrl: (hook: number) => string
  tell(request: PeerRequest): void
  report(): Promise<PeerReport>
  close(): void
}

const startPeers = async (feeds: number, hooks: number): Promise<Peers> => {
  const hosts = Math.ceil(feeds / feedsOfHost)
  const program = fileURLToPath(new URL('./delivery-peers.ts', import.meta.url))
  const child = fork(program, [feeds, hooks, hosts].map(String), { stdio: 'inherit' })
  const [{ feedPorts, hookPort }] = (await once(child, 'message')) as [
    { feedPorts: number[]; hookPort: number },
  ]
  const tell = (request: PeerRequest): void => void child.send(request)
  return {
    feedUrl: (feed) => `http://127.0.0.1:${feedPorts[feed % hosts] ?? 0}/feed/${feed}`,
    hookUrl: (hook) => `http://127.0.0.1:${hookPort}/hook/${hook}`,
    tell,
    async report() {
      tell({ do: 'report' })
      const [report] = (await once(child, 'message')) as [PeerReport]
      return report
    },
    close: () => child.disconnect(),
  }
}

const systemOf = async (
  db: Database,
  peers: Peers,
  { feeds, hooks }: { readonly feeds: number; readonly hooks: number },
): Promise<System> => {
  const config = await shippedConfig()
  const system = compose({
    db,
    config: {
      ...config,
      historyFiles: [],
      polling: { ...config.polling, allowPrivateHosts: ['127.0.0.1'] },
      feeds: Array.from({ length: feeds }, (_, feed) => ({ url: peers.feedUrl(feed), every: 86_400_000 })),
      channels: Array.from({ length: hooks }, (_, hook) =>
        webhook(`hook${hook}`, peers.hookUrl(hook), { timeout: 10_000 }),
      ),
      watchItems: Array.from({ length: feeds }, (_, feed) => itemOf(feed)),
    },
    clock: systemClock,
    logger: pino({ level: 'silent' }),
    surroundings: { output: { write: () => undefined }, width: () => 80 },
  })
  await system.useConfig(system.config())
  await system.bringIn()
  // not before it is said
  await db.pool.query(`update feed set next_poll_at = now() + interval '1 day'`)
  return system
}

const itemOf = (feed: number): ConfiguredWatchItem => ({
  id: `zeppelin-${feed}`,
  question: `When will Acme${feed} release Zeppelin ${feed}?`,
  subject: [`Zeppelin ${feed}`],
  context: [],
  about: [],
  kind: 'release',
  topic: 'bench',
  official: [`acme${feed}.com`],
  status: 'open',
  expected: null,
  since: new Date('2020-01-01T00:00:00Z'),
  file: 'bench',
  sinceGiven: true,
})
