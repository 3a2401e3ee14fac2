import { z } from 'zod'
import { duration, instant } from '../config/schema/values.ts'
import { awake, snooze } from '../pipeline/snooze.ts'
import { momentText } from '../report/people-time.ts'
import type { Snooze } from '../store/watch-items.ts'
import { UsageError } from './fault.ts'
import type { Io } from './io.ts'
import { withCommandSystem } from './open-system.ts'
import { noSuchItem } from './status.ts'
import { typed } from './typed.ts'

export interface SnoozeOptions {
  readonly until?: string
  readonly for?: string
  readonly untilChange?: boolean
  readonly off?: boolean
}

const schema = z.strictObject({ until: instant().optional(), for: duration().prefault('7d') })

/** `openwatch snooze`: holds the alerts of a question, or lets them go again. Throws UsageError for what cannot be. */
export async function snoozeQuestion(io: Io, item: string, options: SnoozeOptions): Promise<number> {
  const { untilChange, off, ...times } = options
  const { until, for: length } = typed(schema, { command: 'snooze', argument: 'item', data: times })
  return withCommandSystem(io, async ({ db, clock }) => {
    const now = clock.now()
    const end = until ?? new Date(now.getTime() + length)
    const how: Snooze =
      off === true
        ? awake
        : untilChange === true
          ? { until: null, toChange: true }
          : { until: end, toChange: false }
    if (how.until !== null && how.until <= now)
      throw new UsageError(`--until: ${momentText(how.until)} is over already`)
    const known = await db.transaction((tx) => snooze(tx, item, how, now))
    if (!known) throw new UsageError(await noSuchItem(db.pool, item))
    io.out(`${item} ${told(how)}\n`)
    return 0
  })
}

function told({ until, toChange }: Snooze): string {
  if (toChange) return 'is snoozed until its status changes; what else comes waits until then'
  if (until === null) return 'is not snoozed any more; what waited is sent now'
  return `is snoozed until ${momentText(until)}; what comes before is sent then`
}
