import { z } from 'zod'
import type { Queryable } from './database.ts'

/** How long an answer is kept, in milliseconds. */
const keptMs = 86_400_000

/** Whoever has not answered after so many milliseconds is gone: the request may be done again. */
const answeredWithinMs = 300_000

/** An answer as it was sent. */
const answerSchema = z.object({
  status: z.int(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
})
export type KeptAnswer = z.output<typeof answerSchema>

/** A key of an asker, with the request that it is for; hashes. */
export interface RequestKey {
  readonly who: Uint8Array
  readonly key: string
  readonly request: Uint8Array
}

/** What is known of a key. */
export type TakenKey =
  /** It is this request's now: it is to be done, and its answer to be kept. */
  | { readonly kind: 'taken' }
  | { readonly kind: 'answered'; readonly answer: KeptAnswer }
  /** The first request with it is not answered yet. */
  | { readonly kind: 'in-flight' }
  /** It was for another request. */
  | { readonly kind: 'other-request' }

/** Takes a key for a request, or tells what it was for. Forgets keys that are old. */
export async function takeKey(
  db: Queryable,
  { who, key, request }: RequestKey,
  now: Date,
): Promise<TakenKey> {
  const before = (ms: number) => new Date(now.getTime() - ms)
  await db.query('delete from idempotency_key where at < $1', [before(keptMs)])
  const { rowCount } = await db.query(
    `insert into idempotency_key (who, key, request, at) values ($1, $2, $3, $4)
     on conflict (who, key) do update set at = excluded.at
       where idempotency_key.answer is null and idempotency_key.at < $5
         and idempotency_key.request = excluded.request`,
    [who, key, request, now, before(answeredWithinMs)],
  )
  if (rowCount === 1) return { kind: 'taken' }
  const { rows } = await db.query<{ request: Uint8Array; answer: unknown }>(
    'select request, answer from idempotency_key where who = $1 and key = $2',
    [who, key],
  )
  const [row] = rows
  // it failed and was given back this very moment: whoever asks again may have it
  if (row === undefined) return { kind: 'in-flight' }
  if (!Buffer.from(row.request).equals(request)) return { kind: 'other-request' }
  if (row.answer === null) return { kind: 'in-flight' }
  return { kind: 'answered', answer: answerSchema.parse(row.answer) }
}

/** Keeps the answer of a request whose key was taken. */
export async function keepAnswer(db: Queryable, { who, key }: RequestKey, answer: KeptAnswer): Promise<void> {
  await db.query('update idempotency_key set answer = $3 where who = $1 and key = $2', [
    who,
    key,
    JSON.stringify(answer),
  ])
}

/** Gives a key back whose request could not be done. */
export async function giveKeyBack(db: Queryable, { who, key }: RequestKey): Promise<void> {
  await db.query('delete from idempotency_key where who = $1 and key = $2 and answer is null', [who, key])
}
