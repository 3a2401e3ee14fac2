import type { DateWindow } from './claim.ts'
import { widthOf } from './date-window.ts'

/** How a claimed date differs from the one that stands: the words for people, or null where it tells nothing new. */
export function dateChange(stands: DateWindow | null, claimed: DateWindow | null, at: Date): string | null {
  if (claimed === null) return null
  if (claimed.granularity === 'none') return stands?.from == null ? null : 'the date was withdrawn'
  if (claimed.from === null || claimed.to === null) return null
  if (Date.parse(claimed.to) + 86_400_000 < at.getTime()) return null
  if (stands?.from == null || stands.to === null) return 'a date was given'
  if (claimed.from > stands.to) return 'the date was moved back'
  if (claimed.to < stands.from) return 'the date was brought forward'
  if (claimed.granularity === 'vague') return null
  if (widthOf(claimed) <= widthOf(stands) * 0.6) return 'the date was made narrower'
  return null
}
