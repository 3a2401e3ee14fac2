import { documentOf } from '../matching/document.ts'
import { evaluate, spansOf, type Span } from '../matching/evaluate.ts'
import { parseQuery } from '../matching/parse-query.ts'
import type { QueryError } from '../matching/query-lexer.ts'
import type { Query } from '../matching/query-tree.ts'
import { sieveOf } from '../matching/sieve.ts'
import type { Queryable } from '../store/database.ts'
import {
  feedNames,
  itemsOfRevisions,
  readStretch,
  type Field,
  type FoundRevision,
  type Place,
} from '../store/entry-search.ts'

/** What is looked for in the stored entries, and where. */
export interface EntrySearch {
  /** In the query language; empty: every entry. */
  readonly query: string
  readonly outlet?: string | undefined
  readonly feedId?: number | undefined
  /** Entries that count from then on, and before then. */
  readonly since?: Date | undefined
  readonly until?: Date | undefined
  /** Where the last answer ended, as it said. */
  readonly cursor?: string | undefined
  /** At most so many in one answer; 25 when left out. */
  readonly limit?: number | undefined
}

/** An entry that was found, in its newest wording that meets the query. */
export interface FoundEntry {
  readonly revision: FoundRevision
  readonly feed: { readonly id: number; readonly title: string | null; readonly url: string }
  /** Where it meets the query, in reading order. */
  readonly spans: readonly Span[]
  /** Ids of the questions that it has met. */
  readonly items: readonly string[]
}

/** What came of a search: the newest entries first. */
export type SearchedEntries =
  | {
      readonly kind: 'found'
      readonly entries: readonly FoundEntry[]
      /** To go on with; null when all has been looked through. */
      readonly next: string | null
      /** Back to when the stored entries were looked through; null at their end. */
      readonly backTo: Date | null
    }
  | { readonly kind: 'bad-query'; readonly error: QueryError }
  | { readonly kind: 'bad-cursor' }

/** An answer is owed within about so many milliseconds; what is not found by then is looked for in the next one. */
const patienceMs = 1200
const usualLimit = 25
const mostAtOnce = 200
const firstSize = 2000
const largestSize = 25_000

/** Searches the stored entries from the newest to the oldest, some of them at a time: a rare word is found by going on. */
export async function searchEntries(search: EntrySearch, db: Queryable): Promise<SearchedEntries> {
  const parsed = search.query.trim() === '' ? null : parseQuery(search.query)
  if (parsed !== null && !parsed.ok) return { kind: 'bad-query', error: parsed.error }
  const from = search.cursor === undefined ? null : placeOf(search.cursor)
  if (search.cursor !== undefined && from === null) return { kind: 'bad-cursor' }
  const limit = Math.min(Math.max(1, search.limit ?? usualLimit), mostAtOnce)
  const { found, next } = await look(db, parsed?.query ?? null, { search, from, limit })
  return {
    kind: 'found',
    entries: await described(db, found, parsed?.query ?? null),
    next: next === null ? null : cursorOf(next),
    backTo: next?.at ?? null,
  }
}

interface Looking {
  readonly search: EntrySearch
  readonly from: Place | null
  readonly limit: number
}

async function look(
  db: Queryable,
  query: Query | null,
  { search, from, limit }: Looking,
): Promise<{ readonly found: FoundRevision[]; readonly next: Place | null }> {
  const sieve = query === null ? ({ kind: 'everything' } as const) : sieveOf(query)
  const field = fieldOf(search)
  const found = new Map<string, FoundRevision>()
  const begun = performance.now()
  let before = from
  for (let size = query === null ? limit + 1 : firstSize; ; size = Math.min(largestSize, size * 2)) {
    const stretch = await readStretch(db, sieve, { ...(before !== null && { before }), size, field })
    for (const revision of stretch.revisions) {
      // another wording of an entry that was found
      if (found.has(revision.entryId)) continue
      if (query !== null && !evaluate(query, documentOf(revision))) continue
      if (found.size === limit) return { found: [...found.values()], next: lastOf(found) }
      found.set(revision.entryId, revision)
    }
    before = stretch.next
    if (before === null || performance.now() - begun > patienceMs)
      return { found: [...found.values()], next: before }
  }
}

function lastOf(found: ReadonlyMap<string, FoundRevision>): Place | null {
  const last = [...found.values()].at(-1)
  return last === undefined ? null : { at: last.at, entryId: last.entryId }
}

function fieldOf({ since, until, feedId, outlet }: EntrySearch): Field {
  return {
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(feedId !== undefined && { feedId }),
    ...(outlet !== undefined && { outlet }),
  }
}

async function described(
  db: Queryable,
  found: readonly FoundRevision[],
  query: Query | null,
): Promise<FoundEntry[]> {
  const items = await itemsOfRevisions(
    db,
    found.map(({ key }) => key),
  )
  const feeds = await feedNames(db, [...new Set(found.map(({ feedId }) => feedId))])
  return found.map((revision) => ({
    revision,
    feed: { id: revision.feedId, ...(feeds.get(revision.feedId) ?? { title: null, url: '' }) },
    spans: query === null ? [] : spansOf(query, documentOf(revision)),
    items: items.get(revision.key) ?? [],
  }))
}

function cursorOf({ at, entryId }: Place): string {
  return Buffer.from(`${at.toISOString()} ${entryId}`).toString('base64url')
}

/** Null for what is no cursor of ours. */
function placeOf(cursor: string): Place | null {
  const [, time = '', entryId = ''] =
    /^(\d{4}-\d\d-\d\dT[\d:.]+Z) (\d{1,19})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? []
  const at = new Date(time)
  return Number.isNaN(at.getTime()) || BigInt(entryId) > 9_223_372_036_854_775_807n ? null : { at, entryId }
}
