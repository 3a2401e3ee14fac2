import { dayText, momentText } from './people-time.ts'
import { oneLine } from './plain.ts'
import type { ReportRejection, Wishes } from './report-input.ts'

/** What people wish for a question of which nobody asked anything. */
export const noWishes: Wishes = {
  muted: [],
  snoozedUntil: null,
  snoozedToChange: false,
  acknowledgedAt: null,
}

/** What of the wishes still holds: a snooze that is over does not, nor does "seen" when something changed afterwards. */
export function wishesNow(wishes: Wishes, changedAt: Date | null, now: Date): Wishes {
  const { snoozedUntil, acknowledgedAt } = wishes
  return {
    ...wishes,
    snoozedUntil: snoozedUntil !== null && snoozedUntil > now ? snoozedUntil : null,
    acknowledgedAt:
      acknowledgedAt !== null && (changedAt === null || acknowledgedAt >= changedAt) ? acknowledgedAt : null,
  }
}

/** Each wish in words: "snoozed until 8 September 2025, 08:00 UTC", "example.com is muted". */
export function wishesText({
  muted,
  snoozedUntil,
  snoozedToChange,
  acknowledgedAt,
}: Wishes): readonly string[] {
  return [
    ...(snoozedUntil === null ? [] : [`snoozed until ${momentText(snoozedUntil)}`]),
    ...(snoozedToChange ? ['snoozed until its status changes'] : []),
    ...(acknowledgedAt === null ? [] : [`acknowledged on ${dayText(acknowledgedAt)}`]),
    ...muted.map((outlet) => `${oneLine(outlet)} is muted`),
  ]
}

/** "rejected by a person on 5 August 2025: not said - it is another model". */
export function rejectionText({ at, words, note }: ReportRejection): string {
  return `rejected by a person on ${dayText(at)}: ${words}${note === null ? '' : ` - ${oneLine(note)}`}`
}
