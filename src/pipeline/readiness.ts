import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '../store/database.ts'
import type { Daemon } from './daemon.ts'

/** How late the schedule may be, in milliseconds, before a process says that it is not ready. */
const lateMs = 60_000

/** How long the database may take to answer before it counts as silent, in milliseconds. */
const patienceMs = 3000

/** Why a process cannot do its work, in words; null while it can. `daemon`: null while it starts. */
export async function notReady(
  { pool }: Pick<Database, 'pool'>,
  daemon: Pick<Daemon, 'lastTickAt'> | null,
): Promise<string | null> {
  if (daemon === null) return 'starting'
  const away = await databaseAway({ pool })
  if (away !== null) return away
  const last = daemon.lastTickAt()
  if (last === null) return 'the schedule has not begun yet'
  const late = Date.now() - last.getTime()
  return late > lateMs ? `the schedule is ${Math.round(late / 1000)} s late` : null
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
