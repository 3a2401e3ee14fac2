import type { Queryable } from './database.ts'

/** Whether an archive of this name was read before with just these bytes (SHA-256). */
export async function knownBackfill(db: Queryable, name: string, hash: Buffer): Promise<boolean> {
  const { rows } = await db.query('select from backfill where name = $1 and hash = $2', [name, hash])
  return rows.length > 0
}

/** Notes an archive as read. */
export async function insertBackfill(
  db: Queryable,
  read: { readonly name: string; readonly hash: Buffer; readonly entries: number; readonly at: Date },
): Promise<void> {
  await db.query(
    `insert into backfill (name, hash, entries, at) values ($1, $2, $3, $4)
     on conflict (name) do update set hash = excluded.hash, entries = excluded.entries, at = excluded.at`,
    [read.name, read.hash, read.entries, read.at],
  )
}
