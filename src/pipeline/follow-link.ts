import { z } from 'zod'
import { alertSchema, isItemAlert, type ItemAlert } from '../alerts/alert.ts'
import { rejectionReasons } from '../status/rejected.ts'
import type { Database, Queryable, Transaction } from '../store/database.ts'
import { isLinkTaken, linkedAlert, takeLink } from '../store/used-links.ts'
import { acknowledgeItem, muteOutlet } from '../store/watch-items.ts'
import { actionsOf, outletOf, readLink, type LinkAction } from './action-link.ts'
import { rejectChange, type RejectOptions } from './reject.ts'
import { snooze } from './snooze.ts'

/** For so long after its alert a link may be used. */
const lifeMs = 30 * 86_400_000

/** How long a snooze by link lasts. */
const snoozeMs = 7 * 86_400_000

export interface FollowLinkOptions extends RejectOptions {
  readonly db: Database
  readonly key: Uint8Array
}

/** A link that can still be used: what it would do. */
export interface OpenLink {
  readonly kind: 'open'
  readonly action: LinkAction
  readonly alert: ItemAlert
  readonly outlet: string | null
}

/**
 * A link that cannot be used. `forged`: not made here, or not for anything that is left; which of both is not told. `used`
 * and `expired` are only told to who has a link that was once good.
 */
export interface ClosedLink {
  readonly kind: 'forged' | 'expired' | 'used'
}

/** What following a link came to. */
export type Followed =
  | ClosedLink
  /** Something is to be chosen first: nothing was done, the link is still good. */
  | { readonly kind: 'unchosen'; readonly link: OpenLink }
  | { readonly kind: 'done'; readonly link: OpenLink; readonly result: LinkResult }

/** What was done. */
export type LinkResult =
  | { readonly kind: 'acknowledged' }
  | { readonly kind: 'snoozed'; readonly until: Date }
  | { readonly kind: 'muted'; readonly outlet: string }
  /** `corrected`: the question stands otherwise now. */
  | { readonly kind: 'rejected'; readonly corrected: boolean }
  /** It cannot be rejected any more, or was already. */
  | { readonly kind: 'settled-before' }

/** What a link would do. Reads only: whatever looks at links in messages before people do changes nothing. */
export async function lookAtLink(
  token: string,
  { db, key, now }: Pick<FollowLinkOptions, 'db' | 'key' | 'now'>,
): Promise<OpenLink | ClosedLink> {
  return look(db.pool, token, key, now)
}

/** Does what a link says, once. `form`: what the person chose on its page. */
export async function followLink(
  token: string,
  form: Readonly<Record<string, string>>,
  options: FollowLinkOptions,
): Promise<Followed> {
  const { db, key, now } = options
  return db.transaction(async (tx) => {
    const link = await look(tx, token, key, now)
    if (link.kind !== 'open') return link
    const choice = link.action === 'wrong' ? choiceSchema.safeParse(form) : null
    if (choice?.success === false) return { kind: 'unchosen', link }
    // two who follow it at once: the second waits here, and comes too late
    if (!(await takeLink(tx, nonceOf(link), now))) return { kind: 'used' }
    return { kind: 'done', link, result: await act(tx, link, choice?.data ?? null, options) }
  })
}

const choiceSchema = z.object({
  reason: z.enum(rejectionReasons),
  note: z
    .string()
    .optional()
    .transform((text) => text?.replaceAll(/\s+/g, ' ').trim().slice(0, 500))
    .transform((text) => (text === undefined || text === '' ? null : text)),
})

async function look(
  db: Queryable,
  token: string,
  key: Uint8Array,
  now: Date,
): Promise<OpenLink | ClosedLink> {
  const target = readLink(token, key)
  if (target === null) return { kind: 'forged' }
  const found = await linkedAlert(db, target.alertId)
  if (found === null) return { kind: 'expired' }
  const alert = alertSchema.safeParse(found.body)
  if (!alert.success || !isItemAlert(alert.data)) return { kind: 'expired' }
  const { action } = target
  const link = { kind: 'open' as const, action, alert: alert.data, outlet: outletOf(alert.data) }
  if (!actionsOf(link.alert).includes(action)) return { kind: 'expired' }
  if (await isLinkTaken(db, nonceOf(link))) return { kind: 'used' }
  return now.getTime() - found.createdAt.getTime() > lifeMs ? { kind: 'expired' } : link
}

function nonceOf({ action, alert }: OpenLink): string {
  return `${action}:${alert.id}`
}

async function act(
  tx: Transaction,
  { action, alert, outlet }: OpenLink,
  choice: z.output<typeof choiceSchema> | null,
  options: FollowLinkOptions,
): Promise<LinkResult> {
  const { now } = options
  const { id } = alert.item
  switch (action) {
    case 'acknowledge':
      await acknowledgeItem(tx, id, now)
      return { kind: 'acknowledged' }
    case 'snooze': {
      const until = new Date(now.getTime() + snoozeMs)
      await snooze(tx, id, { until, toChange: false }, now)
      return { kind: 'snoozed', until }
    }
    case 'mute':
      await muteOutlet(tx, id, outlet ?? '', true)
      return { kind: 'muted', outlet: outlet ?? '' }
    case 'wrong': {
      const sequence = (await linkedAlert(tx, alert.id))?.sequence ?? null
      if (choice === null || sequence === null) return { kind: 'settled-before' }
      const done = await rejectChange(tx, { itemId: id, sequence, ...choice, via: 'link' }, options)
      return done.kind === 'rejected'
        ? { kind: 'rejected', corrected: done.correction !== null }
        : { kind: 'settled-before' }
    }
  }
}
