import { connectionUrl } from '../../src/store/embedded/connection.ts'
import { migrate } from '../../src/store/migrate.ts'
import { createPool } from '../../src/store/pool.ts'
import { administer } from '../support/administer.ts'
import { nothingKept, startPassingPostgres, type PassingPostgres } from '../support/passing-postgres.ts'
import { testSystem } from '../support/system.ts'
import type { FuzzTools } from './target.ts'

/** Tools outside of `npm test`: a Postgres of this process's own, started when the first target wants one. */
export function ownTools(): FuzzTools & { close(): Promise<void> } {
  let server: Promise<PassingPostgres> | null = null
  let number = 0
  return {
    async system(options) {
      const { connection: home } = await (server ??= startPassingPostgres('fuzz', nothingKept))
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
      await (await server)?.close()
    },
  }
}
