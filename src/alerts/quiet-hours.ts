import { localDay, momentOf } from './local-time.ts'

/** Hours in which nothing is sent; they may go over midnight. Minutes after midnight, IANA time zone. */
export interface QuietHours {
  readonly from: number
  readonly to: number
  readonly timeZone: string
}

/**
 * When the quiet ends that there is at a moment; null where it is not quiet. Where the clock is set back over the
 * beginning, it is the first of the two times; over the end, the last: the night is quiet as a whole.
 */
export function quietUntil({ from, to, timeZone }: QuietHours, at: Date): Date | null {
  if (from === to) return null
  const today = localDay(at, timeZone)
  for (const day of [today.subtract({ days: 1 }), today]) {
    const begin = momentOf(day, { minutes: from, timeZone })
    const lastDay = to > from ? day : day.add({ days: 1 })
    const end = momentOf(lastDay, { minutes: to, timeZone }, 'last')
    if (begin <= at && at < end) return end
  }
  return null
}
