import { fork } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { compose, type System } from '../src/compose.ts'
import type { ConfiguredWatchItem } from '../src/config/config.ts'
import { shippedDirectory } from '../src/config/directory.ts'
import { loadConfig } from '../src/config/load.ts'
import { systemClock } from '../src/pipeline/clock.ts'
import { startDeliveryWorker } from '../src/pipeline/delivery-worker.ts'
import { Rounds } from '../src/pipeline/rounds.ts'
import { openDatabase, type Database } from '../src/store/database.ts'
import { openEmbeddedPostgres } from '../src/store/embedded/open.ts'
import { migrate } from '../src/store/migrate.ts'
import { webhook } from '../test/support/alerts.ts'
import { closeOnce } from './close-once.ts'
import type { HookManner, PeerReport, PeerRequest } from './delivery-report.ts'

/** A database of a benchmark's own, with the settings of the house: what is committed is on disk. */
export interface BenchDatabase {
  readonly db: Database
  readonly url: string
  close(): Promise<void>
}

/** Starts Postgres in a temporary directory. */
export const openBenchDatabase = async (): Promise<BenchDatabase> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'openwatch-bench-'))
  // As root the server is another account's, which must get through.
  await chmod(dataDir, 0o711)
  const server = await openEmbeddedPostgres({ dataDir, application: 'bench', systemDirectories: [dataDir] })
  const db = await openDatabase({
    url: server.url,
    dataDir: () => Promise.resolve(dataDir),
    application: 'bench',
  })
  await migrate(db.pool)
  const close = closeOnce(async () => {
    await db.close()
    await server.release()
    await rm(dataDir, { recursive: true, force: true })
  })
  return { db, url: server.url, close }
}

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
  const database = await openBenchDatabase()
  const { db } = database
  const peers = await startPeers(feeds, hooks + 1)
  const system = await systemOf(db, peers, { feeds, hooks })
  const logger = pino({ level: 'silent' })
  const rounds = new Rounds({ ...system, logger, concurrency: 8, done: () => undefined })
  const worker = await startDeliveryWorker({ ...system, logger })
  const close = closeOnce(async () => {
    system.interrupt()
    await Promise.all([rounds.stop(), worker.stop()])
    await system.close()
    peers.close()
    await database.close()
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
  const loaded = await loadConfig({ directory: shippedDirectory(), env: {}, now: new Date() })
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('; '))
  const { config } = loaded
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
