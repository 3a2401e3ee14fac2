import { lstat, readFile, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { accountOfCluster, mayEnter, type ServerAccount } from './account.ts'
import type { Binaries } from './binaries.ts'
import { codeOf, isMissing } from './faults.ts'

/** Name of the database's superuser: the only role there is. */
export const clusterUser = 'openwatch'

/** A database cluster on the disk: the folder `postgres` of a data directory, or where that points. */
export interface Cluster {
  /** Holds `data`, `socket`, `password` and `server.log`; belongs to whoever made it. Real path. */
  readonly home: string
  /** What Postgres calls PGDATA; belongs to the account. */
  readonly data: string
  readonly account: ServerAccount
  readonly password: string
  /** The major version of Postgres it was made by. */
  readonly major: number
}

/** The cluster of a data directory, or null when there is none yet. Throws when it is damaged or somebody else's. */
export async function findCluster(dataDir: string, uid: number | null): Promise<Cluster | null> {
  const place = join(dataDir, 'postgres')
  const missing = await lstat(place).then(() => false, isMissing)
  if (missing) return null
  const home = await realpath(place).catch((cause: unknown) => {
    if (codeOf(cause) === 'EACCES') throw closed(dataDir, cause)
    throw new Error(
      `The database of ${dataDir} is gone: ${place} points to a folder that cannot be reached. ` +
        'Bring that folder back, or remove the link to begin with an empty database.',
      { cause },
    )
  })
  const data = join(home, 'data')
  const account = await accountOfCluster(data, uid)
  try {
    const version = await readFile(join(data, 'PG_VERSION'), 'utf8')
    const password = await readFile(join(home, 'password'), 'utf8')
    return { home, data, account, password: password.trim(), major: Number.parseInt(version, 10) }
  } catch (cause) {
    throw new Error(
      `The database in ${home} is damaged: its version or its password cannot be read. ` +
        'Restore the folder, or move it away to begin with an empty database.',
      { cause },
    )
  }
}

function closed(dataDir: string, cause: unknown): Error {
  return new Error(
    `The data directory ${dataDir} belongs to another user, who keeps it closed. ` +
      'Run openwatch as that user, or name another data directory by OPENWATCH_DATA.',
    { cause },
  )
}

/** Throws when the cluster was made by another major version of Postgres than the binaries are of. */
export function requireSameMajor(cluster: Cluster, binaries: Binaries): void {
  if (cluster.major === binaries.major) return
  throw new Error(
    `The database in ${cluster.home} was made by Postgres ${cluster.major}, and this openwatch brings Postgres ` +
      `${binaries.major}. Dump it with the openwatch that made it and restore the dump into a new data directory, or run ` +
      `Postgres ${cluster.major} yourself and name it by DATABASE_URL.`,
  )
}

/** The file a cluster's server writes its log to. */
export function logOf(cluster: Cluster): string {
  return join(cluster.home, 'server.log')
}

/** Throws when the account may not reach its own cluster any more. */
export async function requireReachable(cluster: Cluster): Promise<void> {
  if (await mayEnter(cluster.account, cluster.home)) return
  throw new Error(
    `The database server runs as user ${cluster.account?.uid ?? 'unknown'}, who may not enter ${cluster.home}: a directory ` +
      'above it is closed to that user. Open it to passing through (chmod o+x), or name another data directory by OPENWATCH_DATA.',
  )
}
