import { Temporal } from 'temporal-polyfill'

/** A time of day in a time zone. */
export interface LocalTime {
  /** Minutes after midnight. */
  readonly minutes: number
  /** IANA name. */
  readonly timeZone: string
}

/** A day of the calendar. */
export type LocalDay = Temporal.PlainDate

/** The day that it is somewhere. */
export function localDay(at: Date, timeZone: string): LocalDay {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate()
}

/**
 * When the clock reads a time on a day. A time that the clock jumps over is taken by the offset before the jump (02:30
 * becomes 03:30); of two that are the same, `which` chooses. RFC 5545, 3.3.5, has it so, with the first of the two.
 */
export function momentOf(day: LocalDay, time: LocalTime, which: 'first' | 'last' = 'first'): Date {
  const clock = Temporal.PlainTime.from({ hour: Math.floor(time.minutes / 60), minute: time.minutes % 60 })
  // Temporal's `compatible` and `later` agree about a jump, and differ about a repetition
  const disambiguation = which === 'first' ? 'compatible' : 'later'
  const zoned = day.toPlainDateTime(clock).toZonedDateTime(time.timeZone, { disambiguation })
  return new Date(zoned.epochMilliseconds)
}
