import { setImmediate as breathe } from 'node:timers/promises'
import type { Query } from '../matching/query-tree.ts'
import { sieveOf } from '../matching/sieve.ts'
import type { Database } from '../store/database.ts'
import { readStretch, type Field, type FoundRevision, type Place } from '../store/entry-search.ts'

/** What one stretch of the stored entries holds for a query, coarsely: some of it may not meet it after all. */
export interface Scanned {
  /** Entries looked at so far. */
  readonly done: number
  /** Newest first. */
  readonly revisions: readonly FoundRevision[]
  /** Where the next stretch begins; null at the end. */
  readonly next: Place | null
}

/** The first stretch is short, so that there is something to see at once; the later ones cost less an entry. */
const firstSize = 2000
const largestSize = 25_000

/**
 * Goes through the stored entries from the newest to the oldest, stretch by stretch. The database holds back what cannot
 * meet the query; other work has its turn between two stretches. Ends early when the signal aborts.
 */
export async function* scanEntries(
  { pool }: Pick<Database, 'pool'>,
  query: Query,
  options: { readonly field?: Field; readonly before?: Place; readonly signal?: AbortSignal },
): AsyncGenerator<Scanned> {
  const { field = {}, signal } = options
  const sieve = sieveOf(query)
  let before: Place | null = options.before ?? null
  let done = 0
  for (let size = firstSize; ; size = Math.min(largestSize, size * 2)) {
    if (signal?.aborted === true) return
    const stretch = await readStretch(pool, sieve, { ...(before !== null && { before }), size, field })
    done += stretch.entries
    yield { done, revisions: stretch.revisions, next: stretch.next }
    if (stretch.next === null) return
    before = stretch.next
    await breathe()
  }
}
