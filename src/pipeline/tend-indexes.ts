import type { Database } from '../store/database.ts'
import {
  bloatedIndexes,
  cancelStatement,
  dropLeftovers,
  rebuildIndex,
  takeIndexTurn,
} from '../store/indexes.ts'
import { createSession } from '../store/session.ts'

export interface TendIndexesOptions {
  readonly db: Pick<Database, 'pool' | 'connection'>
  readonly signal?: AbortSignal
  /** Smaller ones are left as they are, in bytes. */
  readonly leastBytes?: number
}

/** An index that was built anew. Sizes in bytes. */
export interface RebuiltIndex {
  readonly name: string
  readonly bytesBefore: number
  readonly bytesAfter: number
  readonly tookMs: number
}

/** What was done for the indexes. */
export interface TendedIndexes {
  readonly rebuilt: readonly RebuiltIndex[]
  /** What an earlier rebuilding that was cut off had left behind, and was taken away. */
  readonly dropped: readonly string[]
}

const megabyte = 1024 ** 2

/**
 * Builds indexes anew that take more than twice what they need. Where entries are deleted and some are kept for ever, an index
 * in the order of time never shrinks by itself: Postgres gives a page back when its last row goes, and one row that is kept
 * keeps it. Nobody waits for it: polls go on meanwhile. Null when another process is at it. Rejects with what and why.
 */
export async function tendIndexes({
  db,
  signal,
  leastBytes = megabyte,
}: TendIndexesOptions): Promise<TendedIndexes | null> {
  const session = createSession(db, 'indexes')
  let stop = (): void => undefined
  try {
    const connection = await session.connection()
    const turn = await takeIndexTurn(connection)
    if (turn === null) return null
    stop = () => void cancelStatement(db.pool, turn.pid).catch(() => undefined)
    signal?.addEventListener('abort', stop)
    const dropped = await dropLeftovers(connection)
    const rebuilt: RebuiltIndex[] = []
    for (const { name, bytes } of await bloatedIndexes(connection, { leastBytes })) {
      if (signal?.aborted === true) break
      const began = performance.now()
      const bytesAfter = await rebuildIndex(connection, name).catch((cause: unknown) => {
        throw new Error(`the index ${name} could not be built anew`, { cause })
      })
      const tookMs = Math.round(performance.now() - began)
      rebuilt.push({ name, bytesBefore: bytes, bytesAfter, tookMs })
    }
    return { rebuilt, dropped }
  } finally {
    signal?.removeEventListener('abort', stop)
    await session.close()
  }
}
