import { localDay, momentOf, type LocalDay } from './local-time.ts'

/** When a digest goes out. `at`: minutes after midnight; `on`: the day of a weekly one. */
export interface DigestTimes {
  readonly every: 'day' | 'week'
  readonly at: number
  readonly on: (typeof days)[number]
  readonly timeZone: string
}

/** As Temporal counts them, from 1. */
const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

/** The first time of a digest at or after a moment. Each day (each week) has one, however the clock is set. */
export function nextDigest(times: DigestTimes, from: Date): Date {
  let day = digestDay(times, localDay(from, times.timeZone).subtract({ days: 1 }))
  let due = dueOn(times, day)
  while (due < from) {
    day = digestDay(times, day.add({ days: 1 }))
    due = dueOn(times, day)
  }
  return due
}

/** The last time of a digest at or before a moment. */
export function lastDigest(times: DigestTimes, until: Date): Date {
  const step = { days: times.every === 'day' ? 1 : 7 }
  let day = digestDay(times, localDay(until, times.timeZone))
  let due = dueOn(times, day)
  while (due > until) {
    day = day.subtract(step)
    due = dueOn(times, day)
  }
  return due
}

/** The first day of a digest on or after a day. */
function digestDay({ every, on }: DigestTimes, day: LocalDay): LocalDay {
  const wait = every === 'day' ? 0 : (days.indexOf(on) + 1 - day.dayOfWeek + 7) % 7
  return day.add({ days: wait })
}

function dueOn({ at, timeZone }: DigestTimes, day: LocalDay): Date {
  return momentOf(day, { minutes: at, timeZone })
}
