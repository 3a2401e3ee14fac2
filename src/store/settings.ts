import { randomBytes, randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Queryable } from './database.ts'

/** The id of this installation: made once, the same for every process on one database. */
export async function installationId(db: Queryable): Promise<string> {
  return madeOnce(db, 'installation', randomUUID())
}

/** The secret that links in alerts are signed with: made once, the same for every process on one database. 32 bytes. */
export async function linkKey(db: Queryable): Promise<Uint8Array> {
  return Buffer.from(await madeOnce(db, 'link-key', randomBytes(32).toString('base64url')), 'base64url')
}

/** A setting that the first to ask for it makes. */
async function madeOnce(db: Queryable, key: string, made: string): Promise<string> {
  await db.query('insert into setting (key, value) values ($1, $2) on conflict (key) do nothing', [
    key,
    JSON.stringify(made),
  ])
  const { rows } = await db.query<{ value: unknown }>('select value from setting where key = $1', [key])
  return z.string().parse(rows[0]?.value)
}

/** Counts changes of the set of watch items: who holds a compiled set of another version compiles it anew. */
export async function watchSetVersion(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ value: number }>({
    name: 'watch-set-version',
    text: `select value from setting where key = 'watch-set'`,
  })
  return rows[0]?.value ?? 0
}

/** To be called in the transaction that changes a watch item in any way that matters for judging. */
export async function bumpWatchSetVersion(db: Queryable): Promise<void> {
  await db.query(
    `insert into setting (key, value) values ('watch-set', '1'::jsonb)
     on conflict (key) do update set value = to_jsonb((setting.value #>> '{}')::bigint + 1)`,
  )
}

/** The password that people sign in with, as `hashPassword` makes it; null while none is set. */
export async function storedPassword(db: Queryable): Promise<string | null> {
  const { rows } = await db.query<{ value: unknown }>(`select value from setting where key = 'password'`)
  return rows[0] === undefined ? null : z.string().parse(rows[0].value)
}

/** Keeps a password as `hashPassword` made it; null: none any more. */
export async function storePassword(db: Queryable, hash: string | null): Promise<void> {
  if (hash === null) {
    await db.query(`delete from setting where key = 'password'`)
    return
  }
  await db.query(
    `insert into setting (key, value) values ('password', to_jsonb($1::text))
     on conflict (key) do update set value = excluded.value`,
    [hash],
  )
}
