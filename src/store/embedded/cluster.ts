import { randomBytes } from 'node:crypto'
import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import { accountOfCluster, mayEnter, type ServerAccount } from './account.ts'
import type { Binaries } from './binaries.ts'
import { run } from './command.ts'
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

/** What a new cluster needs to know. */
export interface NewCluster {
  readonly account: ServerAccount
  readonly binaries: Binaries
  /** Gives a directory the account may enter, asked for when the data directory is none. */
  readonly shelter: () => Promise<string>
  /** False only for tests: skips waiting for the disk. */
  readonly sync: boolean
}

/**
 * Makes the cluster of a data directory. It is built aside and put in its place in one step, so that a crash leaves
 * nothing half done, and of several processes that try at once one wins and the others take its cluster.
 */
export async function createCluster(dataDir: string, wanted: NewCluster): Promise<void> {
  const place = join(dataDir, 'postgres')
  const inside = await mayEnter(wanted.account, await realpath(dataDir))
  const home = inside ? await draftInside(dataDir) : await draftInShelter(await wanted.shelter())
  try {
    await fill(home, wanted)
    await (inside ? rename(home, place) : symlink(home, place))
  } catch (error) {
    await rm(home, { recursive: true, force: true })
    if (!isTaken(error)) throw error
  }
}

async function draftInside(dataDir: string): Promise<string> {
  await sweepDrafts(dataDir)
  return mkdtemp(join(dataDir, 'postgres.new-'))
}

async function draftInShelter(shelter: string): Promise<string> {
  const clusters = join(shelter, 'clusters')
  await mkdir(clusters, { recursive: true })
  await chmod(clusters, 0o711)
  return mkdtemp(join(clusters, 'cluster-'))
}

/** Removes what a process killed in the middle left behind; one that is at work is younger than ten minutes. */
async function sweepDrafts(dataDir: string): Promise<void> {
  const tooOld = Date.now() - 10 * 60_000
  for (const name of await readdir(dataDir)) {
    const path = join(dataDir, name)
    if (!name.startsWith('postgres.new-') || (await stat(path)).mtimeMs > tooOld) continue
    await rm(path, { recursive: true, force: true })
  }
}

async function fill(home: string, { account, binaries, sync }: NewCluster): Promise<void> {
  await chmod(home, account === null ? 0o700 : 0o711)
  const password = randomBytes(24).toString('hex')
  await writeFile(join(home, 'password'), `${password}\n`, { mode: 0o600 })
  const data = join(home, 'data')
  await makeFor(account, data)
  await makeFor(account, join(home, 'socket'))
  // initdb reads the password as the account, which the lasting file is closed to.
  const handed = join(home, 'password.initdb')
  await writeFile(handed, `${password}\n`, { mode: 0o600 })
  if (account !== null) await chown(handed, account.uid, account.gid)
  const args = [
    `--pgdata=${data}`,
    `--username=${clusterUser}`,
    `--pwfile=${handed}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    // Letters of all scripts have their upper and lower case, yet nothing depends on the machine's locales.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    ...(sync ? [] : ['--no-sync']),
  ]
  await run(binaries.initdb, args, account).catch((error: unknown) => {
    throw String(error).includes('could not look up effective user ID') ? nameless(account, error) : error
  })
  await rm(handed)
}

function nameless(account: ServerAccount, cause: unknown): Error {
  const uid = account?.uid ?? process.getuid?.() ?? 'unknown'
  return new Error(
    `The user ${uid} has no name on this machine (no entry in /etc/passwd), which Postgres needs to make a database. ` +
      'Run openwatch as a user who has one, as root name one by OPENWATCH_POSTGRES_UID, or name a Postgres server by DATABASE_URL.',
    { cause },
  )
}

/** A folder of the account's own, closed to everybody else. */
export async function makeFor(account: ServerAccount, path: string): Promise<void> {
  await mkdir(path, { mode: 0o700 })
  if (account !== null) await chown(path, account.uid, account.gid)
}

function isTaken(error: unknown): boolean {
  // Windows says EPERM for a rename onto a folder.
  return ['EEXIST', 'ENOTEMPTY', 'EPERM'].includes(codeOf(error) ?? '')
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
