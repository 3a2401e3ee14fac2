import type { Queryable } from './database.ts'

/** Most that are given at a time: each may take a while, and there may be many that somebody is just bringing in. */
const most = 5

/** Items that were added before `before` and for which what was stored then has not been judged yet; some, oldest first. */
export async function forgottenItems(db: Queryable, before: Date): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select id from watch_item where caught_up_at is null and state <> 'retired' and created_at < $1
     order by created_at, id limit ${most}`,
    [before],
  )
  return rows.map(({ id }) => id)
}
