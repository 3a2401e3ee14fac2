import { randomBytes } from 'node:crypto'
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readdir,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import { makeFor, mayEnter, type ServerAccount } from './account.ts'
import type { Binaries } from './binaries.ts'
import { clusterUser } from './cluster.ts'
import { run } from './command.ts'
import { codeOf } from './faults.ts'

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

function draftInside(dataDir: string): Promise<string> {
  return mkdtemp(join(dataDir, 'postgres.new-'))
}

async function draftInShelter(shelter: string): Promise<string> {
  const clusters = join(shelter, 'clusters')
  await mkdir(clusters, { recursive: true })
  await chmod(clusters, 0o711)
  return mkdtemp(join(clusters, 'cluster-'))
}

/** Removes what processes killed while they made a cluster left; a draft still worked at is younger than ten minutes. */
export async function sweepDrafts(dataDir: string): Promise<void> {
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

function isTaken(error: unknown): boolean {
  // Windows says EPERM for a rename onto a folder.
  return ['EEXIST', 'ENOTEMPTY', 'EPERM'].includes(codeOf(error) ?? '')
}
