import { count } from '../report/people-time.ts'
import { listDeliveries, retryDeliveries, type StoredDelivery } from '../store/deliveries.ts'
import type { Queryable } from '../store/database.ts'
import { shortId } from './alerts.ts'
import { UsageError } from './fault.ts'
import type { Io } from './io.ts'
import { withCommandSystem } from './open-system.ts'

export interface RetryOptions {
  readonly all?: boolean
  readonly channel?: string
}

/** Deliveries that are tried again at a time by one command. */
const most = 10_000

/**
 * `openwatch alerts retry`: has dead letters tried again, and what waits for its next try tried at once. Throws UsageError
 * where there is none of that name, or it is not said which.
 */
export async function retryAlerts(io: Io, id: string | undefined, options: RetryOptions): Promise<number> {
  const ways = [id, options.all, options.channel].filter((way) => way !== undefined)
  if (ways.length !== 1)
    throw new UsageError('say which: the id of one (openwatch alerts list), --channel <name>, or --all')
  return withCommandSystem(io, async ({ db, clock, deliveries }) => {
    const { channel } = options
    if (channel !== undefined && !deliveries.channels().includes(channel))
      throw new UsageError(
        `there is no channel "${channel}"; there is ${deliveries.channels().join(', ') || 'none'}`,
      )
    const chosen = id === undefined ? await failed(db.pool, channel) : [await deliveryNamed(db.pool, id)]
    if (chosen[0]?.state === 'sent' || chosen[0]?.state === 'withdrawn')
      throw new UsageError(`${chosen[0].id.slice(0, shortId)} is ${chosen[0].state}: there is nothing to try`)
    const ids = chosen.map((one) => one.id)
    const tried = await db.transaction((tx) => retryDeliveries(tx, ids, clock.now()))
    io.out(
      tried === 0
        ? 'there is nothing to try again\n'
        : `${count(tried, 'alert')} ${tried === 1 ? 'is' : 'are'} tried again at once, by the daemon (openwatch start)\n`,
    )
    return 0
  })
}

/** All dead letters, or those of one channel with what waits for its next try there. */
async function failed(db: Queryable, channel: string | undefined): Promise<StoredDelivery[]> {
  const dead = await listDeliveries(db, most, { state: 'dead', channel })
  if (channel === undefined) return dead
  const waiting = await listDeliveries(db, most, { state: 'waiting', channel })
  return [...dead, ...waiting.filter(({ attempts }) => attempts > 0)]
}

/** The delivery whose id begins so. Throws UsageError where there is none, or several. */
export async function deliveryNamed(db: Queryable, id: string): Promise<StoredDelivery> {
  const name = id.trim().toLowerCase()
  const [found, second] = /^[0-9a-f-]{4,36}$/.test(name) ? await listDeliveries(db, 2, { id: name }) : []
  if (found === undefined)
    throw new UsageError(
      `there is no alert "${id}"; openwatch alerts list shows their ids (four signs at least)`,
    )
  if (second !== undefined) throw new UsageError(`several alerts begin with "${id}"; write more of the id`)
  return found
}
