import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbeddedPostgres, type EmbeddedPostgres } from '../../src/store/embedded/open.ts'

/** A Postgres in a temporary folder of its own. */
export interface PassingPostgres extends Pick<EmbeddedPostgres, 'url' | 'connection'> {
  readonly dataDir: string
  /** Stops the server and takes the folder away. */
  close(): Promise<void>
}

/** For what is not worth keeping: nothing waits for the disk. */
export const nothingKept = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

/**
 * Starts one with the settings of the house but for those given, in a folder whose name begins with `openwatch-` and `name`.
 * What goes wrong leaves no folder behind.
 */
export async function startPassingPostgres(
  name: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<PassingPostgres> {
  const dataDir = await mkdtemp(join(tmpdir(), `openwatch-${name}-`))
  const remove = () => rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
  try {
    // as root the server is another account's, which must get through
    await chmod(dataDir, 0o711)
    const server = await openEmbeddedPostgres({
      ...{ dataDir, settings, application: name, systemDirectories: [dataDir] },
    })
    return {
      ...{ dataDir, url: server.url, connection: server.connection },
      async close() {
        await server.release()
        await remove()
      },
    }
  } catch (error) {
    await remove()
    throw error
  }
}
