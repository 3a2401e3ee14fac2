const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** A month's English name; 0 is January. */
export function monthName(month: number): string {
  return months[month] ?? ''
}

/** "5 August 2025", in UTC. */
export function dayText(at: Date): string {
  return `${at.getUTCDate()} ${monthName(at.getUTCMonth())} ${at.getUTCFullYear()}`
}

/** "August 2025", in UTC. */
export function monthText(at: Date): string {
  return `${monthName(at.getUTCMonth())} ${at.getUTCFullYear()}`
}

/** "5 Aug 2025", in UTC. */
export function shortDayText(at: Date): string {
  return `${at.getUTCDate()} ${monthName(at.getUTCMonth()).slice(0, 3)} ${at.getUTCFullYear()}`
}

/** "5 August 2025, 17:02 UTC". */
export function momentText(at: Date): string {
  return `${dayText(at)}, ${at.toISOString().slice(11, 16)} UTC`
}

/** Whole days from one time to a later one; never negative. */
export function daysBetween(from: Date, to: Date): number {
  return Math.max(0, Math.floor((to.getTime() - from.getTime()) / day))
}

/** A length of time in its one largest fitting unit: "40 s", "3 min", "5 h", "21 days". Never negative. */
export function durationText(milliseconds: number): string {
  const length = Math.max(0, milliseconds)
  if (length < minute) return `${Math.ceil(length / 1000)} s`
  if (length < hour) return `${Math.round(length / minute)} min`
  if (length < 2 * day) return `${Math.round(length / hour)} h`
  return count(Math.floor(length / day), 'day')
}

/** "in 3 min", or "now" when the time has come. */
export function untilText(at: Date, now: Date): string {
  const left = at.getTime() - now.getTime()
  return left <= 0 ? 'now' : `in ${durationText(left)}`
}

/** "3 min ago", or "just now". */
export function agoText(at: Date, now: Date): string {
  const gone = now.getTime() - at.getTime()
  return gone < minute ? 'just now' : `${durationText(gone)} ago`
}

/** "1 feed", "24 feeds". */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-GB')} ${noun}${number === 1 ? '' : 's'}`
}
