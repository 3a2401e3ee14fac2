import type { Logger } from 'pino'
import type { Raised } from './attend.ts'
import { repeat, type Repeating } from './repeat.ts'

export interface AttendScheduleOptions {
  readonly attend: () => Promise<readonly Raised[]>
  readonly logger: Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>
}

/** Once a minute, a while after its beginning: polls that are due by the minute have come in by then. */
const everyMinute = '25 * * * * *'

/** Looks after the questions once a minute. */
export function startAttending({ attend, logger }: AttendScheduleOptions): Repeating {
  const look = async (): Promise<void> => {
    try {
      for (const { kind, itemId } of await attend())
        logger.info({ event: 'raised', kind, item: itemId }, `${itemId}: ${kind}`)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      logger.warn({ event: 'attend-failed', reason }, 'could not look after the questions, trying again')
    }
  }
  return repeat(look, { cron: everyMinute, name: 'attention', logger })
}
