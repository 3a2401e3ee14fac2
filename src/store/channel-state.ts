import type { Queryable } from './database.ts'

/** How a channel is. */
export interface ChannelState {
  readonly name: string
  /** It is left alone until then. */
  readonly heldUntil: Date | null
  /** Tries that failed in a row, and since when. */
  readonly failures: number
  readonly failingSince: Date | null
  readonly lastOkAt: Date | null
  readonly lastError: string | null
  /** When the other channels were told that it fails. */
  readonly toldAt: Date | null
}

interface Row {
  name: string
  held_until: Date | null
  failures: number
  failing_since: Date | null
  last_ok_at: Date | null
  last_error: string | null
  told_at: Date | null
}

const columns = 'name, held_until, failures, failing_since, last_ok_at, last_error, told_at'

/** The state of a channel; of one that was never used, a clean one. */
export async function channelState(db: Queryable, name: string): Promise<ChannelState> {
  const { rows } = await db.query<Row>({
    name: 'channel-state',
    text: `select ${columns} from channel_state where name = $1`,
    values: [name],
  })
  const [row] = rows
  return row === undefined ? unused(name) : stored(row)
}

/** The state of a channel that was never used. */
export function unused(name: string): ChannelState {
  return {
    ...{ name, heldUntil: null, failures: 0, failingSince: null },
    ...{ lastOkAt: null, lastError: null, toldAt: null },
  }
}

/** The states of all channels that were ever used, by name. */
export async function channelStates(db: Queryable): Promise<ReadonlyMap<string, ChannelState>> {
  const { rows } = await db.query<Row>(`select ${columns} from channel_state order by name`)
  return new Map(rows.map((row) => [row.name, stored(row)]))
}

/** The channels that have been failing since a time or before, and of which nobody was told. */
export async function failingUntold(db: Queryable, since: Date): Promise<ChannelState[]> {
  const { rows } = await db.query<Row>(
    `select ${columns} from channel_state where told_at is null and failing_since <= $1 order by name`,
    [since],
  )
  return rows.map(stored)
}

/** Marks a failing channel as told of. False when somebody else did, or it is well again: then there is nothing to tell. */
export async function markTold(tx: Queryable, name: string, now: Date): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update channel_state set told_at = $2 where name = $1 and told_at is null and failing_since is not null`,
    [name, now],
  )
  return rowCount === 1
}

/** Lets channels be tried at once: what is wrong with them may have been mended. */
export async function endHolds(db: Queryable, names: readonly string[]): Promise<void> {
  await db.query(`update channel_state set held_until = null where name = any($1)`, [names])
}

function stored(row: Row): ChannelState {
  return {
    name: row.name,
    heldUntil: row.held_until,
    failures: row.failures,
    failingSince: row.failing_since,
    lastOkAt: row.last_ok_at,
    lastError: row.last_error,
    toldAt: row.told_at,
  }
}
