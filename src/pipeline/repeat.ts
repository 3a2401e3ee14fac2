import cron, { type ScheduledTask } from 'node-cron'
import type { Logger } from 'pino'

/** Work that is done again and again. */
export interface Repeating {
  /** Begins nothing more; resolves when what is under way has ended. */
  stop(): Promise<void>
}

export interface Rhythm {
  /** When: a cron expression with seconds, in UTC. */
  readonly cron: string
  /** What the scheduler calls the work where it has something to say. */
  readonly name: string
  readonly logger: Pick<Logger, 'debug' | 'error'>
  /** Whether it is also done right at the begin. */
  readonly atOnce?: boolean
}

/** How often the machine's clock is compared with the time that has passed, and by how much they may differ, in milliseconds. */
const lookMs = 250
const leapMs = 1000

/**
 * Does some work again and again, never twice at a time: what comes up while it is under way is left out. When the machine's
 * clock leaps, in whichever direction, the next time is worked out anew: node-cron would wait for the hour that it had in mind
 * before, or go through every time that was leapt over. `work` must not reject. Throws where the expression is none.
 */
export function repeat(
  work: () => Promise<void>,
  { cron: expression, name, logger, atOnce }: Rhythm,
): Repeating {
  let isWorking = false
  let working = Promise.resolve()
  let task = scheduled()
  let offset = clockOffset()
  const watch = setInterval(() => {
    const before = offset
    offset = clockOffset()
    if (Math.abs(offset - before) < leapMs) return
    void task.destroy()
    task = scheduled()
  }, lookMs)
  if (atOnce === true) begin()

  function begin(): void {
    if (isWorking) return
    isWorking = true
    working = work().finally(() => (isWorking = false))
  }

  function scheduled(): ScheduledTask {
    // a tick that comes late, since the machine was busy or suspended, is made up for by the next one
    const quietly = { logger: schedulerLog(logger, name), suppressMissedWarning: true }
    return cron.schedule(expression, begin, { timezone: 'UTC', name, ...quietly })
  }

  return {
    async stop() {
      clearInterval(watch)
      await task.destroy()
      await working
    },
  }
}

/** By how much the machine's clock is ahead of the time that this process has run, in milliseconds. */
const clockOffset = (): number => Date.now() - performance.now()

/** What node-cron says goes into the program's own log, not onto standard error. */
const schedulerLog = (
  logger: Rhythm['logger'],
  name: string,
): Record<'info' | 'warn' | 'error' | 'debug', (message: string | Error) => void> => {
  const say = (message: string | Error) => {
    logger.debug({ event: 'schedule', task: name }, String(message))
  }
  return {
    info: say,
    warn: say,
    debug: say,
    error: (message) => {
      logger.error({ event: 'schedule', task: name, err: message }, 'the schedule went wrong')
    },
  }
}
