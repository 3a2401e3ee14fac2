import pg from 'pg'
import type { Connection } from '../../src/store/embedded/connection.ts'

/** Says something to a server that is about its databases: to create or to drop one. */
export async function administer(server: Connection, statement: string): Promise<void> {
  const client = new pg.Client({ ...server, database: 'postgres' })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
