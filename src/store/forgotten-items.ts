import type { Queryable } from './database.ts'

/** The items that were added before `before` and for which what was stored then has not been judged yet; oldest first. */
export async function forgottenItems(db: Queryable, before: Date): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select id from watch_item where caught_up_at is null and state <> 'retired' and created_at < $1
     order by created_at, id`,
    [before],
  )
  return rows.map(({ id }) => id)
}
