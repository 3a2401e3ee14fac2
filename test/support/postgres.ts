import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { connectionUrl, type Connection } from '../../src/store/embedded/connection.ts'
import { administer } from './administer.ts'

/** A database of a test's own: migrated and empty. */
export interface TestDatabase {
  /** For pg and Prisma's adapter. */
  readonly url: string
  readonly connection: Connection
  /** Takes it away, together with what is still connected to it. */
  drop(): Promise<void>
}

/** Clones the migrated template, once for each test file as a rule: `beforeAll(async () => { database = await createTestDatabase() })`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const template = inject('postgres')
  const name = `test_${randomBytes(8).toString('hex')}`
  await administer(template, `create database ${name} template ${pg.escapeIdentifier(template.database)}`)
  const connection = { ...template, database: name }
  return {
    url: connectionUrl(connection),
    connection,
    drop: () => administer(template, `drop database if exists ${name} with (force)`),
  }
}
