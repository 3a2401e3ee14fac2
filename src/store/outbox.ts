import { randomUUID } from 'node:crypto'
import type { Queryable } from './database.ts'

/** A delivery that waits for its time, or for others to go with. */
export interface WaitingDelivery {
  readonly id: string
  /** When it was to be looked at: from then on it might have gone. */
  readonly since: Date
  /** To be read by the alerts' own schema. */
  readonly body: unknown
  readonly snoozedUntil: Date | null
  readonly snoozedToChange: boolean
}

/** A message whose content is settled. */
export interface SettledMessage {
  /** The idempotency key. */
  readonly id: string
  readonly channel: string
  readonly createdAt: Date
  readonly dueSince: Date
  readonly digest: { readonly from: Date; readonly to: Date } | null
  /** Tries so far. */
  readonly attempts: number
  readonly parts: readonly { readonly deliveryId: string; readonly alertId: string; readonly body: unknown }[]
  /** Some of what it was settled with is not to be sent any more: what is left must go under another key. */
  readonly isBroken: boolean
}

/** Tries after which a message that keeps failing lets those behind it go first. */
export const patience = 3

/** Messages read at a time, and deliveries to be settled at a time. */
const messageBatch = 50
const settleBatch = 500

interface MessageRow {
  id: string
  channel: string
  created_at: Date
  due_since: Date
  digest_from: Date | null
  digest_to: Date | null
  attempts: number
  broken: boolean
  parts: { deliveryId: string; alertId: string; body: unknown }[]
}

/** The settled messages of a channel that are due, in the order in which they should be tried. */
export async function dueMessages(db: Queryable, channel: string, now: Date): Promise<SettledMessage[]> {
  const { rows } = await db.query<MessageRow>({
    name: 'due-messages',
    text: `with due as (
        select message_id as id, max(attempts) as attempts from delivery
        where channel = $1 and state = 'waiting' and message_id is not null and next_attempt_at <= $2
        group by message_id)
      select m.*, due.attempts, bool_or(d.state <> 'waiting') as broken,
        json_agg(json_build_object('deliveryId', d.id, 'alertId', a.id, 'body', a.body)
          order by a.body ->> 'at', d.created_at, d.id) filter (where d.state = 'waiting') as parts
      from due join message m on m.id = due.id join delivery d on d.message_id = m.id join alert a on a.id = d.alert_id
      group by m.id, due.attempts
      order by due.attempts >= ${patience}, m.due_since, min(a.body ->> 'at'), m.id limit ${messageBatch}`,
    values: [channel, now],
  })
  return rows.map((row) => ({
    id: row.id,
    channel: row.channel,
    createdAt: row.created_at,
    dueSince: row.due_since,
    digest:
      row.digest_from === null || row.digest_to === null
        ? null
        : { from: row.digest_from, to: row.digest_to },
    attempts: row.attempts,
    parts: row.parts,
    isBroken: row.broken,
  }))
}

interface WaitingRow {
  id: string
  since: Date
  body: unknown
  snoozed_until: Date | null
  snoozed_to_change: boolean | null
}

/** The deliveries of a channel that are due and belong to no message yet, oldest first; locked. */
export async function unsettled(tx: Queryable, channel: string, now: Date): Promise<WaitingDelivery[]> {
  const { rows } = await tx.query<WaitingRow>({
    name: 'unsettled',
    text: `select d.id, d.next_attempt_at as since, a.body, w.snoozed_until, w.snoozed_to_change
      from delivery d join alert a on a.id = d.alert_id left join watch_item w on w.id = a.watch_item_id
      where d.channel = $1 and d.state = 'waiting' and d.message_id is null and d.next_attempt_at <= $2
      order by d.created_at, a.body ->> 'at', d.id limit ${settleBatch} for update of d skip locked`,
    values: [channel, now],
  })
  return rows.map((row) => ({
    id: row.id,
    since: row.since,
    body: row.body,
    snoozedUntil: row.snoozed_until,
    snoozedToChange: row.snoozed_to_change === true,
  }))
}

/** Holds deliveries until their times; null: until an event. */
export async function hold(
  tx: Queryable,
  holds: readonly { readonly deliveryId: string; readonly until: Date | null }[],
): Promise<void> {
  if (holds.length === 0) return
  await tx.query(
    `update delivery set next_attempt_at = held.until from unnest($1::uuid[], $2::timestamptz[]) as held(id, until)
     where delivery.id = held.id`,
    [holds.map((one) => one.deliveryId), holds.map((one) => one.until)],
  )
}

/** What is to go as one message. */
export interface NewMessage {
  readonly deliveryIds: readonly string[]
  readonly dueSince: Date
  readonly digest: { readonly from: Date; readonly to: Date } | null
}

/** Settles the content of messages for good, each under a key of its own. */
export async function settle(
  tx: Queryable,
  channel: string,
  messages: readonly NewMessage[],
  now: Date,
): Promise<void> {
  if (messages.length === 0) return
  const named = messages.map((message) => ({ ...message, id: randomUUID() }))
  const parts = named.flatMap(({ id, deliveryIds }) => deliveryIds.map((delivery) => ({ id, delivery })))
  await tx.query(
    `with made as (
       insert into message (id, channel, created_at, due_since, digest_from, digest_to)
       select id, $1, $2, due, digest_from, digest_to
       from unnest($3::uuid[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[])
         as new(id, due, digest_from, digest_to) returning id)
     update delivery set message_id = part.message from unnest($7::uuid[], $8::uuid[]) as part(message, delivery)
     join made on made.id = part.message where delivery.id = part.delivery`,
    [
      channel,
      now,
      named.map(({ id }) => id),
      named.map(({ dueSince }) => dueSince),
      named.map(({ digest }) => digest?.from ?? null),
      named.map(({ digest }) => digest?.to ?? null),
      parts.map(({ id }) => id),
      parts.map(({ delivery }) => delivery),
    ],
  )
}

/** Takes what is left of a broken message out of it, to be settled anew. */
export async function unsettle(db: Queryable, messageId: string): Promise<void> {
  await db.query(`update delivery set message_id = null where message_id = $1 and state = 'waiting'`, [
    messageId,
  ])
}

/** Holds a settled message as a whole. */
export async function holdMessage(db: Queryable, messageId: string, until: Date): Promise<void> {
  await db.query(`update delivery set next_attempt_at = $2 where message_id = $1 and state = 'waiting'`, [
    messageId,
    until,
  ])
}

/** What waits for a channel: all of it, or what has been due since a time or before. */
export async function waitingIds(db: Queryable, channel: string, dueSince?: Date): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select d.id from delivery d left join message m on m.id = d.message_id
     where d.channel = $1 and d.state = 'waiting' and ($2::timestamptz is null or coalesce(m.due_since, d.next_attempt_at) <= $2)`,
    [channel, dueSince ?? null],
  )
  return rows.map(({ id }) => id)
}

/** When a channel next has something to send; null while it has nothing that waits for a time. */
export async function nextDue(db: Queryable, channel: string): Promise<Date | null> {
  const { rows } = await db.query<{ at: Date | null }>({
    name: 'next-due',
    text: `select min(next_attempt_at) as at from delivery where channel = $1 and state = 'waiting'`,
    values: [channel],
  })
  return rows[0]?.at ?? null
}

/** Channels that something waits for. */
export async function waitingChannels(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ channel: string }>(
    `select distinct channel from delivery where state = 'waiting'`,
  )
  return rows.map(({ channel }) => channel)
}
