import { z } from 'zod'
import { duration, instant } from '../config/schema/values.ts'
import { actOnItem } from '../pipeline/act-on-item.ts'
import type { ItemAction } from '../pipeline/item-action.ts'
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
  const action = actionOf(options)
  return withCommandSystem(io, async (system) => {
    const acted = await actOnItem(item, action, 'cli', system)
    if (acted.kind === 'over') throw new UsageError(`--until: ${momentText(acted.until)} is over already`)
    if (acted.kind !== 'snoozed') throw new UsageError(await noSuchItem(system.db.pool, item))
    io.out(`${item} ${told(acted.how)}\n`)
    return 0
  })
}

function actionOf({ untilChange, off, ...times }: SnoozeOptions): ItemAction {
  const { until, for: length } = typed(schema, { command: 'snooze', argument: 'item', data: times })
  if (off === true) return { action: 'wake' }
  if (untilChange === true) return { action: 'snooze-until-change' }
  return until === undefined ? { action: 'snooze', for: length } : { action: 'snooze', until }
}

function told({ until, toChange }: Snooze): string {
  if (toChange) return 'is snoozed until its status changes; what else comes waits until then'
  if (until === null) return 'is not snoozed any more; what waited is sent now'
  return `is snoozed until ${momentText(until)}; what comes before is sent then`
}
