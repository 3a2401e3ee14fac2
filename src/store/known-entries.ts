import type { Queryable } from './database.ts'
import {
  boolArray,
  byteaArray,
  idArray,
  intArray,
  keyArray,
  textArray,
  timestampArray,
} from './binary-array.ts'

/** What an incoming entry is known by. */
export interface Incoming {
  readonly feedId: number
  /** In hexadecimal, as all hashes here. */
  readonly identity: string
  /** Of title and text. */
  readonly hash: string
  /** Eight bytes. */
  readonly titleKey: string
  readonly isWhole: boolean
  readonly entry: { readonly url: string | null; readonly text: string; readonly publishedAt: Date | null }
}

/** A stored entry that an incoming one is. */
export interface KnownEntry {
  readonly entryId: string
  /** In hexadecimal; null where it is the incoming entry's own. */
  readonly identity: string | null
  /** Whether it had these words before. */
  readonly hasWords: boolean
}

/** Words as long as this are no coincidence, in characters. */
const tellingLength = 200
const noKey = '0'.repeat(16)
/** How exactly it is noted when an entry was last listed, in days: seldom enough to cost nothing. */
const listedDays = 7

/**
 * Finds which incoming entries are stored, and notes of these that they are still listed, and under which
 * title.
 *
 * An entry is known by its id. One whose id is new is known all the same when the feed had an entry of that title whose
 * own id it does not list any more, and either the words are the same (with the same link or date, unless they are long:
 * short ones, such as "Open thread", do recur) or link and date are. Some feeds mint ids anew at every poll: where none
 * of a poll's ids is known, the same words are enough, and so is the same link. What is known so keeps its first id and
 * date, and other words make a revision. An archive is taken in by parts, so that nothing follows from what one of them
 * does not list; of what a hub delivers only that is known under a new id which has words, link and date of another.
 */
export async function knownEntries<T extends Incoming>(
  tx: Queryable,
  incoming: readonly T[],
  now: Date,
): Promise<ReadonlyMap<T, KnownEntry>> {
  if (incoming.length === 0) return new Map()
  const { rows } = await tx.query<KnownEntry & { place: number; isOut: boolean }>({
    name: 'known-entries',
    text: find,
    values: [
      intArray(incoming.map((one) => one.feedId)),
      byteaArray(incoming.map((one) => one.identity)),
      byteaArray(incoming.map((one) => one.hash)),
      keyArray(incoming.map((one) => one.titleKey)),
      textArray(incoming.map((one) => one.entry.url)),
      timestampArray(incoming.map((one) => one.entry.publishedAt)),
      boolArray(incoming.map((one) => one.entry.text.length >= tellingLength)),
      boolArray(incoming.map((one) => one.isWhole)),
      now,
    ],
  })
  const outdated = rows.filter((row) => row.isOut)
  if (outdated.length > 0) {
    await tx.query(
      `update entry e set title_key = n.title_key, listed_at = $3
       from unnest($1::bigint[], $2::bigint[]) as n(id, title_key) where e.id = n.id`,
      [
        idArray(outdated.map((row) => row.entryId)),
        keyArray(outdated.map((row) => incoming[row.place - 1]?.titleKey ?? noKey)),
        now,
      ],
    )
  }
  return new Map(
    rows.flatMap((row) => {
      const one = incoming[row.place - 1]
      return one === undefined ? [] : [[one, row] as const]
    }),
  )
}

/** Of these feeds those of which no entry is stored, so that none can be known. */
export async function bareFeeds(tx: Queryable, feedIds: readonly number[]): Promise<ReadonlySet<number>> {
  if (feedIds.length === 0) return new Set()
  const { rows } = await tx.query<{ id: number }>({
    name: 'bare-feeds',
    // the newest by the index: whether there is any at all would be looked for in the whole table
    text: `select id from unnest($1::int[]) as asked(id)
       where (select max(at) from entry where feed_id = asked.id) is null`,
    values: [intArray(feedIds)],
  })
  return new Set(rows.map(({ id }) => id))
}

/** Whether it has not been noted for some days that the entry `e` is listed. */
const longUnlisted = `coalesce(e.listed_at, e.first_seen_at) < $9::timestamptz - interval '${listedDays} days'`

// Entries are looked up one by one, which the limit sees to: a plan that was made while there were few would go on reading
// all of them, since a named statement keeps its plan until the table is analysed.
const find = `
with incoming as (
  select * from unnest($1::int[], $2::bytea[], $3::bytea[], $4::bigint[], $5::text[], $6::timestamptz[], $7::bool[],
    $8::bool[])
    with ordinality as t(feed_id, identity, hash, title_key, url, published_at, is_long, is_whole, place)
), named as (
  select i.place, e.id, e.title_key <> i.title_key or e.title_key is null or ${longUnlisted} as is_out
  from incoming i cross join lateral (
    select * from entry where feed_id = i.feed_id and identity = i.identity limit 1
  ) e
), polled as (
  select i.feed_id, count(*) > 1 and count(n.id) = 0 as mints,
    (select origin <> 'archive' from feed where id = i.feed_id) as lists_all
  from incoming i left join named n using (place) group by i.feed_id
), renamed as (
  select distinct on (i.place) i.place, k.id, k.identity, k.same_words, k.is_out
  from incoming i join polled using (feed_id) cross join lateral (
    select e.id, e.identity, ${longUnlisted} as is_out, e.published_at is not distinct from i.published_at as same_date,
      e.url is not distinct from i.url as same_link,
      exists (select from revision r where r.entry_id = e.id and r.hash = i.hash) as same_words
    from entry e where e.feed_id = i.feed_id and e.title_key = i.title_key and e.id not in (select id from named)
    order by e.id desc limit 50
  ) k
  where polled.lists_all and i.place not in (select place from named) and case
    when not i.is_whole then k.same_words and k.same_link and i.url is not null and k.same_date
    when k.same_words then k.same_link or k.same_date or i.is_long or polled.mints
    else k.same_link and i.url is not null and (k.same_date or polled.mints) end
  order by i.place, k.same_words desc, k.same_link desc, k.id desc
)
select place::int, id::text as "entryId", null as identity, is_out as "isOut",
  exists (select from revision r where r.entry_id = named.id and r.hash = i.hash) as "hasWords"
from named join incoming i using (place)
union all
select place::int, id::text, encode(identity, 'hex'), is_out, same_words from renamed`
