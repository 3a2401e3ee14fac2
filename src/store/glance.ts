import type pg from 'pg'
import { dataDirectoryPath, thisMachine } from './data-directory.ts'
import type { Queryable } from './database.ts'
import { findCluster } from './embedded/cluster.ts'
import { connectionTo, databaseName } from './embedded/connection.ts'
import { isAlive, readServer } from './embedded/server.ts'
import { createPool } from './pool.ts'

/** How long is waited for the database, in milliseconds: nobody waits longer for what is only nice to know. */
const patience = 1000

/**
 * Asks the database where it is up already. Null where it is not, or does not answer within a second or two: nothing is
 * started, made or migrated for it.
 */
export async function glance<T>(
  env: NodeJS.ProcessEnv,
  ask: (db: Queryable) => Promise<T>,
): Promise<T | null> {
  const connection = await atHand(env).catch(() => null)
  if (connection === null) return null
  const waits = { connectionTimeoutMillis: patience, query_timeout: patience }
  const pool = createPool({ ...connection, ...waits, max: 1, application_name: 'openwatch glance' })
  try {
    return await ask(pool)
  } catch {
    return null
  } finally {
    await pool.end()
  }
}

async function atHand(env: NodeJS.ProcessEnv): Promise<pg.ClientConfig | null> {
  const url = env['DATABASE_URL']
  if (url !== undefined && url !== '') return { connectionString: url }
  const machine = thisMachine()
  const cluster = await findCluster(dataDirectoryPath(env, machine), machine.uid)
  const server = cluster === null ? null : await readServer(cluster)
  if (cluster === null || server === null || !isAlive(server.pid)) return null
  return { ...connectionTo(cluster, server, databaseName) }
}
