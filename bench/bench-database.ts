import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase, type Database } from '../src/store/database.ts'
import { openEmbeddedPostgres } from '../src/store/embedded/open.ts'
import { migrate } from '../src/store/migrate.ts'
import { closeOnce } from './close-once.ts'

/** A database of a benchmark's own. */
export interface BenchDatabase {
  readonly db: Database
  readonly url: string
  readonly close: () => Promise<void>
}

/**
 * Starts Postgres in a temporary directory, with the settings of the house (what is committed is on disk) but for those
 * given, and brings it up to date.
 */
export const openBenchDatabase = async (
  settings: Readonly<Record<string, string>> = {},
): Promise<BenchDatabase> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'openwatch-bench-'))
  const undo: (() => Promise<unknown>)[] = [() => rm(dataDir, { recursive: true, force: true })]
  const close = closeOnce(async () => {
    for (const step of undo.toReversed()) await step()
  })
  try {
    // As root the server is another account's, which must get through.
    await chmod(dataDir, 0o711)
    const server = await openEmbeddedPostgres({
      ...{ dataDir, settings, application: 'bench', systemDirectories: [dataDir] },
    })
    undo.push(() => server.release())
    const db = await openDatabase({
      url: server.url,
      dataDir: () => Promise.resolve(dataDir),
      application: 'bench',
    })
    undo.push(() => db.close())
    await migrate(db.pool)
    return { db, url: server.url, close }
  } catch (error) {
    await close()
    throw error
  }
}
