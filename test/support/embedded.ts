import { spawn, type ChildProcess } from 'node:child_process'
import { access, chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { inject, onTestFinished } from 'vitest'
import type { Connection } from '../../src/store/embedded/connection.ts'
import {
  openEmbeddedPostgres,
  type EmbeddedOptions,
  type EmbeddedPostgres,
} from '../../src/store/embedded/open.ts'

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/** True when the tests run as root: some things only root can do, and some only others. */
export const isRoot = process.getuid?.() === 0

/** What servers of tests run with: nothing in them is worth waiting for the disk. */
const usual = (): Pick<EmbeddedOptions, 'native' | 'settings'> => ({
  native: inject('nativePostgres'),
  settings: { fsync: 'off' },
})

/** Opens the embedded server of the data directory in this process. */
export async function openHere(
  dataDir: string,
  options: Partial<EmbeddedOptions> = {},
): Promise<EmbeddedPostgres> {
  return openEmbeddedPostgres({ dataDir, application: 'test', ...usual(), ...options })
}

/** Another process that uses the embedded server. */
export interface Holder {
  readonly connection: Connection
  readonly started: boolean
  /** Milliseconds it took to give it back; the process is gone afterwards. */
  release(): Promise<number>
  /** kill -9, and the wait for its end. */
  kill(): Promise<void>
}

/** What a holder is started with: EmbeddedOptions that JSON can carry, and as whom it runs. */
export interface HolderOptions {
  readonly options?: object
  readonly uid?: number
}

/** Starts a process that opens the embedded server of the data directory. Throws with the message of its failure. */
export async function startHolder(
  dataDir: string,
  { options = {}, uid }: HolderOptions = {},
): Promise<Holder> {
  const child = spawn(
    process.execPath,
    ['--import', here('typescript-loader.mjs'), here('embedded-holder.ts'), dataDir, JSON.stringify(options)],
    { stdio: ['pipe', 'pipe', 'inherit'], ...(uid === undefined ? {} : { uid, gid: uid }) },
  )
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async (): Promise<Record<string, unknown>> => {
    const line = await lines.next()
    return JSON.parse(line.done === true ? '{"kind":"silent"}' : line.value) as Record<string, unknown>
  }
  onTestFinished(() => void child.kill('SIGKILL'))
  const first = await next()
  if (first['kind'] !== 'open') throw new Error(JSON.stringify(first['message'] ?? first))
  return {
    connection: first['connection'] as Connection,
    started: first['started'] === true,
    async release() {
      child.stdin.write('release\n')
      const last = await next()
      await ended(child)
      return Number(last['milliseconds'])
    },
    async kill() {
      child.kill('SIGKILL')
      await ended(child)
    },
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  await new Promise((resolve) => child.once('exit', resolve))
}

/** A folder of the test's own, taken away at its end together with a server that still runs in it. */
export async function temporaryFolder(mode = 0o711): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ow-'))
  await chmod(folder, mode)
  onTestFinished(async () => {
    const pid = await serverPid(folder)
    if (pid !== null) process.kill(pid, 'SIGKILL')
    await rm(folder, { recursive: true, force: true, maxRetries: 10 })
  })
  return folder
}

/** The pid of the server that runs in a data directory, null when none does. */
export async function serverPid(dataDir: string): Promise<number | null> {
  const text = await readFile(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8').catch(() => '')
  const pid = Number(text.split('\n')[0])
  return pid > 0 && isAlive(pid) ? pid : null
}

/** The pid of the server that runs in a data directory. Throws when none does. */
export async function runningServer(dataDir: string): Promise<number> {
  const pid = await serverPid(dataDir)
  if (pid === null) throw new Error(`no server runs in ${dataDir}`)
  return pid
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** The rows of one statement. */
export async function ask(
  connection: Connection | string,
  statement: string,
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    const { rows } = await client.query<Record<string, unknown>>(statement)
    return rows
  } finally {
    await client.end()
  }
}

/** True when any user may read the checkout, so that a process of another account can run it. */
export async function isReadableByAll(): Promise<boolean> {
  const probe = spawn('/usr/bin/test', ['-r', here('embedded-holder.ts')], { uid: 65534, gid: 65534 })
  const code = await new Promise<number | null>((resolve) => probe.once('close', resolve))
  return code === 0 && (await access(process.execPath).then(() => true))
}
