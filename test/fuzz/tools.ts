import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { connectionUrl, type Connection } from '../../src/store/embedded/connection.ts'
import { openEmbeddedPostgres } from '../../src/store/embedded/open.ts'
import { migrate } from '../../src/store/migrate.ts'
import { createPool } from '../../src/store/pool.ts'
import { testSystem } from '../support/system.ts'
import type { FuzzTools } from './target.ts'

/** Tools outside of `npm test`: a Postgres of this process's own, started when the first target wants one. */
export function ownTools(): FuzzTools & { close(): Promise<void> } {
  const undo: (() => Promise<unknown>)[] = []
  let server: Promise<Connection> | null = null
  let number = 0
  return {
    async system(options) {
      const home = await (server ??= startServer(undo))
      const connection = { ...home, database: `fuzz_${++number}` }
      const createDatabase = async () => {
        await administer(home, `create database ${connection.database}`)
        const pool = createPool(connection)
        await migrate(pool)
        await pool.end()
        const drop = () => administer(home, `drop database if exists ${connection.database} with (force)`)
        return { url: connectionUrl(connection), drop }
      }
      return testSystem({ ...options, createDatabase })
    },
    async close() {
      for (const step of undo.toReversed()) await step()
    },
  }
}

async function startServer(undo: (() => Promise<unknown>)[]): Promise<Connection> {
  const dataDir = await mkdtemp(join(tmpdir(), 'openwatch-fuzz-'))
  undo.push(() => rm(dataDir, { recursive: true, force: true, maxRetries: 5 }))
  // as root the server is another account's, which must get through
  await chmod(dataDir, 0o711)
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
  const server = await openEmbeddedPostgres({
    ...{ dataDir, application: 'fuzz', settings, systemDirectories: [dataDir] },
  })
  undo.push(() => server.release())
  return server.connection
}

async function administer(server: Connection, statement: string): Promise<void> {
  const client = new pg.Client({ ...server, database: 'postgres' })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
