import type { Queryable } from './database.ts'
import { revisionColumns, type StoredRevision } from './entries.ts'

/** An entry that met an item's query, with the time as of which it counted when it was judged. */
export interface MatchedEntry extends StoredRevision {
  /** Names the match; grows in the order of judging. */
  readonly matchId: string
  readonly story: string
  /** The outlets that were muted for the item then. */
  readonly muted: readonly string[]
}

const batch = 1000

/** What an item's query has met, in the order in which it was judged, in batches; of one story only, where it is named. */
export async function* matchedEntries(
  db: Queryable,
  itemId: string,
  story: string | null = null,
): AsyncGenerator<MatchedEntry[]> {
  for (let last = '0'; ;) {
    const { rows } = await db.query<MatchedEntry>(
      `select m.id::text as "matchId", m.story, m.muted, ${revisionColumns}, m.at
       from match m join revision r on r.id = m.revision_id join entry e on e.id = m.entry_id
       where m.watch_item_id = $1 and m.id > $2::bigint and ($3::text is null or m.story = $3)
       order by m.id limit $4`,
      [itemId, last, story, batch],
    )
    if (rows.length > 0) yield rows
    const end = rows.at(-1)
    if (end === undefined || rows.length < batch) return
    last = end.matchId
  }
}

/** Forgets what an item's query has met, but for what its changes rest on and what people rejected. */
export async function forgetMatches(tx: Queryable, itemId: string): Promise<void> {
  await tx.query(
    `delete from match m where m.watch_item_id = $1
       and not exists (select from claim c join evidence e on e.claim_id = c.id where c.match_id = m.id)
       and not exists (select from rejection r where r.watch_item_id = m.watch_item_id and r.story = m.story)`,
    [itemId],
  )
}
