import { rejectionWords, type RejectionReason } from '../status/rejected.ts'
import type { Standing } from '../status/standing.ts'
import type { Transaction } from '../store/database.ts'
import { changesOf, type StoredChange } from '../store/judgements.ts'
import { wakeChannels } from '../store/jobs.ts'
import {
  changesDecidedBy,
  decidingClaim,
  deleteRejection,
  insertRejection,
  linkCorrection,
  rejectionsOf,
  type DecidingClaim,
  type Rejection,
  type Via,
} from '../store/rejections.ts'
import { lockItems, type StoredItem } from '../store/watch-items.ts'
import { reinstateAlerts } from '../store/withdraw.ts'
import { configuredJudge, type JudgeConfig } from './configured-judge.ts'
import { recompute, rejectedStories } from './recompute.ts'
import { recordStanding, type ToldCorrection } from './record-standing.ts'

/** A change of an item as people name it; the newest that rests on somebody's word where no number is given. */
export interface ChangeName {
  readonly itemId: string
  readonly sequence: number | null
}

/** What a person says against a change. */
export interface Objection extends ChangeName {
  readonly reason: RejectionReason
  readonly note: string | null
  readonly via: Via
}

export interface RejectOptions {
  readonly config: JudgeConfig
  readonly now: Date
  /** Where the item's page is; null when there is no page. */
  readonly reportUrl: (itemId: string) => string | null
}

/** Why nothing could be rejected or taken back. */
export type Unrejectable =
  | { readonly kind: 'no-item' }
  /** `last`: the number of the newest change, 0 where there is none. */
  | { readonly kind: 'no-change'; readonly last: number }
  /** A correction, or a change whose sentence is no longer stored. */
  | { readonly kind: 'no-evidence'; readonly change: StoredChange }

/** What came of a rejection or of taking one back. */
export interface Settled {
  readonly change: StoredChange
  readonly deciding: DecidingClaim
  readonly rejection: Rejection
  readonly standing: Standing
  /** What had to be put right; null where the question stands as before. */
  readonly correction: ToldCorrection | null
}

export type Rejected =
  | Unrejectable
  | ({ readonly kind: 'rejected' } & Settled)
  | { readonly kind: 'already'; readonly rejection: Rejection }

export type TakenBack =
  Unrejectable | ({ readonly kind: 'taken-back' } & Settled) | { readonly kind: 'not-rejected' }

/**
 * Takes the story that decided a change out of the evidence for its question. The question is judged anew by all else that
 * was said; where it stands otherwise then, that is one more change, and who was told of the old one is told. The history
 * stays.
 */
export async function rejectChange(
  tx: Transaction,
  objection: Objection,
  options: RejectOptions,
): Promise<Rejected> {
  const found = await find(tx, objection)
  if (found.kind !== 'found') return found
  const { stored, change, deciding, rejections } = found
  const known = rejections.find((one) => one.story === deciding.story)
  if (known !== undefined) return { kind: 'already', rejection: known }
  const { itemId, reason, note, via } = objection
  const rejection = await insertRejection(tx, {
    ...{ itemId, changeId: change.id, story: deciding.story, reason, note, via },
    at: options.now,
  })
  const standing = await standingWithout(tx, stored, [...rejections, rejection], options)
  const why = `rejected: ${rejectionWords[reason]}${note === null ? '' : ` - ${note}`}`
  // the story may have moved the date, too: who was told of that was told wrongly as well
  const corrects = await changesDecidedBy(tx, itemId, deciding.story)
  const correction = await recordStanding(tx, stored, { standing, why, corrects }, options)
  if (correction !== null) await linkCorrection(tx, rejection.id, correction.change.id)
  return { kind: 'rejected', change, deciding, rejection, standing, correction }
}

/** Takes a rejection back: the story counts again, and whoever was told of the correction is told. */
export async function takeBackRejection(
  tx: Transaction,
  name: ChangeName,
  options: RejectOptions,
): Promise<TakenBack> {
  const found = await find(tx, name, 'rejected')
  if (found.kind !== 'found') return found
  const { stored, change, deciding, rejections } = found
  const rejection = rejections.find((one) => one.story === deciding.story)
  if (rejection === undefined) return { kind: 'not-rejected' }
  await deleteRejection(tx, rejection.id)
  const left = rejections.filter((one) => one !== rejection)
  const standing = await standingWithout(tx, stored, left, options)
  const correction = await recordStanding(
    tx,
    stored,
    {
      standing,
      why: 'the rejection was taken back',
      corrects: rejection.correctionId === null ? [] : [rejection.correctionId],
    },
    options,
  )
  const again = await changesDecidedBy(tx, name.itemId, deciding.story)
  if (correction !== null) await wakeChannels(tx, await reinstateAlerts(tx, again, options.now))
  return { kind: 'taken-back', change, deciding, rejection, standing, correction }
}

interface Found {
  readonly kind: 'found'
  readonly stored: StoredItem
  readonly change: StoredChange
  readonly deciding: DecidingClaim
  readonly rejections: readonly Rejection[]
}

/** Finds the change that is meant, with its item locked. `rejected`: without a number, the one rejected last. */
async function find(
  tx: Transaction,
  { itemId, sequence }: ChangeName,
  preferred: 'newest' | 'rejected' = 'newest',
): Promise<Found | Unrejectable> {
  const [stored] = await lockItems(tx, [itemId])
  if (stored === undefined) return { kind: 'no-item' }
  const changes = (await changesOf(tx, [itemId])).get(itemId) ?? []
  const rejections = await rejectionsOf(tx, [itemId])
  const last = rejections.at(-1)
  const wanted = preferred === 'rejected' ? changes.find((one) => one.id === last?.changeId) : undefined
  const newest = changes.findLast((one) => one.kind !== 'correction')
  const change = sequence === null ? (wanted ?? newest) : changes.find((one) => one.sequence === sequence)
  if (change === undefined) return { kind: 'no-change', last: changes.length }
  const deciding = change.kind === 'correction' ? null : await decidingClaim(tx, change.id)
  return deciding === null
    ? { kind: 'no-evidence', change }
    : { kind: 'found', stored, change, deciding, rejections }
}

/** Throws where the item's kind is not in the configuration: nothing could be read by it. */
async function standingWithout(
  tx: Transaction,
  stored: StoredItem,
  rejections: readonly Rejection[],
  { config }: RejectOptions,
): Promise<Standing> {
  const rejected = await rejectedStories(tx, stored.item.id, rejections)
  return recompute(tx, stored, rejected, configuredJudge([stored.item], config))
}
