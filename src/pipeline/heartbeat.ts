import { kill } from 'node:process'
import type { Logger } from 'pino'
import { lostAfterMs } from '../report/processes.ts'
import type { Database } from '../store/database.ts'
import { expectUsable, knownMigrations, MigrationError } from '../store/migrate.ts'
import {
  beat,
  endConnectionsOfLost,
  expectSigns,
  forgetEnded,
  forgetProcesses,
  signOff,
  type Doing,
  type OwnProcess,
} from '../store/processes.ts'

export interface HeartbeatOptions {
  readonly db: Pick<Database, 'pool'>
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error'>
  readonly me: OwnProcess
  readonly doing: () => Doing
  readonly times?: HeartbeatTimes
}

/** In milliseconds. */
export interface HeartbeatTimes {
  readonly everyMs: number
  /** Silent for so long, a process counts as lost, and what it holds is taken from it. */
  readonly lostMs: number
  /** How long a lost process is told of. */
  readonly forgetMs: number
}

const usualTimes: HeartbeatTimes = { everyMs: 5000, lostMs: lostAfterMs, forgetMs: 3_600_000 }

/** The sign of life of this process. */
export interface Heartbeat {
  /** When the last one was written down, by the machine's clock; null before. */
  lastAt(): Date | null
  /** Resolves, if ever, when this process cannot go on: the database is too new for it. */
  readonly outdated: Promise<void>
  /** Why it cannot go on, in words; null while it can. */
  isOutdated(): string | null
  stop(): Promise<void>
}

/**
 * Says every few seconds that this process lives, and looks after the others: what one holds that has fallen silent is
 * given back by ending its connections, also where the machine still keeps them up for a process that is stopped. Only
 * who has not missed a beat himself judges others: when the database was away, all were silent.
 */
export async function startHeartbeat(options: HeartbeatOptions): Promise<Heartbeat> {
  const { db, logger, me, doing, times = usualTimes } = options
  let lastAt: Date | null = null
  let steadySince = performance.now()
  let failing = false
  let tooOld: string | null = null
  let tellOutdated = (): void => undefined
  const outdated = new Promise<void>((resolve) => (tellOutdated = resolve))
  let isBeating = false
  let beating = Promise.resolve()
  const known = await knownMigrations()
  // a database that has just gone away again is asked again
  await forgetEnded(db.pool, me.host, isGone).then(say).catch(fail)
  const timer = setInterval(() => {
    if (!isBeating) beating = next()
  }, times.everyMs)
  timer.unref()

  async function say(): Promise<void> {
    await beat(db.pool, me, doing())
    lastAt = new Date()
  }

  async function next(): Promise<void> {
    const before = lastAt
    isBeating = true
    try {
      await say()
      const pausedMs = before === null ? 0 : Date.now() - before.getTime()
      if (failing || Math.abs(pausedMs) > times.lostMs / 2) steadySince = performance.now()
      failing = false
      if (performance.now() - steadySince > times.lostMs) await lookAfterOthers()
      await lookForNewer()
    } catch (error) {
      fail(error)
    } finally {
      isBeating = false
    }
  }

  function fail(error: unknown): void {
    if (!failing)
      logger.warn({ event: 'heartbeat-failed', err: error }, 'could not say that this process lives')
    failing = true
  }

  async function lookAfterOthers(): Promise<void> {
    await expectSigns(db.pool)
    const lost = await endConnectionsOfLost(db.pool, times.lostMs)
    if (lost.length > 0)
      logger.warn({ event: 'process-lost', processes: lost }, 'took from a lost process what it held')
    await forgetProcesses(db.pool, times.forgetMs)
  }

  async function lookForNewer(): Promise<void> {
    try {
      await expectUsable(db.pool, known)
    } catch (error) {
      if (!(error instanceof MigrationError)) throw error
      tooOld = error.message
      tellOutdated()
    }
  }

  return {
    lastAt: () => lastAt,
    outdated,
    isOutdated: () => tooOld,
    async stop() {
      clearInterval(timer)
      await beating
      await signOff(db.pool, me.id).catch(() => undefined)
    },
  }
}

/** Whether no process of this machine has the number. */
function isGone(pid: number): boolean {
  try {
    kill(pid, 0)
    return false
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH'
  }
}
