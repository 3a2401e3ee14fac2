import type { Queryable } from './database.ts'

/** Which changes are wanted; what is left out is met by all. */
export interface ChangeQuery {
  /** Written down at this time or later. */
  readonly since?: Date | undefined
  readonly item?: string | undefined
  readonly topic?: string | undefined
  readonly kind?: 'status' | 'date' | 'correction' | undefined
  readonly order: 'newest' | 'oldest'
  /** The id of the change after which to go on, in that order; null: from the beginning. */
  readonly after: string | null
  readonly limit: number
}

/** Names a change. */
export interface ChangeKey {
  readonly id: string
  readonly itemId: string
}

/** The changes of all questions in the order in which they were written down; those of retired questions only where one is named. */
export async function findChanges(db: Queryable, query: ChangeQuery): Promise<ChangeKey[]> {
  const { since, item, topic, kind, order, after, limit } = query
  const [beyond, direction] = order === 'newest' ? ['<', 'desc'] : ['>', 'asc']
  const { rows } = await db.query<ChangeKey>(
    `select s.id::text, s.watch_item_id as "itemId" from status_change s join watch_item w on w.id = s.watch_item_id
     where ($1::timestamptz is null or s.recorded_at >= $1) and ($2::text is null or w.id = $2)
       and ($3::text is null or w.topic = $3) and ($4::text is null or s.kind = $4)
       and ($2::text is not null or w.state <> 'retired')
       and ($5::bigint is null or s.id ${beyond} $5::bigint)
     order by s.id ${direction} limit $6`,
    [since ?? null, item ?? null, topic ?? null, kind ?? null, after, limit],
  )
  return rows
}
