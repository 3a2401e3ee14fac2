import { spawn, type ChildProcess } from 'node:child_process'
import { constants } from 'node:fs'
import { open, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { Binaries } from './binaries.ts'
import { logOf, type Cluster } from './cluster.ts'
import { run, spawnOptions } from './command.ts'
import { codeOf, isMissing } from './faults.ts'
import { serverArguments, type Settings } from './settings.ts'
import { removeSocketDirectory, socketDirectory } from './socket-directory.ts'

/** The log begins anew above this size, in bytes; the one before is kept as server.log.1. */
const longestLog = 10 * 1024 * 1024

/** What a running server says of itself in postmaster.pid. */
export interface RunningServer {
  readonly pid: number
  /** A socket directory, or 127.0.0.1 on Windows. */
  readonly host: string
  readonly port: number
}

/** What postmaster.pid says, or null when there is none or it is not written to its end. The server may be gone. */
export async function readServer(cluster: Cluster): Promise<RunningServer | null> {
  const text = await readFile(join(cluster.data, 'postmaster.pid'), 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return ''
    throw error
  })
  // Lines: pid, data directory, start time, port, socket directory, listen address, shared memory, state.
  const [pid, , , port, socket, address] = text.split('\n')
  if (address === undefined) return null
  const host = socket === '' || socket === undefined ? address : socket
  return host === '' ? null : { pid: Number(pid), host, port: Number(port) }
}

/** A server that was just told to start. */
export interface StartedServer {
  readonly child: ChildProcess
  /** What it has logged since, for an error. */
  readonly logged: () => Promise<string>
}

/** Starts the cluster's server, detached from this process. It ends at once by itself when one runs already. */
export async function startServer(
  cluster: Cluster,
  binaries: Binaries,
  settings: Settings,
): Promise<StartedServer> {
  const windows = process.platform === 'win32'
  const listen = windows
    ? { address: '127.0.0.1', port: await freePort() }
    : { socketDirectory: await socketDirectory(cluster) }
  const log = await openLog(cluster)
  const from = (await log.stat()).size
  const child = spawn(binaries.postgres, serverArguments(cluster.data, listen, settings), {
    ...spawnOptions(cluster.account),
    stdio: ['ignore', log.fd, log.fd],
  })
  child.on('error', () => undefined)
  child.unref()
  await log.close()
  return { child, logged: () => tail(cluster, from) }
}

/** Stops the server and waits for its end, at most `seconds`. False when it is still at it then: it will end by itself. */
export async function stopServer(cluster: Cluster, binaries: Binaries, seconds: number): Promise<boolean> {
  const server = await readServer(cluster)
  const args = ['stop', '--pgdata', cluster.data, '--mode', 'fast', '--wait', '--timeout', String(seconds)]
  try {
    await run(binaries.pgCtl, args, cluster.account)
  } catch (error) {
    if (String(error).includes('does not shut down')) return false
    if (server !== null && isAlive(server.pid)) throw error
  }
  await removeSocketDirectory(cluster, server?.host ?? null)
  return true
}

/** True when there is a process of this number. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/** Root must not follow a link that somebody put there, and the log belongs to whom the folder belongs. */
async function openLog(cluster: Cluster): Promise<FileHandle> {
  const path = logOf(cluster)
  const size = await stat(path).then(
    (file) => file.size,
    () => 0,
  )
  if (size > longestLog) await rename(path, `${path}.1`)
  const { O_APPEND, O_CREAT, O_WRONLY } = constants
  const log = await open(path, O_APPEND | O_CREAT | O_WRONLY | noFollow(), 0o600)
  if (process.getuid?.() === 0) {
    const owner = await stat(cluster.home)
    await log.chown(owner.uid, owner.gid)
  }
  return log
}

function noFollow(): number {
  return process.platform === 'win32' ? 0 : constants.O_NOFOLLOW
}

async function tail(cluster: Cluster, from: number): Promise<string> {
  const text = await readFile(logOf(cluster)).catch(() => Buffer.alloc(0))
  return text.subarray(from).toString('utf8').trim().split('\n').slice(-20).join('\n')
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

/**
 * Removes the pid file of a server that is gone when its number was given to another program since (after a reboot, say):
 * Postgres takes that program for itself and would refuse to start. Linux only, where /proc tells who it is.
 */
export async function removeForeignPid(cluster: Cluster): Promise<void> {
  if (process.platform !== 'linux') return
  const server = await readServer(cluster)
  if (server === null) return
  const command = await readFile(`/proc/${server.pid}/cmdline`, 'utf8').catch(() => '')
  if (command === '' || command.includes(cluster.data)) return
  await rm(join(cluster.data, 'postmaster.pid'), { force: true })
  await rm(join(server.host, `.s.PGSQL.${server.port}.lock`), { force: true })
}
