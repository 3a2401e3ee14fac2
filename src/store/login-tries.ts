import type { Queryable, Transaction } from './database.ts'

/** How often a wrong password came in a row from somebody, and until when none of theirs is looked at. */
export interface LoginTries {
  readonly failures: number
  readonly lastAt: Date
  readonly heldUntil: Date
}

/** What is known of somebody's tries, held for this transaction: others wait their turn. */
export async function lockLoginTries(tx: Transaction, who: string, now: Date): Promise<LoginTries> {
  await tx.query(
    `insert into login_try (who, failures, last_at, held_until) values ($1, 0, $2, $2) on conflict (who) do nothing`,
    [who, now],
  )
  const { rows } = await tx.query<LoginTries>(
    `select failures, last_at as "lastAt", held_until as "heldUntil" from login_try where who = $1 for update`,
    [who],
  )
  return rows[0] ?? { failures: 0, lastAt: now, heldUntil: now }
}

/** Keeps what is known of somebody's tries. */
export async function saveLoginTries(
  tx: Transaction,
  who: string,
  { failures, lastAt, heldUntil }: LoginTries,
): Promise<void> {
  await tx.query('update login_try set failures = $2, last_at = $3, held_until = $4 where who = $1', [
    ...[who, failures, lastAt, heldUntil],
  ])
}

/** After the right password: whoever gave it begins anew, and for all together (`overall`) it was no failure. */
export async function forgiveLogin(
  db: Queryable,
  { who, overall, forgotten }: { readonly who: string; readonly overall: string; readonly forgotten: Date },
): Promise<void> {
  await db.query('delete from login_try where who = $1 or last_at < $2', [who, forgotten])
  await db.query('update login_try set failures = greatest(0, failures - 1) where who = $1', [overall])
}

/** Everybody begins anew. */
export async function forgetLoginTries(db: Queryable): Promise<void> {
  await db.query('delete from login_try')
}
