import { monthNamed } from './month-names.ts'
import { zoneMinutes } from './time-zones.ts'

/** No feed date is longer. */
const longest = 100
/** Before this year a date is some program's idea of zero. */
const firstYear = 1900

interface Day {
  readonly year: number
  /** 0 to 11. */
  readonly month: number
  readonly day: number
}

const clean =
  /^(?:\d{4}-\d\d-\d\dT\d\d:\d\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)|(?:[A-Z][a-z]{2}, )?\d\d? [A-Z][a-z]{2} \d{4} \d\d:\d\d:[0-5]\d (?:GMT|[+-]\d{4}))$/
const clock =
  /(?:^|[T\s,年월日일-])(\d{1,2})(?:[:h時时시](\d{2})(?:[:分분]\s*(\d{2})(?:[.,](\d{1,9}))?)?)[分초秒]?\s*(am|pm|a\.m\.|p\.m\.)?/i
const bareClock = /T(\d{2})(\d{2})(\d{2})?(?:[.,](\d{1,9}))?/

/** Reads a date in any of the shapes that feeds use (no zone is UTC); null when it is none. */
export function parseDate(text: string): Date | null {
  if (clean.test(text)) {
    const at = Date.parse(text)
    if (!Number.isNaN(at)) return plausible(at)
  }
  const written = text.slice(0, longest).replace(/\s+/g, ' ').trim()
  if (written !== text && clean.test(written)) return parseDate(written)
  return fromNumber(written) ?? fromParts(written)
}

function plausible(at: number): Date | null {
  const date = new Date(at)
  return Number.isNaN(at) || date.getUTCFullYear() < firstYear || date.getUTCFullYear() > 9999 ? null : date
}

/** Seconds or milliseconds since 1970. */
function fromNumber(written: string): Date | null {
  if (!/^\d{10}(?:\d{3})?$/.test(written)) return null
  return plausible(Number(written) * (written.length === 10 ? 1000 : 1))
}

function fromParts(written: string): Date | null {
  const compact = /^(\d{8})(\d{4}(?:\d{2})?)(?!\d)(.*)$/.exec(written)
  if (compact !== null) return fromParts(`${compact[1]}T${compact[2]}${compact[3]}`)
  const time = clock.exec(written) ?? bareClock.exec(written)
  const before = time === null ? written : written.slice(0, time.index)
  const after = time === null ? '' : written.slice(time.index + time[0].length)
  const day = numericDay(before) ?? namedDay(`${before} ${after.replace(/[+-]\d{1,2}:?\d{2}\b/, ' ')}`)
  if (day === null) return null
  if (time === null) return plausible(Date.UTC(day.year, day.month, day.day))
  const seconds = secondsOf(time, before)
  if (seconds === null) return null
  const at = Date.UTC(day.year, day.month, day.day) + seconds * 1000 - zone(before, after) * 60_000
  return plausible(at)
}

function zone(before: string, after: string): number {
  // Korean feeds give no zone, and mean their own.
  if (/[년월일]|오전|오후/.test(before)) return 540
  return zoneMinutes(after)
}

/** The hour by the 24-hour clock, where a half of the day is given. */
function fullHour(hour: number, half: string, before: string): number {
  if (/^p/i.test(half) || /오후|下午|午後/.test(before)) return hour < 12 ? hour + 12 : hour
  if (/^a/i.test(half) || /오전|上午|午前/.test(before)) return hour === 12 ? 0 : hour
  return hour
}

function secondsOf(time: RegExpExecArray, before: string): number | null {
  const [, hours, minutes = '0', seconds = '0', fraction, half = ''] = time
  const hour = fullHour(Number(hours), half, before)
  if (hour > 24 || Number(minutes) > 59 || Number(seconds) > 60) return null
  return hour * 3600 + Number(minutes) * 60 + Number(seconds) + Number(`0.${fraction ?? 0}`)
}

function checked(year: number, month: number, day: number): Day | null {
  const possible = year >= firstYear && month >= 0 && month <= 11 && day >= 1 && day <= 31
  return possible ? { year, month, day } : null
}

function fullYear(written: string): number {
  const year = Number(written)
  if (written.length > 2) return year
  return year < 70 ? 2000 + year : 1900 + year
}

function numericDay(text: string): Day | null {
  const cjk = /(\d{4})\s*[년年]\s*(\d{1,2})\s*[월月]\s*(\d{1,2})\s*[일日]/.exec(text)
  if (cjk !== null) return checked(Number(cjk[1]), Number(cjk[2]) - 1, Number(cjk[3]))
  const week = /(?:^|\s)(\d{4})-?W(\d{2})(?:-?([1-7]))?/i.exec(text)
  if (week !== null) return weekDay(Number(week[1]), Number(week[2]), Number(week[3] ?? 1))
  const yearFirst =
    /(?:^|[\s,])(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?|(\d{2})(\d{2}))?(?![\d\p{L}.:/-])/u.exec(text)
  if (yearFirst !== null && !/\p{L}{3}/u.test(text)) {
    return checked(
      Number(yearFirst[1]),
      Number(yearFirst[3] ?? yearFirst[5] ?? 1) - 1,
      Number(yearFirst[4] ?? yearFirst[6] ?? 1),
    )
  }
  const ordinal = /^(\d{4})-?(\d{3})$/.exec(text.trim())
  if (ordinal !== null) return fromUtc(Date.UTC(Number(ordinal[1]), 0, Number(ordinal[2])))
  const yearLast = /(?:^|[\s,])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/.exec(text)
  return yearLast === null ? null : dayAndMonth(yearLast)
}

/** `3/4/2025` is American unless it cannot be; with dots or hyphens the day comes first. */
function dayAndMonth(parts: RegExpExecArray): Day | null {
  const [, first = '', separator = '', second = '', year = ''] = parts
  const american = separator === '/' ? Number(first) <= 12 : Number(second) > 12
  const [month, day] = american ? [first, second] : [second, first]
  return checked(fullYear(year), Number(month) - 1, Number(day))
}

function fromUtc(at: number): Day {
  const date = new Date(at)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth(), day: date.getUTCDate() }
}

/** ISO 8601: week 1 is the one with 4 January in it. */
function weekDay(year: number, week: number, day: number): Day {
  const fourth = new Date(Date.UTC(year, 0, 4))
  const monday = 4 - ((fourth.getUTCDay() + 6) % 7)
  return fromUtc(Date.UTC(year, 0, monday + (week - 1) * 7 + day - 1))
}

/** A date with its month in words, in any order: `Thu, 01 Jan 2004`, `January 1st, 2004`, `01-Jan-04`, `2004-július-13`. */
function namedDay(text: string): Day | null {
  const months = (text.match(/\p{L}[\p{L}\p{M}]+/gu) ?? []).map(monthNamed).filter((month) => month !== null)
  // The last one: `mar` is also Tuesday, and the day of the week comes first.
  const month = months.at(-1)
  if (month === undefined) return null
  const numbers = text.match(/\d+/g) ?? []
  const year =
    numbers.find((number) => number.length === 4) ?? (numbers.length >= 2 ? numbers.at(-1) : undefined)
  if (year === undefined || year.length > 4) return null
  const rest = [...numbers]
  rest.splice(year.length === 4 ? rest.indexOf(year) : rest.lastIndexOf(year), 1)
  const day = rest.find((number) => number.length <= 2)
  return checked(fullYear(year), month, Number(day ?? 1))
}
