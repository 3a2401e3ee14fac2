import type { Logger } from 'pino'
import { accountForNewCluster, type ServerAccount } from './account.ts'
import { acquire, type Acquisition } from './acquire.ts'
import { installedBinaries, usableBinaries, type Binaries } from './binaries.ts'
import { findCluster, type Cluster } from './cluster.ts'
import { createCluster, sweepDrafts } from './new-cluster.ts'
import { connectionTo, connectionUrl, databaseName, type Connection } from './connection.ts'
import { keep } from './keep.ts'
import type { Settings } from './settings.ts'
import { shelterFor, systemDirectories } from './shelter.ts'

/** What opening the embedded server takes; all but the first two has its usual value. */
export interface EmbeddedOptions {
  /** An existing directory; the cluster is `postgres` in it. */
  readonly dataDir: string
  /** Who uses it, for pg_stat_activity: `daemon`, `cli`. */
  readonly application: string
  readonly logger?: Pick<Logger, 'info' | 'warn'> | undefined
  /** OPENWATCH_POSTGRES_UID is read from it. */
  readonly env?: NodeJS.ProcessEnv
  readonly settings?: Settings
  /** The folder with Postgres' bin, lib and share. */
  readonly native?: string
  /** Where root may keep what the server's account must reach. */
  readonly systemDirectories?: readonly string[]
  /** How long a start may take, in milliseconds. */
  readonly patience?: number
}

/** The embedded server in use by this process. */
export interface EmbeddedPostgres {
  readonly connection: Connection
  /** The connection as a URL; it holds the password. */
  readonly url: string
  /** True when this process started the server, false when it was running. */
  readonly started: boolean
  /** Ends the use; the last one stops the server. Never takes longer than five seconds. May be called twice. */
  release(): Promise<void>
}

/**
 * Attaches to the Postgres server of a data directory, starting it (and making the cluster) when needed. The server
 * outlives this process when that is killed; the next one that opens it takes it over. While in use, a server that
 * dies is started again. Throws with what to do when there are no binaries, no account or no start.
 */
export async function openEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const uid = process.getuid?.() ?? null
  const binaries = binariesFor(options)
  const cluster = (await findCluster(options.dataDir, uid)) ?? (await newCluster(options, uid, binaries))
  const wanted: Acquisition = {
    cluster,
    binaries: () => binaries(cluster.account),
    application: options.application,
    settings: options.settings ?? {},
    patience: options.patience ?? 120_000,
    logger: options.logger,
  }
  const acquired = await acquire(wanted)
  const connection = connectionTo(cluster, acquired.server, databaseName)
  if (acquired.started) await sweepDrafts(options.dataDir)
  options.logger?.info(
    { event: acquired.started ? 'postgres-started' : 'postgres-attached', cluster: cluster.home },
    acquired.started ? 'the database server is up' : 'the database server was up already',
  )
  return {
    connection,
    url: connectionUrl(connection),
    started: acquired.started,
    release: keep(wanted, acquired),
  }
}

type BinariesFor = (account: ServerAccount) => Promise<Binaries>

function binariesFor({ native, dataDir, systemDirectories: system }: EmbeddedOptions): BinariesFor {
  let found: Promise<Binaries> | null = null
  return (account) => {
    const shelter = account === null ? () => Promise.resolve(dataDir) : () => shelterOf(account, system)
    found ??= Promise.resolve().then(() => usableBinaries(native ?? installedBinaries(), account, shelter))
    return found
  }
}

function shelterOf(account: ServerAccount, system: readonly string[] = systemDirectories): Promise<string> {
  return shelterFor(account, system)
}

async function newCluster(
  options: EmbeddedOptions,
  uid: number | null,
  binaries: BinariesFor,
): Promise<Cluster> {
  const account = accountForNewCluster(uid, (options.env ?? process.env)['OPENWATCH_POSTGRES_UID'])
  options.logger?.info({ event: 'postgres-create', dataDir: options.dataDir }, 'a new database is being made')
  await createCluster(options.dataDir, {
    account,
    binaries: await binaries(account),
    shelter: () => shelterOf(account, options.systemDirectories),
    sync: options.settings?.['fsync'] !== 'off',
  })
  const cluster = await findCluster(options.dataDir, uid)
  if (cluster === null) throw new Error(`The new database of ${options.dataDir} vanished while it was made.`)
  return cluster
}
