import { createHash } from 'node:crypto'
import { chown, lstat, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeFor, mayEnter } from './account.ts'
import type { Cluster } from './cluster.ts'
import { codeOf } from './faults.ts'

/** The port in the name of the socket; nothing listens on the network. */
export const socketPort = 5432

/** The shortest limit of the platforms for a socket's path (macOS: 104 with its closing zero), in bytes. */
const longest = 103

/**
 * The directory of the cluster's socket: in the cluster where the path is short enough for a socket, else a private one
 * under the temporary directory, always of the same name, so that pools find a restarted server again.
 */
export async function socketDirectory(cluster: Cluster, temporary = tmpdir()): Promise<string> {
  const own = join(cluster.home, 'socket')
  if (isShort(own)) return own
  const name = `openwatch-${createHash('sha256').update(cluster.home).digest('hex').slice(0, 16)}`
  for (const parent of [temporary, '/tmp']) {
    if (!isShort(join(parent, `${name}-XXXXXX`)) || !(await mayEnter(cluster.account, parent))) continue
    const usual = join(parent, name)
    await makeFor(cluster.account, usual).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error
    })
    if (await isPrivate(cluster, usual)) return usual
    const other = await mkdtemp(`${usual}-`)
    if (cluster.account !== null) await chown(other, cluster.account.uid, cluster.account.gid)
    return other
  }
  throw new Error(
    `The path ${cluster.home} is too long for a database socket, and no short temporary directory can be used. ` +
      'Name a shorter data directory by OPENWATCH_DATA.',
  )
}

/** Removes a socket directory that lies outside the cluster, once its server has stopped. */
export async function removeSocketDirectory(cluster: Cluster, directory: string | null): Promise<void> {
  if (directory === null || directory === join(cluster.home, 'socket')) return
  await rm(directory, { recursive: true, force: true })
}

function isShort(directory: string): boolean {
  return Buffer.byteLength(join(directory, `.s.PGSQL.${socketPort}`)) <= longest
}

/** Anybody may make a folder of this name under /tmp: only the account's own, closed to others, is trusted. */
async function isPrivate({ account }: Cluster, directory: string): Promise<boolean> {
  const found = await lstat(directory)
  const owner = account?.uid ?? process.getuid?.()
  return found.isDirectory() && found.uid === owner && (found.mode & 0o077) === 0
}
