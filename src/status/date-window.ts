import type { DateWindow, Granularity } from './claim.ts'

/** A date found in a sentence, its ends as days since 1970 (UTC), null where open. */
export interface Found {
  readonly start: number
  readonly end: number
  readonly from: number | null
  readonly to: number | null
  readonly granularity: Granularity
}

const dayMs = 86_400_000

/** Days since 1970 of a UTC instant. */
export function dayOf(at: Date): number {
  return Math.floor(at.getTime() / dayMs)
}

/** Days since 1970 of a civil date; the month counts from 0 and may overflow. */
export function civil(year: number, month: number, day: number): number {
  return Math.floor(Date.UTC(year, month, day) / dayMs)
}

/** The last day of a month (counted from 0, may overflow). */
export function monthEnd(year: number, month: number): number {
  return civil(year, month + 1, 1) - 1
}

/** Year, month (from 0), day and weekday (Sunday 0) of a day. */
export function parts(day: number): { year: number; month: number; day: number; weekday: number } {
  const date = new Date(day * dayMs)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth(),
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
  }
}

/** Builds the window of a claim. */
export function window(
  from: number | null,
  to: number | null,
  granularity: Granularity,
  text: string,
): DateWindow {
  return { from: iso(from), to: iso(to), granularity, text }
}

function iso(day: number | null): string | null {
  return day === null ? null : new Date(day * dayMs).toISOString().slice(0, 10)
}

/** Length of a window in days; Infinity where an end is open. */
export function widthOf(span: DateWindow): number {
  if (span.from === null || span.to === null) return Infinity
  return (Date.parse(span.to) - Date.parse(span.from)) / dayMs + 1
}
