import { z } from 'zod'
import type { DateWindow } from '../status/claim.ts'
import type { Status } from '../status/status.ts'
import type { Queryable } from './database.ts'

/** Only one process at a time looks after the questions. */
const attentionLock = 7_300_811_261

/** Takes the right to look after the questions until the transaction ends; false when another process is at it. */
export async function takeAttention(tx: Queryable): Promise<boolean> {
  const { rows } = await tx.query<{ taken: boolean }>('select pg_try_advisory_xact_lock($1) as taken', [
    attentionLock,
  ])
  return rows[0]?.taken === true
}

/** How long the daemon was at it, and what it has done. */
export interface Attention {
  /** From when on it looked after the questions without a break. */
  readonly since: Date
  /** When it last did. */
  readonly at: Date
}

const kept = z.object({ since: z.coerce.date(), at: z.coerce.date() })

/** A break longer than this (the daemon was off, the machine slept) begins the watch anew. */
const longestBreakMs = 10 * 60_000

/** When the questions were last looked after; null when never. */
export async function lastAttention(db: Queryable): Promise<Attention | null> {
  const { rows } = await db.query<{ value: unknown }>(`select value from setting where key = 'attention'`)
  return rows[0] === undefined ? null : kept.parse(rows[0].value)
}

/** From when on feeds were polled without a break up to `now`. */
export function watchedSince(last: Attention | null, now: Date): Date {
  const isBroken =
    last === null || last.at > now || now.getTime() - last.at.getTime() > longestBreakMs || last.since > now
  return isBroken ? now : last.since
}

/** Notes that the questions are looked after. */
export async function noteAttention(tx: Queryable, { since, at }: Attention): Promise<void> {
  await tx.query(
    `insert into setting (key, value) values ('attention', $1)
     on conflict (key) do update set value = excluded.value`,
    [JSON.stringify({ since, at })],
  )
}

/** What an alert says of a watch item that no entry brought. */
export interface AttendedItem {
  readonly id: string
  readonly question: string
  readonly topic: string
  /** What was promised when the watch began, as a person wrote it. */
  readonly promised: string | null
  readonly status: Status
  readonly since: Date
  readonly expected: DateWindow | null
  readonly createdAt: Date
}

const columns = `id, question, topic, initial_expected as promised, standing->>'status' as status,
  (standing->>'since')::timestamptz as since, standing->'expected' as expected, created_at as "createdAt"`

/** The named items. */
export async function attendedItems(db: Queryable, ids: readonly string[]): Promise<AttendedItem[]> {
  const { rows } = await db.query<AttendedItem>(
    `select ${columns} from watch_item where id = any($1) order by id`,
    [ids],
  )
  return rows
}

/**
 * Items under watch whose promise ended before the day of `now`, and of which that was not told: of all, or only of those
 * that have changed since a time. Locked, so that none of them moves meanwhile. The standings of all items are much to
 * read: what changed since the last look is enough, but for the first look of a day.
 */
export async function itemsPastPromise(
  tx: Queryable,
  now: Date,
  changedSince: Date | null,
): Promise<AttendedItem[]> {
  const { rows } = await tx.query<AttendedItem>(
    `select ${columns} from watch_item
     where state = 'watching' and not snoozed_to_change and ($2::timestamptz is null or updated_at > $2)
       and standing->'expected'->>'to' < $1
       and not exists (select from alert where key = 'overdue:' || id || ':' || left(standing->'expected'->>'to', 10))
     order by id for update`,
    [now.toISOString().slice(0, 10), changedSince],
  )
  return rows
}

/** Takes back what was told too late to be true: nobody is told that something is overdue that has come or was moved. */
export async function withdrawOverdue(tx: Queryable): Promise<void> {
  await tx.query(
    `update delivery d set state = 'withdrawn', next_attempt_at = null
     from alert a join watch_item w on w.id = a.watch_item_id
     where a.id = d.alert_id and d.state in ('waiting', 'dead') and a.kind = 'overdue'
       and (w.standing->>'status' in ('happened', 'cancelled')
         or left(w.standing->'expected'->>'to', 10) is distinct from a.body->>'promisedUntil')`,
  )
}

/**
 * Takes back an alert, named by its key, wherever it still waits to be sent. Returns the channels that had it: those that
 * must hear that it is over.
 */
export async function withdrawByKey(tx: Queryable, key: string): Promise<string[]> {
  await tx.query(
    `update delivery d set state = 'withdrawn', next_attempt_at = null from alert a
     where a.id = d.alert_id and a.key = $1 and d.state in ('waiting', 'dead')`,
    [key],
  )
  const { rows } = await tx.query<{ channel: string }>(
    `select distinct d.channel from delivery d join alert a on a.id = d.alert_id
     where a.key = $1 and d.state = 'sent' order by d.channel`,
    [key],
  )
  return rows.map((row) => row.channel)
}
