import type { Status } from '../status/status.ts'
import type { Queryable } from './database.ts'
import type { ItemState } from './watch-items.ts'

/** Which items are meant; all that is left out is not asked about. */
export interface ItemChoice {
  /** All that are not retired when left out. */
  readonly state?: ItemState | undefined
  readonly status?: Status | undefined
  readonly topic?: string | undefined
  /** Words that the id or the question holds, be they written large or small. */
  readonly text?: string | undefined
}

/** The ids of the items that are meant, the oldest first, `limit` of them from behind the item `after`. */
export async function listItemIds(
  db: Queryable,
  { state, status, topic, text = '' }: ItemChoice,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<string[]> {
  const words = text.toLowerCase().split(/\s+/)
  // capital letters of all languages are known here, and not in every database: words are looked for here
  const most = text.trim() === '' ? limit : null
  const { rows } = await db.query<{ id: string; question: string }>(
    `select id, question from watch_item
     where case when $1::text is null then state <> 'retired' else state = $1 end
       and ($2::text is null or standing->>'status' = $2) and ($3::text is null or topic = $3)
       and ($4::text is null or (created_at, id) > (select created_at, id from watch_item where id = $4))
     order by created_at, id limit $5`,
    [state ?? null, status ?? null, topic ?? null, after, most],
  )
  return rows
    .filter((row) => words.every((word) => `${row.id} ${row.question}`.toLowerCase().includes(word)))
    .slice(0, limit)
    .map(({ id }) => id)
}
