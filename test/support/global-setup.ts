import { readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { installedBinaries } from '../../src/store/embedded/binaries.ts'
import type { Connection } from '../../src/store/embedded/connection.ts'
import { createPool } from '../../src/store/pool.ts'
import { migrate } from '../../src/store/migrate.ts'
import { nothingKept, startPassingPostgres } from './passing-postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of this test run, with the template every test database is cloned from as its database. */
    postgres: Connection
    /** Postgres' bin, lib and share where the server's account can run them, for tests that start servers themselves. */
    nativePostgres: string
  }
}

/** Starts the run's database server, migrates the template once, and takes both away again at the end. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweep()
  const server = await startPassingPostgres(`test-${process.pid}`, { ...nothingKept, max_connections: '200' })
  try {
    project.provide('postgres', await migrated(server.connection))
    project.provide('nativePostgres', await nativePostgres(server.dataDir))
  } catch (error) {
    await server.close()
    throw error
  }
  return () => server.close()
}

async function migrated(connection: Connection): Promise<Connection> {
  const pool = createPool(connection)
  try {
    await migrate(pool)
  } finally {
    await pool.end()
  }
  return connection
}

/** Under root's home the server had to copy them, see binaries.ts; else they are those of the checkout. */
async function nativePostgres(dataDir: string): Promise<string> {
  const copies = join(dataDir, 'postgres-binaries')
  const [copy] = await readdir(copies).catch((): string[] => [])
  return copy === undefined ? installedBinaries() : join(copies, copy)
}

/** Ends what a run that was killed left behind: its server, by the pid it wrote, and its folder. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const run = /^openwatch-test-(\d+)-/.exec(name)?.[1]
    if (run === undefined || isAlive(Number(run))) continue
    const folder = join(tmpdir(), name)
    const pid = await readFile(join(folder, 'postgres/data/postmaster.pid'), 'utf8').catch(() => '')
    const server = Number(pid.split('\n')[0])
    const command = await readFile(`/proc/${server}/cmdline`, 'utf8').catch(() => '')
    if (command.includes(folder)) process.kill(server, 'SIGQUIT')
    await rm(folder, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined)
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
