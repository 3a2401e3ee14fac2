import { similarity, tellsTheSame, type Fingerprint } from '../stories/fingerprint.ts'

/** Why a person rejects what was said. */
export const rejectionReasons = ['wrong-subject', 'not-said', 'outdated'] as const
export type RejectionReason = (typeof rejectionReasons)[number]

/** The reasons as people read them. */
export const rejectionWords: Readonly<Record<RejectionReason, string>> = {
  'wrong-subject': 'wrong subject',
  'not-said': 'not said',
  outdated: 'outdated',
}

/** An entry as a rejection knows it again. Plain JSON. */
export interface Telling extends Fingerprint {
  /** The entry's identity beyond its revisions. */
  readonly entryId: string
  readonly outlet: string
  /** ISO time. */
  readonly at: string
}

/** A story that a person took out of the evidence for a question. Plain JSON. */
export interface RejectedStory {
  readonly story: string
  readonly reason: RejectionReason
  /** The entries that had told it when it was rejected. */
  readonly tellings: readonly Telling[]
}

/** For so long an entry of like words is taken for a copy; one at the same address for ever. */
const memoryMs = 90 * 86_400_000

/**
 * The rejected story that an entry tells, or null. `story` is what the entry was placed in among those remembered. What an
 * official outlet says itself is no copy of what others wrote: their mistake must not hide the real news.
 */
export function rejectedStory(
  rejected: readonly RejectedStory[],
  telling: Telling & { readonly story: string; readonly isOfficial: boolean },
): RejectedStory | null {
  const isOf = ({ story, tellings }: RejectedStory): boolean => {
    if (telling.isOfficial && tellings.every((one) => one.outlet !== telling.outlet)) return false
    return story === telling.story || tellings.some((one) => isCopy(one, telling))
  }
  return rejected.find(isOf) ?? null
}

function isCopy(known: Telling, telling: Telling): boolean {
  if (known.entryId === telling.entryId) return true
  if (known.url !== '' && known.url === telling.url && sharesWords(known, telling)) return true
  const apartMs = Math.abs(Date.parse(known.at) - Date.parse(telling.at))
  return apartMs <= memoryMs && tellsTheSame({ ...known, url: '' }, telling)
}

/** Some addresses hold something new each day: only what also reads alike is the same. */
function sharesWords(a: Fingerprint, b: Fingerprint): boolean {
  return similarity(a.title, b.title) >= 0.5 || similarity(a.body, b.body) >= 0.3
}
