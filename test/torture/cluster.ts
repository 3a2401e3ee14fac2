import { spawnSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, open, readFile, rm } from 'node:fs/promises'
import type { NetConnectOpts } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Connection } from '../../src/store/embedded/connection.ts'
import { openEmbeddedPostgres } from '../../src/store/embedded/open.ts'

/** A Postgres of the harness's own that can be killed, and whose disk can be filled where it is a small one. */
export interface Cluster {
  readonly connection: Connection
  /** Where it listens at present; null while it does not. */
  listens(): Promise<NetConnectOpts | null>
  /** Runs a statement on a database, and again until the server answers. */
  query<T extends pg.QueryResultRow>(
    database: string,
    text: string,
    values?: readonly unknown[],
  ): Promise<T[]>
  /** Kills the server itself (-9); it is started again. */
  killServer(): Promise<void>
  /** Kills one of its processes that serves openwatch (-9), which makes the server recover from a crash. */
  killBackend(database: string, random: number): Promise<void>
  /** Ends all connections of one process of openwatch, as when its machine is cut off; the others go on. */
  cutOffOne(database: string, random: number): Promise<void>
  /** Fills the disk; null where it is not a small one of its own. */
  readonly fillDisk: (() => Promise<() => Promise<void>>) | null
  close(): Promise<void>
}

const diskMegabytes = 320

/** Makes a cluster, on a small disk in memory where this process may mount one. */
export async function openCluster(): Promise<Cluster> {
  const home = await mkdtemp(join(tmpdir(), 'openwatch-torture-'))
  const [dataDir, shelter] = [join(home, 'disk'), join(home, 'programs')]
  for (const path of [dataDir, shelter]) await mkdir(path)
  const isSmall = mount(dataDir)
  // as root the server is another account's, which must get through
  for (const path of [home, dataDir, shelter]) await chmod(path, 0o711)
  const server = await openEmbeddedPostgres({
    ...{ dataDir, application: 'torture', systemDirectories: [shelter] },
    // killed is only the server, never the machine: what it has written to the disk's cache is safe
    settings: {
      fsync: 'off',
      max_wal_size: '64MB',
      min_wal_size: '32MB',
      wal_recycle: 'off',
      max_connections: '150',
    },
  })

  async function pidLines(): Promise<string[]> {
    return (await readFile(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8')).split('\n')
  }

  async function query<T extends pg.QueryResultRow>(
    database: string,
    text: string,
    values: readonly unknown[] = [],
  ): Promise<T[]> {
    const end = Date.now() + 120_000
    for (;;) {
      const client = new pg.Client({ ...server.connection, database })
      client.on('error', () => undefined)
      try {
        await client.connect()
        return (await client.query<T>(text, [...values])).rows
      } catch (error) {
        const isOurs = error instanceof pg.DatabaseError && /^(?:42|22)/.test(error.code ?? '')
        if (isOurs || Date.now() > end) throw error
        await sleep(100)
      } finally {
        await client.end().catch(() => undefined)
      }
    }
  }

  return {
    connection: server.connection,
    query,
    async listens() {
      const [, , , port, socket] = await pidLines()
      return socket === undefined || socket === '' ? null : { path: join(socket, `.s.PGSQL.${port ?? ''}`) }
    },
    async killServer() {
      process.kill(Number((await pidLines())[0]), 'SIGKILL')
    },
    async killBackend(database, random) {
      const pids = await query<{ pid: number }>(
        'postgres',
        `select pid from pg_stat_activity where datname = $1 and starts_with(application_name, 'openwatch') order by pid`,
        [database],
      )
      const one = pids[Math.floor(random * pids.length)]
      if (one !== undefined) process.kill(one.pid, 'SIGKILL')
    },
    async cutOffOne(database, random) {
      const theirs = await query<{ process: string; pid: number }>(
        database,
        `select p.id as process, a.pid from process p join pg_stat_activity a on a.datname = current_database()
           and (starts_with(a.application_name, 'openwatch ' || p.id)
             or p.doing -> 'pools' ? replace(a.application_name, 'openwatch worker ', ''))
         order by p.started_at, p.id`,
      )
      const processes = [...new Set(theirs.map(({ process }) => process))]
      const one = processes[Math.floor(random * processes.length)]
      const pids = theirs.filter(({ process }) => process === one).map(({ pid }) => pid)
      await query(database, 'select pg_terminate_backend(pid) from unnest($1::int[]) as pid', [pids])
    },
    fillDisk: isSmall ? () => fill(join(dataDir, 'filler')) : null,
    async close() {
      await server.release()
      for (let tries = 0; isSmall && tries < 50; tries++) {
        if (spawnSync('umount', [dataDir]).status === 0) break
        await sleep(100)
      }
      await rm(home, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

function mount(path: string): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  const options = `size=${diskMegabytes}m,mode=0711`
  return spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path]).status === 0
}

/** Writes until nothing more fits; gives what takes it away again. */
async function fill(path: string): Promise<() => Promise<void>> {
  const file = await open(path, 'w')
  try {
    for (const size of [1 << 20, 1 << 12]) {
      const chunk = Buffer.alloc(size)
      while (
        await file.write(chunk).then(
          ({ bytesWritten }) => bytesWritten === size,
          () => false,
        )
      );
    }
  } finally {
    await file.close()
  }
  return () => rm(path, { force: true })
}
