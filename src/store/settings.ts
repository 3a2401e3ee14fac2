import { randomUUID } from 'node:crypto'
import type { Queryable } from './database.ts'

/** The id of this installation: made once, the same for every process on one database. */
export async function installationId(db: Queryable): Promise<string> {
  await db.query(
    `insert into setting (key, value) values ('installation', to_jsonb($1::text)) on conflict do nothing`,
    [randomUUID()],
  )
  const { rows } = await db.query<{ value: string }>(`select value from setting where key = 'installation'`)
  return rows[0]?.value ?? ''
}

/** Counts changes of the set of watch items: who holds a compiled set of another version compiles it anew. */
export async function watchSetVersion(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ value: number }>(`select value from setting where key = 'watch-set'`)
  return rows[0]?.value ?? 0
}

/** To be called in the transaction that changes a watch item in any way that matters for judging. */
export async function bumpWatchSetVersion(db: Queryable): Promise<void> {
  await db.query(
    `insert into setting (key, value) values ('watch-set', '1'::jsonb)
     on conflict (key) do update set value = to_jsonb((setting.value #>> '{}')::bigint + 1)`,
  )
}
