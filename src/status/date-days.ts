import { civil, dayOf, parts, type Found } from './date-window.ts'

const monthNames = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec'
/** A month's name in a pattern, with its usual short forms. */
export const monthWord =
  '(?:jan(?:uary|\\.)?|feb(?:ruary|\\.)?|mar(?:ch|\\.)?|apr(?:il|\\.)?|may|june?|jun\\.|july?|jul\\.|aug(?:ust|\\.)?|sept?(?:ember|\\.)?|oct(?:ober|\\.)?|nov(?:ember|\\.)?|dec(?:ember|\\.)?)'

const dayNumber = '(\\d{1,2})(?:st|nd|rd|th)?'
const year = '(?:,?\\s+(20\\d\\d))?'
const monthDay = new RegExp(
  `\\b(?:on\\s+)?(${monthWord})\\s+${dayNumber}(?:\\s*[-–]\\s*${dayNumber})?(?![\\d:%.]\\d|\\d)${year}`,
  'giu',
)
const dayMonth = new RegExp(`\\b(?:the\\s+)?${dayNumber}\\s+(?:of\\s+)?(${monthWord})(?![a-z])${year}`, 'giu')
const isoDay = /\b(20\d\d)-(\d{2})-(\d{2})\b/gu
const slashDay = /\b(\d{1,2})\/(\d{1,2})\/(20\d\d)\b/gu
const relativeDay = /\b(today|tonight|tomorrow|yesterday|right now|any (?:minute|day|moment) now)\b/giu
const weekday =
  /\b(?:(next|this|last|on|by|until|coming)\s+)?(monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b/giu
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

/** The number of a month's name, from 0. */
export function monthOf(name: string): number {
  return monthNames.split('|').indexOf(name.slice(0, 3).toLowerCase())
}

/** The year that a month without one means: the nearest that is not more than two months gone. */
export function yearOf(month: number, at: Date): number {
  const now = parts(dayOf(at))
  return month < now.month - 2 ? now.year + 1 : now.year
}

/** Finds dates that name a day. */
export function readDay(sentence: string, at: Date): Found[] {
  return [
    ...readMonthDays(sentence, at),
    ...readNumericDays(sentence),
    ...readRelativeDays(sentence, at),
    ...readWeekdays(sentence, at),
  ]
}

function found(
  match: RegExpMatchArray,
  from: number,
  to = from,
  granularity: Found['granularity'] = 'day',
): Found {
  const start = match.index ?? 0
  return { start, end: start + match[0].length, from, to, granularity }
}

function readMonthDays(sentence: string, at: Date): Found[] {
  const days: Found[] = []
  for (const match of sentence.matchAll(monthDay)) {
    const [, name = '', first = '', last, stated] = match
    const from = dayIn(name, first, stated, at)
    const to = last === undefined ? from : dayIn(name, last, stated, at)
    if (from !== null && to !== null) days.push(found(match, from, to, last === undefined ? 'day' : 'week'))
  }
  for (const match of sentence.matchAll(dayMonth)) {
    const [, day = '', name = '', stated] = match
    const from = dayIn(name, day, stated, at)
    if (from !== null) days.push(found(match, from))
  }
  return days
}

/** A day of a named month; null where the name is a verb ("may 9") or the number no day. */
function dayIn(name: string, day: string, year: string | undefined, at: Date): number | null {
  const number = Number(day)
  if (!/^[A-Z]/u.test(name) || number < 1 || number > 31) return null
  const month = monthOf(name)
  return civil(year ? Number(year) : yearOf(month, at), month, number)
}

function readNumericDays(sentence: string): Found[] {
  const days: Found[] = []
  for (const match of sentence.matchAll(isoDay)) {
    const [, inYear, month, day] = match
    days.push(found(match, civil(Number(inYear), Number(month) - 1, Number(day))))
  }
  for (const match of sentence.matchAll(slashDay)) {
    const [, a, b, inYear] = match
    const [month, day] = Number(a) > 12 ? [Number(b), Number(a)] : [Number(a), Number(b)]
    if (month >= 1 && month <= 12) days.push(found(match, civil(Number(inYear), month - 1, day)))
  }
  return days
}

function readRelativeDays(sentence: string, at: Date): Found[] {
  const now = dayOf(at)
  return [...sentence.matchAll(relativeDay)].map((match) => {
    const word = (match[1] ?? '').toLowerCase()
    if (word.startsWith('any')) return found(match, now, now + 6, 'week')
    return found(match, now + (word === 'tomorrow' ? 1 : word === 'yesterday' ? -1 : 0))
  })
}

function readWeekdays(sentence: string, at: Date): Found[] {
  const now = dayOf(at)
  return [...sentence.matchAll(weekday)].map((match) => {
    const ahead = (weekdays.indexOf((match[2] ?? '').toLowerCase()) - parts(now).weekday + 7) % 7
    const which = (match[1] ?? '').toLowerCase()
    if (which === 'last') return found(match, now + ahead - 7)
    if (which === 'next') return found(match, now + (ahead === 0 ? 7 : ahead))
    return found(match, now + ahead)
  })
}
