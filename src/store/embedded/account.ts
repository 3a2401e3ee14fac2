import { chown, mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Who runs the server: null is this process's own user, else the unprivileged account that root hands it to. */
export type ServerAccount = { readonly uid: number; readonly gid: number } | null

/** `nobody` on every Linux and BSD; Postgres refuses to run as root. */
const nobody = { uid: 65534, gid: 65534 }

/**
 * The account for a new cluster. Root's is `nobody`, or the one OPENWATCH_POSTGRES_UID names (`uid` or `uid:gid`).
 * Throws when that does not name an unprivileged account.
 */
export function accountForNewCluster(uid: number | null, named: string | undefined): ServerAccount {
  if (uid !== 0) return null
  if (named === undefined || named === '') return nobody
  const parts = /^([1-9]\d{0,9})(?::(\d{1,10}))?$/.exec(named)
  if (parts === null) {
    throw new Error(
      `OPENWATCH_POSTGRES_UID is "${named}". It must be the number of an unprivileged user, as in 65534 or 65534:65534.`,
    )
  }
  return { uid: Number(parts[1]), gid: Number(parts[2] ?? parts[1]) }
}

/** The account that owns an existing cluster, which Postgres insists on. Throws when that is root, or not this user. */
export async function accountOfCluster(dataPath: string, uid: number | null): Promise<ServerAccount> {
  if (uid === null) return null
  const owner = await stat(dataPath)
  if (owner.uid === uid && uid !== 0) return null
  if (uid === 0 && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  if (uid === 0) {
    throw new Error(
      `The database in ${dataPath} belongs to root, as whom Postgres refuses to run. Give it to another user (chown -R).`,
    )
  }
  throw new Error(
    `The database in ${dataPath} belongs to user ${owner.uid}, and this is user ${uid}. ` +
      'Run openwatch as that user, or name another data directory by OPENWATCH_DATA.',
  )
}

/** True when the account may pass through the directory and all directories above it (permission bits only). */
export async function mayEnter(account: ServerAccount, directory: string): Promise<boolean> {
  if (account === null) return true
  for (let path = directory; ; path = dirname(path)) {
    if (!permitsEntry(account, await stat(path))) return false
    if (path === dirname(path)) return true
  }
}

/** A folder of the account's own, closed to everybody else. */
export async function makeFor(account: ServerAccount, path: string): Promise<void> {
  await mkdir(path, { mode: 0o700 })
  if (account !== null) await chown(path, account.uid, account.gid)
}

interface Permissions {
  readonly uid: number
  readonly gid: number
  readonly mode: number
}

function permitsEntry(account: NonNullable<ServerAccount>, { uid, gid, mode }: Permissions): boolean {
  if (uid === account.uid) return (mode & 0o100) !== 0
  if (gid === account.gid) return (mode & 0o010) !== 0
  return (mode & 0o001) !== 0
}
