import { openDatabase, type Database } from '../src/store/database.ts'
import { migrate } from '../src/store/migrate.ts'
import { startPassingPostgres } from '../test/support/passing-postgres.ts'
import { closeOnce } from './close-once.ts'

/** A database of a benchmark's own. */
export interface BenchDatabase {
  readonly db: Database
  readonly url: string
  /** What is to be done before the database is closed: what was said last comes first. */
  readonly first: (step: () => Promise<unknown>) => void
  readonly close: () => Promise<void>
}

/**
 * Starts Postgres in a temporary directory, with the settings of the house (what is committed is on disk) but for those
 * given, and brings it up to date.
 */
export const openBenchDatabase = async (
  settings: Readonly<Record<string, string>> = {},
): Promise<BenchDatabase> => {
  const server = await startPassingPostgres('bench', settings)
  const undo: (() => Promise<unknown>)[] = [() => server.close()]
  const close = closeOnce(async () => {
    for (const step of undo.toReversed()) await step()
  })
  try {
    const db = await openDatabase({
      url: server.url,
      dataDir: () => Promise.resolve(server.dataDir),
      application: 'bench',
    })
    undo.push(() => db.close())
    await migrate(db.pool)
    return { db, url: server.url, first: (step) => void undo.push(step), close }
  } catch (error) {
    await close()
    throw error
  }
}
