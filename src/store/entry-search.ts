import type { Sieve } from '../matching/sieve.ts'
import { unsievable } from '../matching/sieve.ts'
import type { Queryable } from './database.ts'
import { revisionColumns, type StoredRevision } from './entries.ts'

/** A place among the stored entries, which are read from the newest to the oldest. */
export interface Place {
  readonly at: Date
  readonly entryId: string
}

/** Which stored entries are looked at. */
export interface Field {
  readonly since?: Date
  readonly until?: Date
  readonly feedId?: number
  readonly outlet?: string
  /** Only what was stored as a revision after this one. */
  readonly afterRevision?: string
}

/** A stretch of the stored entries: how many they are, and the revisions that the sieve let through, newest first. */
export interface Stretch<T = StoredRevision> {
  readonly entries: number
  readonly revisions: readonly T[]
  /** Where the next stretch begins; null when this was the last. */
  readonly next: Place | null
}

/** A revision with the feed that carried it. */
export interface FoundRevision extends StoredRevision {
  readonly feedId: number
  readonly seenAt: Date
}

const start: Place = { at: new Date('9999-12-31T00:00:00Z'), entryId: '9223372036854775807' }

/**
 * Reads the next so many entries before a place, and gives of their revisions what a sieve lets through. One statement
 * over a bounded number of entries: what is not met costs the database a look, and nobody else anything.
 */
export async function readStretch(
  db: Queryable,
  sieve: Sieve,
  {
    before = start,
    size,
    field = {},
  }: { readonly before?: Place; readonly size: number; readonly field?: Field },
): Promise<Stretch<FoundRevision>> {
  const params: unknown[] = []
  const given = (value: unknown): string => `$${params.push(value)}`
  const within = [
    `(e.at, e.id) < (${given(before.at)}::timestamptz, ${given(before.entryId)}::bigint)`,
    // the index knows the first column of the pair only where it stands alone
    `e.at <= ${given(before.at)}::timestamptz`,
    ...(field.since === undefined ? [] : [`e.at >= ${given(field.since)}`]),
    ...(field.until === undefined ? [] : [`e.at < ${given(field.until)}`]),
    ...(field.feedId === undefined ? [] : [`e.feed_id = ${given(field.feedId)}`]),
  ]
  const limit = given(size)
  const after = field.afterRevision === undefined ? '' : `and r.id > ${given(field.afterRevision)}::bigint`
  // not within the stretch: of an outlet that is seldom heard it would be all entries there are
  const outlet = field.outlet === undefined ? '' : `e.outlet = ${given(field.outlet)} and`
  const { rows } = await db.query<Row>(
    `with stretch as materialized (
       select e.* from entry e where ${within.join(' and ')} order by e.at desc, e.id desc limit ${limit}
     ), rim as (
       select count(*)::int as entries from stretch
     )
     select rim.entries, l.at as "lastAt", l.id::text as "lastId", found.*
     from rim left join lateral (select at, id from stretch order by at, id limit 1) l on true
       left join (
         select ${revisionColumns}, e.feed_id as "feedId", r.seen_at as "seenAt", e.id as place, r.id as revision, true as found
         from stretch e cross join lateral (
           -- the fence keeps the planner from looking at every revision there is
           select * from revision r where r.entry_id = e.id ${after} offset 0
         ) r where ${outlet} ${condition(sieve, given)}
       ) found on true
     order by found.at desc, found.place desc, found.revision desc`,
    params,
  )
  const [first] = rows
  const entries = first?.entries ?? 0
  const isLast = entries < size || first?.lastAt == null
  return {
    entries,
    revisions: rows.filter((row) => row.found),
    next: isLast ? null : { at: first.lastAt, entryId: first.lastId },
  }
}

interface Row extends FoundRevision {
  /** Null where the stretch holds nothing that was let through. */
  readonly found: boolean | null
  readonly entries: number
  readonly lastAt: Date
  readonly lastId: string
}

function condition(sieve: Sieve, given: (value: unknown) => string): string {
  switch (sieve.kind) {
    case 'everything':
      return 'true'
    case 'all':
    case 'any':
      return `(${sieve.of.map((part) => condition(part, given)).join(sieve.kind === 'all' ? ' and ' : ' or ')})`
    case 'outlet':
      return `(e.outlet = ${given(sieve.domain)} or e.outlet like ${given(`%.${sieve.domain}`)})`
    case 'outlet-name':
      return `translate(e.outlet, '-_', '') ~ ${given(sieve.pattern)}`
    case 'words': {
      const pattern = given(`${sieve.pattern}|${unsievable}`)
      return sieve.titleOnly ? `r.title ~ ${pattern}` : `(r.title ~ ${pattern} or r.text ~ ${pattern})`
    }
  }
}

/** How many entries are stored that count from a time on. */
export async function countSince(db: Queryable, since: Date): Promise<number> {
  const { rows } = await db.query<{ entries: number }>(
    `select count(*)::int as entries from entry where at >= $1`,
    [since],
  )
  return rows[0]?.entries ?? 0
}

/** Which questions have met revisions, by the revision's key. */
export async function itemsOfRevisions(
  db: Queryable,
  keys: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await db.query<{ key: string; items: string[] }>(
    `select revision_id::text as key, array_agg(watch_item_id order by watch_item_id) as items
     from match where revision_id = any($1::bigint[]) group by revision_id`,
    [keys],
  )
  return new Map(rows.map(({ key, items }) => [key, items]))
}

/** Names of feeds by their numbers. */
export async function feedNames(
  db: Queryable,
  ids: readonly number[],
): Promise<ReadonlyMap<number, { readonly title: string | null; readonly url: string }>> {
  const { rows } = await db.query<{ id: number; title: string | null; url: string }>(
    `select id, title, url from feed where id = any($1::int[])`,
    [ids],
  )
  return new Map(rows.map(({ id, title, url }) => [id, { title, url }]))
}

/** The feeds that have brought entries, by name: for choosing one. At most so many. */
export async function choosableFeeds(
  db: Queryable,
  most: number,
): Promise<{ readonly id: number; readonly title: string | null; readonly url: string }[]> {
  const { rows } = await db.query<{ id: number; title: string | null; url: string }>(
    `select id, title, url from feed where last_entry_at is not null or origin = 'archive'
     order by coalesce(title, url) limit $1`,
    [most],
  )
  return rows
}
