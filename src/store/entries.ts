import { createHash } from 'node:crypto'
import type { Entry, SeenEntry } from '../matching/entry.ts'
import type { Prisma, Queryable } from './database.ts'

/** A revision that was not stored before. */
export interface NewRevision {
  readonly entry: SeenEntry
  readonly entryId: string
  readonly revisionId: string
  /** False when an entry known before was edited. */
  readonly isNewEntry: boolean
}

/**
 * Puts a poll's entries into the seen-set in one statement and returns what was not there: new entries, and new
 * revisions of known ones. Entries repeated within the poll count once, the first wins.
 */
export async function insertEntries(
  tx: Queryable,
  feedId: number,
  entries: readonly Entry[],
  now: Date,
): Promise<NewRevision[]> {
  const rows = distinct(entries).map((entry) => row(entry, now))
  if (rows.length === 0) return []
  const { rows: stored } = await tx.query<{
    place: number
    entry_id: string
    revision_id: string
    is_new: boolean
  }>(insert, [
    feedId,
    now,
    rows.map((r) => r.identity),
    rows.map((r) => r.entry.url),
    rows.map((r) => r.entry.outlet),
    rows.map((r) => r.entry.author),
    rows.map((r) => r.entry.discussionUrl),
    rows.map((r) => r.entry.publishedAt),
    rows.map((r) => r.at),
    rows.map((r) => r.hash),
    rows.map((r) => r.entry.title),
    rows.map((r) => r.entry.text),
  ])
  return stored.flatMap(({ place, entry_id, revision_id, is_new }) => {
    const found = rows[place - 1]
    if (found === undefined) return []
    const entry = { ...found.entry, key: revision_id, at: found.at }
    return [{ entry, entryId: entry_id, revisionId: revision_id, isNewEntry: is_new }]
  })
}

/** When the feed's newest entries were published, the newest first: its rhythm. */
export async function recentPublications(db: Queryable, feedId: number): Promise<Date[]> {
  const { rows } = await db.query<{ at: Date }>(
    'select at from entry where feed_id = $1 order by at desc limit 20',
    [feedId],
  )
  return rows.map((row) => row.at)
}

/** A revision as it is kept, with its entry. */
export interface StoredRevision extends SeenEntry {
  readonly entryId: string
}

const revisionColumns = `r.id::text as key, e.id::text as "entryId", encode(e.identity, 'hex') as id, e.url, e.outlet,
  r.title, r.text, e.author, e.published_at as "publishedAt", e.discussion_url as "discussionUrl", e.at`

const batch = 5000

/** Stored revisions of entries that count from `since` on, by time, in batches: for judging what came after them. */
export async function* storedRevisions(db: Queryable, since: Date): AsyncGenerator<StoredRevision[]> {
  let last: Pick<StoredRevision, 'at' | 'key'> = { at: since, key: '0' }
  for (;;) {
    const { rows } = await db.query<StoredRevision>(
      `select ${revisionColumns} from entry e join revision r on r.entry_id = e.id
       where (e.at, r.id) > ($1, $2::bigint) order by e.at, r.id limit $3`,
      [last.at, last.key, batch],
    )
    if (rows.length > 0) yield rows
    const end = rows.at(-1)
    if (end === undefined || rows.length < batch) return
    last = end
  }
}

/** How many entries are stored that count from `since` on. */
export function countEntries(prisma: Prisma, since: Date): Promise<number> {
  return prisma.entry.count({ where: { at: { gte: since } } })
}

/** A revision with where and when it was seen. */
export interface SeenRevision extends StoredRevision {
  readonly feedUrl: string
  readonly firstSeenAt: Date
  readonly seenAt: Date
}

/** The revisions of the entries that link to one of these addresses, by time of seeing. */
export async function revisionsAt(db: Queryable, urls: readonly string[]): Promise<SeenRevision[]> {
  const { rows } = await db.query<SeenRevision>(
    `select ${revisionColumns}, f.url as "feedUrl", e.first_seen_at as "firstSeenAt", r.seen_at as "seenAt"
     from entry e join revision r on r.entry_id = e.id join feed f on f.id = e.feed_id
     where e.url = any($1) or e.discussion_url = any($1) order by r.seen_at, r.id`,
    [urls],
  )
  return rows
}

const insert = `
with incoming as (
  select * from unnest($3::bytea[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[],
    $9::timestamptz[], $10::bytea[], $11::text[], $12::text[])
    with ordinality as t(identity, url, outlet, author, discussion_url, published_at, at, hash, title, text, place)
), added as (
  insert into entry (feed_id, identity, url, outlet, author, discussion_url, published_at, first_seen_at, at)
  select $1, identity, url, outlet, author, discussion_url, published_at, $2, at from incoming order by place
  on conflict (feed_id, identity) do nothing
  returning id, identity
), known as (
  select id, identity, true as is_new from added
  union all
  select e.id, e.identity, false from entry e join incoming i on e.feed_id = $1 and e.identity = i.identity
), revised as (
  insert into revision (entry_id, hash, title, text, seen_at)
  select k.id, i.hash, i.title, i.text, $2 from incoming i join known k using (identity) order by i.place
  on conflict (entry_id, hash) do nothing
  returning id, entry_id
)
select i.place::int as place, k.id::text as entry_id, r.id::text as revision_id, k.is_new
from revised r join known k on k.id = r.entry_id join incoming i using (identity) order by i.place`

function distinct(entries: readonly Entry[]): Entry[] {
  return [...new Map(entries.toReversed().map((entry) => [entry.id, entry])).values()].reverse()
}

function row(entry: Entry, now: Date) {
  const identity = digest(entry.id)
  const clean = {
    ...entry,
    // the same name for an entry that is judged as it comes and for one that is read back
    id: identity.toString('hex'),
    title: storable(entry.title),
    text: storable(entry.text),
    url: entry.url === null ? null : storable(entry.url),
    author: entry.author === null ? null : storable(entry.author),
    discussionUrl: entry.discussionUrl === null ? null : storable(entry.discussionUrl),
  }
  const published = entry.publishedAt
  return {
    entry: clean,
    identity,
    hash: digest(`${clean.title}\n${clean.text}`),
    at: published === null || published > now ? now : published,
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** Postgres' text has no NUL, and a lone surrogate is no UTF-8. */
function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed()
}
