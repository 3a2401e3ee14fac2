import { randomBytes, randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Prisma, Queryable } from './database.ts'

/** The id of this installation: made once, the same for every process on one database. */
export async function installationId(prisma: Prisma): Promise<string> {
  await prisma.setting.createMany({
    data: [{ key: 'installation', value: randomUUID() }],
    skipDuplicates: true,
  })
  const { value } = await prisma.setting.findUniqueOrThrow({ where: { key: 'installation' } })
  return z.string().parse(value)
}

/** The secret that links in alerts are signed with: made once, the same for every process on one database. 32 bytes. */
export async function linkKey(prisma: Prisma): Promise<Uint8Array> {
  await prisma.setting.createMany({
    data: [{ key: 'link-key', value: randomBytes(32).toString('base64url') }],
    skipDuplicates: true,
  })
  const { value } = await prisma.setting.findUniqueOrThrow({ where: { key: 'link-key' } })
  return Buffer.from(z.string().parse(value), 'base64url')
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
