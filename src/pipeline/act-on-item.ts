import type { Database, Transaction } from '../store/database.ts'
import type { Via } from '../store/rejections.ts'
import { acknowledgeItem, listItems, muteOutlet, type Snooze } from '../store/watch-items.ts'
import type { JudgeConfig } from './configured-judge.ts'
import type { Clock } from './clock.ts'
import type { ItemAction } from './item-action.ts'
import { rejectChange, takeBackRejection, type Rejected, type TakenBack } from './reject.ts'
import { awake, snooze } from './snooze.ts'

/** What acting on an item needs; a Desk fits. */
export interface ActOnItemOptions {
  readonly db: Pick<Database, 'transaction'>
  readonly clock: Clock
  config(): JudgeConfig
  /** Where the item's page is; null when there is no page. */
  readonly reportUrl: (itemId: string) => string | null
}

/** What came of acting on an item. */
export type ActedOnItem =
  | { readonly kind: 'no-item' }
  | { readonly kind: 'acknowledged'; readonly at: Date }
  | { readonly kind: 'snoozed'; readonly how: Snooze }
  /** A snooze that would be over already. */
  | { readonly kind: 'over'; readonly until: Date }
  /** `changed`: false where it was so before. */
  | { readonly kind: 'muted' | 'unmuted'; readonly outlet: string; readonly changed: boolean }
  | Rejected
  | TakenBack

/** Does what a person asked for about an item, in one transaction. `via`: how they reached openwatch. */
export async function actOnItem(
  itemId: string,
  action: ItemAction,
  via: Via,
  options: ActOnItemOptions,
): Promise<ActedOnItem> {
  const { db, clock, reportUrl } = options
  const now = clock.now()
  return db.transaction(async (tx): Promise<ActedOnItem> => {
    switch (action.action) {
      case 'acknowledge':
        return (await acknowledgeItem(tx, itemId, now))
          ? { kind: 'acknowledged', at: now }
          : { kind: 'no-item' }
      case 'snooze':
        return snoozeFor(tx, itemId, untilWhen(action, now), now)
      case 'snooze-until-change':
        return snoozeFor(tx, itemId, { until: null, toChange: true }, now)
      case 'wake':
        return snoozeFor(tx, itemId, awake, now)
      case 'mute':
      case 'unmute':
        return setMute(tx, itemId, action.outlet, action.action === 'mute')
      case 'reject': {
        const { sequence = null, reason, note } = action
        const objection = { itemId, sequence, reason, note, via }
        return rejectChange(tx, objection, { config: options.config(), now, reportUrl })
      }
      case 'take-back': {
        const { sequence = null } = action
        return takeBackRejection(tx, { itemId, sequence }, { config: options.config(), now, reportUrl })
      }
    }
  })
}

function untilWhen(action: Extract<ItemAction, { action: 'snooze' }>, now: Date): Snooze {
  return { until: action.until ?? new Date(now.getTime() + (action.for ?? 0)), toChange: false }
}

async function snoozeFor(tx: Transaction, itemId: string, how: Snooze, now: Date): Promise<ActedOnItem> {
  if (how.until !== null && how.until <= now) return { kind: 'over', until: how.until }
  return (await snooze(tx, itemId, how, now)) ? { kind: 'snoozed', how } : { kind: 'no-item' }
}

async function setMute(
  tx: Transaction,
  itemId: string,
  outlet: string,
  isMuted: boolean,
): Promise<ActedOnItem> {
  if ((await listItems(tx, [itemId])).length === 0) return { kind: 'no-item' }
  const changed = await muteOutlet(tx, itemId, outlet, isMuted)
  return { kind: isMuted ? 'muted' : 'unmuted', outlet, changed }
}
