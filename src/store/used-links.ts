import type { Queryable } from './database.ts'

/** Links are looked up by their alert, which makes them old long before this. */
const keptMs = 90 * 86_400_000

/** Takes a one-time link; false when it was taken before. Undone with the transaction. */
export async function takeLink(tx: Queryable, nonce: string, now: Date): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into used_link (nonce, at) values ($1, $2) on conflict (nonce) do nothing`,
    [nonce, now],
  )
  await tx.query(`delete from used_link where at < $1`, [new Date(now.getTime() - keptMs)])
  return rowCount === 1
}

/** Whether a link was taken. */
export async function isLinkTaken(db: Queryable, nonce: string): Promise<boolean> {
  const { rows } = await db.query(`select from used_link where nonce = $1`, [nonce])
  return rows.length > 0
}

/** An alert as a link finds it. */
export interface LinkedAlert {
  readonly createdAt: Date
  /** To be read by the alerts' own schema. */
  readonly body: unknown
  /** The number of the change that it told of; null where it told of none. */
  readonly sequence: number | null
}

/** The alert of a link; null when it is gone. */
export async function linkedAlert(db: Queryable, alertId: string): Promise<LinkedAlert | null> {
  const { rows } = await db.query<LinkedAlert>(
    `select a.created_at as "createdAt", a.body, s.sequence from alert a
       left join status_change s on s.id = a.status_change_id where a.id = $1`,
    [alertId],
  )
  return rows[0] ?? null
}
