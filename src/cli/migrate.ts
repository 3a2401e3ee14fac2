import { dataDirectory } from '../store/data-directory.ts'
import { openDatabase } from '../store/database.ts'
import { migrate } from '../store/migrate.ts'
import type { Io } from './io.ts'
import { createLogger } from './logger.ts'

/** `openwatch migrate`: brings the database to this version's schema. The daemon does the same when it starts. */
export async function migrateDatabase(io: Io): Promise<number> {
  const db = await openDatabase({
    url: io.env['DATABASE_URL'],
    dataDir: () => dataDirectory(io.env),
    application: 'cli',
    logger: createLogger(io.env, 'warn', io.progress),
  })
  try {
    const { applied, unknown } = await migrate(db.pool)
    if (applied.length === 0) io.out('the database is up to date\n')
    else io.out(`applied: ${applied.join(', ')}\n`)
    if (unknown.length > 0) io.out(`of a newer openwatch: ${unknown.join(', ')}\n`)
    return 0
  } finally {
    await db.close()
  }
}
