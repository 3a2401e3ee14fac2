import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { connectionUrl } from '../../src/store/embedded/connection.ts'
import { openEmbeddedPostgres } from '../../src/store/embedded/open.ts'
import { migrate } from '../../src/store/migrate.ts'
import { createPool } from '../../src/store/pool.ts'
import { testSystem } from '../support/system.ts'
import type { FuzzTools } from './target.ts'

/** Tools outside of `npm test`: a Postgres of this process's own, started when the first target wants one. */
export function ownTools(): FuzzTools & { close(): Promise<void> } {
  const undo: (() => Promise<unknown>)[] = []
  let number = 0
  return {
    async system(options) {
      const dataDir = await mkdtemp(join(tmpdir(), 'openwatch-fuzz-'))
      undo.push(() => rm(dataDir, { recursive: true, force: true, maxRetries: 5 }))
      // as root the server is another account's, which must get through
      await chmod(dataDir, 0o711)
      const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
      const server = await openEmbeddedPostgres({
        ...{ dataDir, application: 'fuzz', settings, systemDirectories: [dataDir] },
      })
      undo.push(() => server.release())
      return testSystem({
        ...options,
        createDatabase: async () => {
          const connection = { ...server.connection, database: `fuzz_${++number}` }
          const client = new pg.Client({ ...connection, database: 'postgres' })
          await client.connect()
          await client.query(`create database ${connection.database}`)
          await client.end()
          const pool = createPool(connection)
          await migrate(pool)
          await pool.end()
          return { url: connectionUrl(connection), drop: () => Promise.resolve() }
        },
      })
    },
    async close() {
      for (const step of undo.toReversed()) await step()
    },
  }
}
