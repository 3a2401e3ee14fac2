import { setTimeout as sleep } from 'node:timers/promises'
import { durationText } from '../report/people-time.ts'
import type { Database } from '../store/database.ts'
import type { Vitals } from '../store/vitals.ts'
import type { Daemon } from './daemon.ts'

export interface ReadinessOptions {
  readonly db: Pick<Database, 'pool'>
  /** Null while it starts. */
  readonly daemon: Pick<Daemon, 'lastTickAt' | 'trouble'> | null
  /** How far the work is behind; null where the database cannot be asked. */
  readonly vitals: () => Promise<Vitals | null>
}

/** How long nobody may have looked for due feeds, in milliseconds. */
const tickLateMs = 60_000
/** How long work may wait before a process says that it is not ready, in milliseconds. */
const workLateMs = 5 * 60_000
/** How long the database may take to answer before it counts as silent, in milliseconds. */
const patienceMs = 3000

/**
 * Why a process that polls and delivers is not to be relied on, in words; null while it is: nobody looks for due feeds,
 * feeds are due and not polled, alerts are due and not sent, the database is away or cannot write.
 */
export async function notReady({ db, daemon, vitals }: ReadinessOptions): Promise<string | null> {
  if (daemon === null) return 'starting'
  const away = await databaseAway(db)
  if (away !== null) return away
  const last = daemon.lastTickAt()
  if (last === null) return 'the schedule has not begun yet'
  const lateMs = Date.now() - last.getTime()
  if (lateMs > tickLateMs) return `nobody has looked for due feeds for ${durationText(lateMs)}`
  const trouble = daemon.trouble()
  if (trouble !== null) return trouble
  const read = await vitals()
  return read === null ? 'the database does not answer' : behind(read)
}

/** That work waits for too long, in words. */
export function behind({ due, lagMs, queues }: Vitals): string | null {
  if (lagMs > workLateMs)
    return `the schedule is late: feeds have been due for ${durationText(lagMs)} (${due} in all) and are not polled`
  const stuck = queues.filter(({ lateMs }) => lateMs > workLateMs)
  if (stuck.length === 0) return null
  const told = stuck.map(({ channel, lateMs }) => `${channel} for ${durationText(lateMs)}`)
  return `the queue is stuck: alerts are due and not sent on ${told.join(', ')}`
}

/** That the database does not answer, in words; null while it does. */
export async function databaseAway({ pool }: Pick<Database, 'pool'>): Promise<string | null> {
  try {
    await answerWithin(pool.query('select 1'))
    return null
  } catch (error) {
    return `the database does not answer: ${error instanceof Error ? error.message : String(error)}`
  }
}

async function answerWithin(answer: Promise<unknown>): Promise<void> {
  const waiting = new AbortController()
  const silence = sleep(patienceMs, undefined, { signal: waiting.signal, ref: false }).then(() => {
    throw new Error(`no answer within ${patienceMs / 1000} s`)
  })
  // whichever comes second is of no interest any more
  silence.catch(() => undefined)
  answer.catch(() => undefined)
  await Promise.race([answer, silence]).finally(() => waiting.abort())
}
