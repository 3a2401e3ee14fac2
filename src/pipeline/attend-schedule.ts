import type { Logger } from 'pino'
import type { Raised } from './attend.ts'
import { repeat, type Repeating } from './repeat.ts'

export interface AttendScheduleOptions {
  readonly attend: () => Promise<readonly Raised[]>
  readonly logger: Pick<Logger, 'info' | 'warn'>
}

/** Once a minute, the first time a while after the begin: polls that were due have come in by then. */
const rhythm = { everyMs: 60_000, firstMs: 25_000 }

/** Looks after the questions once a minute. */
export function startAttending({ attend, logger }: AttendScheduleOptions): Repeating {
  return repeat(async () => {
    try {
      for (const { kind, itemId } of await attend())
        logger.info({ event: 'raised', kind, item: itemId }, `${itemId}: ${kind}`)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      logger.warn({ event: 'attend-failed', reason }, 'could not look after the questions, trying again')
    }
  }, rhythm)
}
