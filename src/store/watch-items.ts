import type { WatchItem } from '../matching/watch-item.ts'
import type { Standing } from '../status/standing.ts'
import type { Status } from '../status/status.ts'
import type { Queryable } from './database.ts'
import { bumpWatchSetVersion } from './settings.ts'

/** Who may change a watch item: the files of the configuration, or people by CLI, page and API. */
export type ItemOrigin = 'config' | 'user'

/** `retired`: removed, its history kept. */
export type ItemState = 'watching' | 'paused' | 'retired'

/** A watch item as it is kept. */
export interface StoredItem {
  readonly item: WatchItem
  readonly origin: ItemOrigin
  readonly state: ItemState
  readonly standing: Standing
  readonly createdAt: Date
  /** Null until the stored entries have been judged for it. */
  readonly caughtUpAt: Date | null
  /** Outlets whose word does not count for it. */
  readonly muted: readonly string[]
  /** Nothing is sent for it before. */
  readonly snoozedUntil: Date | null
  /** Nothing is sent for it but the next change of its status, which ends this. */
  readonly snoozedToChange: boolean
  /** When a person last said that they have seen where it stands. */
  readonly acknowledgedAt: Date | null
}

interface Defined {
  id: string
  question: string
  subject: string[]
  context: string[]
  about: string[]
  kind: string
  topic: string
  official: string[]
  initial_status: Status
  initial_expected: string | null
  since: Date
}

interface Row extends Defined {
  origin: ItemOrigin
  state: ItemState
  standing: Standing
  created_at: Date
  caught_up_at: Date | null
  muted: string[]
  snoozed_until: Date | null
  snoozed_to_change: boolean
  acknowledged_at: Date | null
}

const defining = `id, question, subject, context, about, kind, topic, official, initial_status, initial_expected, since`
const columns = `${defining}, origin, state, standing, created_at, caught_up_at, muted, snoozed_until, snoozed_to_change, acknowledged_at`

/** Every watch item, or those named; retired ones included. Oldest first, those of one moment by id. */
export async function listItems(db: Queryable, ids?: readonly string[]): Promise<StoredItem[]> {
  const { rows } = await db.query<Row>(
    `select ${columns} from watch_item ${ids === undefined ? '' : 'where id = any($1)'} order by created_at, id`,
    ids === undefined ? [] : [ids],
  )
  return rows.map(stored)
}

/**
 * The same without what their standings remember of entries that were read: for who only shows where they stand. That
 * memory is most of an item.
 */
export async function listItemsBriefly(db: Queryable, ids?: readonly string[]): Promise<StoredItem[]> {
  const brief = columns.replace(', standing,', `, standing - 'readings' - 'rejected' as standing,`)
  const { rows } = await db.query<Row>(
    `select ${brief} from watch_item ${ids === undefined ? '' : 'where id = any($1)'} order by created_at, id`,
    ids === undefined ? [] : [ids],
  )
  return rows.map((row) => stored({ ...row, standing: { ...row.standing, readings: [] } }))
}

/** What is asked by the items that live polls judge, and nothing of where they stand. Oldest first, those of one moment by id. */
export async function watchedItems(db: Queryable): Promise<WatchItem[]> {
  const { rows } = await db.query<Defined>(
    `select ${defining} from watch_item where state = 'watching' and caught_up_at is not null order by created_at, id`,
  )
  return rows.map(itemOf)
}

/**
 * The named items, locked until the transaction ends, always in the order of their ids so that no two transactions
 * wait for each other.
 */
export async function lockItems(tx: Queryable, ids: readonly string[]): Promise<StoredItem[]> {
  const { rows } = await tx.query<Row>({
    name: 'lock-items',
    text: `select ${columns} from watch_item where id = any($1) order by id for update`,
    values: [ids],
  })
  return rows.map(stored)
}

/** Adds an item that is not there yet. Returns false when its id is taken. */
export async function insertItem(
  tx: Queryable,
  item: WatchItem,
  as: { readonly origin: ItemOrigin; readonly standing: Standing; readonly now: Date },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into watch_item (id, question, subject, context, about, kind, topic, official, initial_status,
       initial_expected, since, origin, standing, created_at, updated_at)
     values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$14) on conflict (id) do nothing`,
    [...definition(item), as.origin, JSON.stringify(as.standing), as.now],
  )
  if (rowCount === 1) await bumpWatchSetVersion(tx)
  return rowCount === 1
}

/** Writes an item's definition; its standing and history stay as they are. */
export async function updateItem(
  tx: Queryable,
  item: WatchItem,
  as: { origin: ItemOrigin; now: Date },
): Promise<void> {
  await tx.query(
    `update watch_item set question=$2, subject=$3, context=$4, about=$5, kind=$6, topic=$7, official=$8,
       initial_status=$9, initial_expected=$10, since=$11, origin=$12, updated_at=$13 where id=$1`,
    [...definition(item), as.origin, as.now],
  )
  await bumpWatchSetVersion(tx)
}

/** Pauses, resumes or retires an item. Returns false when there is none of that id. */
export async function setItemState(tx: Queryable, id: string, state: ItemState, now: Date): Promise<boolean> {
  const { rowCount } = await tx.query(`update watch_item set state=$2, updated_at=$3 where id=$1`, [
    id,
    state,
    now,
  ])
  if (rowCount === 1) await bumpWatchSetVersion(tx)
  return rowCount === 1
}

/** Saves where items stand after judging. */
export async function saveStandings(
  tx: Queryable,
  standings: ReadonlyMap<string, Standing>,
  now: Date,
): Promise<void> {
  if (standings.size === 0) return
  await tx.query({
    name: 'save-standings',
    text: `update watch_item set standing = new.standing, updated_at = $3
     from unnest($1::text[], $2::jsonb[]) as new(id, standing) where watch_item.id = new.id`,
    values: [[...standings.keys()], [...standings.values()].map((standing) => JSON.stringify(standing)), now],
  })
}

/** Marks an item as judged over everything stored so far: from now on live polls judge it. */
export async function markCaughtUp(tx: Queryable, id: string, now: Date): Promise<void> {
  await tx.query(`update watch_item set caught_up_at = $2 where id = $1`, [id, now])
  await bumpWatchSetVersion(tx)
}

/** How long an item is to be quiet; neither of both: not at all. */
export interface Snooze {
  readonly until: Date | null
  /** Until its status changes. */
  readonly toChange: boolean
}

/** Snoozes an item, or ends its snooze. Returns false when there is none of that id. */
export async function snoozeItem(tx: Queryable, id: string, snooze: Snooze): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update watch_item set snoozed_until = $2, snoozed_to_change = $3 where id = $1`,
    [id, snooze.until, snooze.toChange],
  )
  return rowCount === 1
}

/** Notes that a person has seen where an item stands. Returns false when there is none of that id. */
export async function acknowledgeItem(tx: Queryable, id: string, now: Date): Promise<boolean> {
  const { rowCount } = await tx.query(`update watch_item set acknowledged_at = $2 where id = $1`, [id, now])
  return rowCount === 1
}

/** Mutes an outlet for an item, or ends that. Returns whether this changed anything. */
export async function muteOutlet(
  tx: Queryable,
  id: string,
  outlet: string,
  isMuted: boolean,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    isMuted
      ? `update watch_item set muted = array_append(muted, $2) where id = $1 and not $2 = any(muted)`
      : `update watch_item set muted = array_remove(muted, $2) where id = $1 and $2 = any(muted)`,
    [id, outlet],
  )
  return rowCount === 1
}

function definition(item: WatchItem): unknown[] {
  const { id, question, subject, context, about, kind, topic, official, status, expected, since } = item
  return [id, question, subject, context, about, kind, topic, official, status, expected, since]
}

function itemOf(row: Defined): WatchItem {
  const { id, question, subject, context, about, kind, topic, official, since } = row
  return {
    ...{ id, question, subject, context, about, kind, topic, official, since },
    status: row.initial_status,
    expected: row.initial_expected,
  }
}

function stored(row: Row): StoredItem {
  return {
    item: itemOf(row),
    origin: row.origin,
    state: row.state,
    standing: row.standing,
    createdAt: row.created_at,
    caughtUpAt: row.caught_up_at,
    muted: row.muted,
    snoozedUntil: row.snoozed_until,
    snoozedToChange: row.snoozed_to_change,
    acknowledgedAt: row.acknowledged_at,
  }
}
