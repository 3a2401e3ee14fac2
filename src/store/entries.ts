import { hash } from 'node:crypto'
import type { Entry, SeenEntry } from '../matching/entry.ts'
import type { Prisma, Queryable } from './database.ts'

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
}

/**
 * Puts the entries of polls into the seen-set in one statement and returns what was not there: new entries, and new
 * revisions of known ones. Entries repeated within a poll count once, the first wins.
 */
export async function insertEntries(
  tx: Queryable,
  lists: readonly Listed[],
  now: Date,
): Promise<NewRevision[]> {
  const rows = lists.flatMap((list) => distinct(list.entries).map((entry) => row(entry, list, now)))
  if (rows.length === 0) return []
  const { rows: stored } = await tx.query<{
    place: number
    entry_id: string
    identity: string
    revision_id: string
    is_new: boolean
  }>({
    name: 'insert-entries',
    text: insert,
    values: [
      rows.map((r) => r.feedId),
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
      rows.map((r) => r.titleKey),
      rows.map((r) => r.isWhole),
    ],
  })
  return stored.flatMap(({ place, entry_id, identity, revision_id, is_new }) => {
    const found = rows[place - 1]
    if (found === undefined) return []
    const entry = { ...found.entry, id: identity, key: revision_id, at: found.at }
    return [{ feedId: found.feedId, entry, entryId: entry_id, revisionId: revision_id, isNewEntry: is_new }]
  })
}

/** A revision as it is kept, with its entry. */
export interface StoredRevision extends SeenEntry {
  readonly entryId: string
}

/** The columns of a StoredRevision; `r` is its revision, `e` its entry. */
export const revisionColumns = `r.id::text as key, e.id::text as "entryId", encode(e.identity, 'hex') as id, e.url, e.outlet,
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

/**
 * An entry is known by its id. One whose id is new is known all the same when the feed had an entry of that title whose
 * own id it does not list any more, and either the words are the same (with the same link or date, unless they are long:
 * short ones, such as "Open thread", do recur) or link and date are. Some feeds mint ids anew at every poll: where none
 * of a poll's ids is known, the same words are enough, and so is the same link. What is known so keeps its first id and
 * date, and other words make a revision. An archive is taken in by parts, so that nothing follows from what one of them
 * does not list; of what a hub delivers only that is known under a new id which has words, link and date of another.
 */
const insert = `
with incoming as (
  select * from unnest($1::int[], $3::bytea[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[],
    $9::timestamptz[], $10::bytea[], $11::text[], $12::text[], $13::bigint[], $14::boolean[])
    with ordinality as t(feed_id, identity, url, outlet, author, discussion_url, published_at, at, hash, title, text,
      title_key, is_whole, place)
), named as (
  select i.place, e.id, e.identity from incoming i join entry e on e.feed_id = i.feed_id and e.identity = i.identity
), polled as (
  select i.feed_id, count(*) > 1 and count(n.id) = 0 as mints,
    (select origin <> 'archive' from feed where id = i.feed_id) as lists_all
  from incoming i left join named n using (place) group by i.feed_id
), renamed as (
  select distinct on (i.place) i.place, k.id, k.identity
  from incoming i join polled using (feed_id) cross join lateral (
    select e.id, e.identity, e.published_at is not distinct from i.published_at as same_date,
      e.url is not distinct from i.url as same_link,
      exists (select from revision r where r.entry_id = e.id and r.hash = i.hash) as same_words
    from entry e where e.feed_id = i.feed_id and e.title_key = i.title_key and e.id not in (select id from named)
    order by e.id desc limit 50
  ) k
  where polled.lists_all and i.place not in (select place from named) and case
    when not i.is_whole then k.same_words and k.same_link and i.url is not null and k.same_date
    when k.same_words then k.same_link or k.same_date or length(i.text) >= 200 or polled.mints
    else k.same_link and i.url is not null and (k.same_date or polled.mints) end
  order by i.place, k.same_words desc, k.same_link desc, k.id desc
), added as (
  insert into entry (feed_id, identity, url, outlet, author, discussion_url, published_at, first_seen_at, at, title_key)
  select feed_id, identity, url, outlet, author, discussion_url, published_at, $2, at, title_key from incoming
  where place not in (select place from named union all select place from renamed) order by place
  on conflict (feed_id, identity) do nothing
  returning id, feed_id, identity
), retitled as (
  update entry e set title_key = i.title_key from incoming i join named n using (place)
  where e.id = n.id and e.title_key is distinct from i.title_key
), known as (
  select place, id, identity, false as is_new from named
  union all
  select place, id, identity, false from renamed
  union all
  select i.place, a.id, a.identity, true from added a join incoming i using (feed_id, identity)
), revised as (
  insert into revision (entry_id, hash, title, text, seen_at)
  select k.id, i.hash, i.title, i.text, $2 from incoming i join known k using (place) order by i.place
  on conflict (entry_id, hash) do nothing
  returning id, entry_id, hash
)
select distinct on (r.id) i.place::int as place, k.id::text as entry_id, encode(k.identity, 'hex') as identity,
  r.id::text as revision_id, k.is_new
from revised r join known k on k.id = r.entry_id join incoming i on i.place = k.place and i.hash = r.hash
order by r.id, i.place`

function distinct(entries: readonly Entry[]): Entry[] {
  return [...new Map(entries.toReversed().map((entry) => [entry.id, entry])).values()].reverse()
}

function row(entry: Entry, { feedId, listing }: Listed, now: Date) {
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
  return String(digest(plain === '' ? text : plain).readBigInt64BE())
}

function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer')
}

/** Postgres' text has no NUL, and a lone surrogate is no UTF-8. */
function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed()
}
