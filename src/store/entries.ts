import { hash } from 'node:crypto'
import type { Entry, SeenEntry } from '../matching/entry.ts'
import { byteaArray, idArray, intArray, keyArray, textArray, timestampArray } from './binary-array.ts'
import type { Queryable } from './database.ts'
import { bareFeeds, knownEntries } from './known-entries.ts'

/** A revision that was not stored before. */
export interface NewRevision {
  readonly feedId: number
  readonly entry: SeenEntry
  readonly entryId: string
  readonly revisionId: string
  /** False when an entry known before was edited. */
  readonly isNewEntry: boolean
}

/** What one feed lists. */
export interface Listed {
  readonly feedId: number
  readonly entries: readonly Entry[]
  /** Whether these are all that the feed lists at this moment, or some of it, as a hub delivers them. */
  readonly listing: 'whole' | 'part'
  /** Whether nothing of the feed may be stored yet, so that it is worth finding out before each entry is looked for. */
  readonly isFirst?: boolean
}

/**
 * Puts the entries of polls into the seen-set and returns what was not there: new entries, and new revisions of known
 * ones. Entries repeated within a poll count once, the first wins. What is known is found by what names it, so that the
 * texts of a poll go to the database only where they are new. The feeds should be locked: of two polls of a feed at once
 * the second may find an entry there that it has just been told is not, and leaves it to the first.
 */
export async function insertEntries(
  tx: Queryable,
  lists: readonly Listed[],
  now: Date,
): Promise<NewRevision[]> {
  const rows = lists.flatMap((list) => distinct(list.entries).map((entry) => row(entry, list, now)))
  if (rows.length === 0) return []
  const bare = await bareFeeds(
    tx,
    lists.filter(({ isFirst }) => isFirst).map(({ feedId }) => feedId),
  )
  const known = await knownEntries(
    tx,
    rows.filter(({ feedId }) => !bare.has(feedId)),
    now,
  )
  const added = await addEntries(
    tx,
    rows.filter((one) => !known.has(one)),
    now,
  )
  const wordings = rows.flatMap((one): Wording[] => {
    const found = known.get(one)
    if (found !== undefined)
      return found.hasWords
        ? []
        : [{ row: one, entryId: found.entryId, identity: found.identity ?? one.entry.id, isNewEntry: false }]
    const entryId = added.get(nameOf(one))
    return entryId === undefined ? [] : [{ row: one, entryId, identity: one.entry.id, isNewEntry: true }]
  })
  const revisions = await addRevisions(tx, wordings, now)
  return wordings.flatMap(({ row: { feedId, entry, at, hash }, entryId, identity, isNewEntry }) => {
    const key = `${entryId} ${hash}`
    const revisionId = revisions.get(key)
    // of entries of a poll that turn out to be one, with the same words, the first is it
    revisions.delete(key)
    if (revisionId === undefined) return []
    const seen = { ...entry, id: identity, key: revisionId, at }
    return [{ feedId, entry: seen, entryId, revisionId, isNewEntry }]
  })
}

type Row = ReturnType<typeof row>

/** Words that a stored entry did not have. */
interface Wording {
  readonly row: Row
  readonly entryId: string
  readonly identity: string
  readonly isNewEntry: boolean
}

function nameOf({ feedId, entry }: Pick<Row, 'feedId' | 'entry'>): string {
  return `${feedId} ${entry.id}`
}

/** Stores new entries and returns their ids by name. */
async function addEntries(tx: Queryable, rows: readonly Row[], now: Date): Promise<Map<string, string>> {
  if (rows.length === 0) return new Map()
  const { rows: added } = await tx.query<{ id: string; feedId: number; identity: string }>({
    name: 'add-entries',
    text: `insert into entry (feed_id, identity, url, outlet, author, discussion_url, published_at, at, title_key, first_seen_at)
      select *, $10::timestamptz from unnest($1::int[], $2::bytea[], $3::text[], $4::text[], $5::text[], $6::text[],
        $7::timestamptz[], $8::timestamptz[], $9::bigint[])
      on conflict (feed_id, identity) do nothing
      returning id::text, feed_id as "feedId", encode(identity, 'hex') as identity`,
    values: [
      intArray(rows.map((r) => r.feedId)),
      byteaArray(rows.map((r) => r.identity)),
      textArray(rows.map((r) => r.entry.url)),
      textArray(rows.map((r) => r.entry.outlet)),
      textArray(rows.map((r) => r.entry.author)),
      textArray(rows.map((r) => r.entry.discussionUrl)),
      timestampArray(rows.map((r) => r.entry.publishedAt)),
      timestampArray(rows.map((r) => r.at)),
      keyArray(rows.map((r) => r.titleKey)),
      now,
    ],
  })
  return new Map(added.map(({ id, feedId, identity }) => [`${feedId} ${identity}`, id]))
}

/** Stores what entries say and returns the revisions' ids by entry and hash. */
async function addRevisions(
  tx: Queryable,
  wordings: readonly Wording[],
  now: Date,
): Promise<Map<string, string>> {
  if (wordings.length === 0) return new Map()
  const { rows } = await tx.query<{ id: string; entryId: string; hash: string }>({
    name: 'add-revisions',
    text: `insert into revision (entry_id, hash, title, text, seen_at)
      select *, $5::timestamptz from unnest($1::bigint[], $2::bytea[], $3::text[], $4::text[])
      on conflict (entry_id, hash) do nothing
      returning id::text, entry_id::text as "entryId", encode(hash, 'hex') as hash`,
    values: [
      idArray(wordings.map((w) => w.entryId)),
      byteaArray(wordings.map((w) => w.row.hash)),
      textArray(wordings.map((w) => w.row.entry.title)),
      textArray(wordings.map((w) => w.row.entry.text)),
      now,
    ],
  })
  return new Map(rows.map(({ id, entryId, hash }) => [`${entryId} ${hash}`, id]))
}

/** A revision as it is kept, with its entry. */
export interface StoredRevision extends SeenEntry {
  readonly entryId: string
}

/** The columns of a StoredRevision; `r` is its revision, `e` its entry. */
export const revisionColumns = `r.id::text as key, e.id::text as "entryId", encode(e.identity, 'hex') as id, e.url, e.outlet,
  r.title, r.text, e.author, e.published_at as "publishedAt", e.discussion_url as "discussionUrl", e.at`

/** Revisions by their keys, in the order given. */
export async function revisionsOf(db: Queryable, keys: readonly string[]): Promise<StoredRevision[]> {
  const { rows } = await db.query<StoredRevision>(
    `select ${revisionColumns} from unnest($1::bigint[]) with ordinality as w(revision, place)
       join revision r on r.id = w.revision join entry e on e.id = r.entry_id order by w.place`,
    [keys],
  )
  return rows
}

/** When the oldest stored entry counts; null when there is none. */
export async function oldestEntry(db: Queryable): Promise<Date | null> {
  const { rows } = await db.query<{ at: Date | null }>(`select min(at) as at from entry`)
  return rows[0]?.at ?? null
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
    `${seenRevisions} where e.url = any($1) or e.discussion_url = any($1) order by r.seen_at, r.id`,
    [urls],
  )
  return rows
}

const seenRevisions = `select ${revisionColumns}, f.url as "feedUrl", e.first_seen_at as "firstSeenAt", r.seen_at as "seenAt"
  from entry e join revision r on r.entry_id = e.id join feed f on f.id = e.feed_id`

/** The revisions of one entry, by time of seeing. */
export async function revisionsOfEntry(db: Queryable, entryId: string): Promise<SeenRevision[]> {
  const { rows } = await db.query<SeenRevision>(
    `${seenRevisions} where e.id = $1::bigint order by r.seen_at, r.id`,
    [entryId],
  )
  return rows
}

/** Entries with ids of their own; the parser gives nothing else, others may. */
function distinct(entries: readonly Entry[]): readonly Entry[] {
  if (new Set(entries.map((entry) => entry.id)).size === entries.length) return entries
  return [...new Map(entries.toReversed().map((entry) => [entry.id, entry])).values()].reverse()
}

function row(entry: Entry, { feedId, listing }: Listed, now: Date) {
  const identity = digest(entry.id)
  const clean: Entry = {
    // the same name for an entry that is judged as it comes and for one that is read back
    id: identity,
    title: storable(entry.title),
    text: storable(entry.text),
    url: entry.url === null ? null : storable(entry.url),
    outlet: entry.outlet,
    author: entry.author === null ? null : storable(entry.author),
    discussionUrl: entry.discussionUrl === null ? null : storable(entry.discussionUrl),
    publishedAt: entry.publishedAt,
  }
  const published = entry.publishedAt
  return {
    feedId,
    isWhole: listing === 'whole',
    entry: clean,
    identity,
    hash: digest(`${clean.title}\n${clean.text}`),
    titleKey: titleKey(clean),
    at: published === null || published > now ? now : published,
  }
}

/** The title's name in an index, without regard to case and white space; that of the text where there is no title. */
function titleKey({ title, text }: Pick<Entry, 'title' | 'text'>): string {
  const plain = title.replace(/\s+/g, ' ').trim().toLowerCase()
  return digest(plain === '' ? text : plain).slice(0, 16)
}

function digest(text: string): string {
  return hash('sha256', text)
}

/** Postgres' text has no NUL, and a lone surrogate is no UTF-8. */
function storable(text: string): string {
  return (text.includes('\0') ? text.replaceAll('\0', '') : text).toWellFormed()
}
