import type { ParsedComponents, ParsedResult } from 'chrono-node'
// all languages of chrono take three times as long to load as the rest of a small command
import { casual } from 'chrono-node/en'
import { civil, dayOf, parts, type Found } from './date-window.ts'

const monthNames = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec'
/** A month's name in a pattern, with its usual short forms. */
export const monthWord =
  '(?:jan(?:uary|\\.)?|feb(?:ruary|\\.)?|mar(?:ch|\\.)?|apr(?:il|\\.)?|may|june?|jun\\.|july?|jul\\.|aug(?:ust|\\.)?|sept?(?:ember|\\.)?|oct(?:ober|\\.)?|nov(?:ember|\\.)?|dec(?:ember|\\.)?)'

/** The number of a month's name, from 0. */
export function monthOf(name: string): number {
  return monthNames.split('|').indexOf(name.slice(0, 3).toLowerCase())
}

/** The year that a month without one means: the nearest that is not more than two months gone. */
export function yearOf(month: number, at: Date): number {
  const now = parts(dayOf(at))
  return month < now.month - 2 ? now.year + 1 : now.year
}

/** Finds dates that name a day: chrono's, and "any day now". Lengths of time ("in two weeks") are spans, not days. */
export function readDay(sentence: string, at: Date): Found[] {
  const reference = { instant: at, timezone: 0 }
  return [
    ...casual
      .parse(withoutVersions(sentence), reference)
      .flatMap((result) => dayOfResult(result, sentence, at) ?? []),
    ...[...sentence.matchAll(anyDay)].map((match) => {
      const now = dayOf(at)
      const start = match.index
      return { start, end: start + match[0].length, from: now, to: now + 6, granularity: 'week' as const }
    }),
  ]
}

/** Numbers that belong to a name and would be taken for a day: "GPT-5 August 7", "Windows 11 on 20 May", "Lumen 3 May 20". */
const version = new RegExp(
  `(?<=\\p{L}[-\u2011])\\d[\\d.]*|\\b\\d[\\d.]*(?= on \\d)|\\b\\d{1,2}(?= ${monthWord} \\d{1,2}(?!\\d))`,
  'giu',
)

/** The same sentence with such numbers blotted out, letter for letter, so that places stay. */
function withoutVersions(sentence: string): string {
  return sentence.replace(version, (number) => '_'.repeat(number.length))
}

const anyDay = /\b(?:right now|any (?:minute|day|moment) now)\b/giu
const lengthOfTime =
  /\b(?:second|minute|hour|day|week|fortnight|month|quarter|year|decade)s?\b|\bago\b|\bnow\b/iu

const smallMonth = /\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b/u
const fullWeekday = /\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b/iu

function dayOfResult(result: ParsedResult, sentence: string, at: Date): Found | null {
  const { index, text, start, end } = result
  const named = start.isCertain('day') || start.isCertain('weekday')
  // "24/7" and "13.1" are no dates: numbers alone need a year
  if (/^[\d\s./-]+$/u.test(text) && !/\d{4}/u.test(text)) return null
  // "may 9" is a verb and a number, "sat at 5pm" no Saturday
  if (!named || lengthOfTime.test(text) || smallMonth.test(text)) return null
  if (!start.isCertain('day') && !fullWeekday.test(text)) return null
  const from = civilDay(start, at, text)
  const to = end ? civilDay(end, at, text) : from
  if (to < from) return null
  const on = /\bon\s+$/iu.exec(sentence.slice(0, index))?.[0].length ?? 0
  return { start: index - on, end: index + text.length, from, to, granularity: to === from ? 'day' : 'week' }
}

/** A month without a year is the nearest; a weekday without "last" is the next one. */
function civilDay(day: ParsedComponents, at: Date, text: string): number {
  const month = (day.get('month') ?? 1) - 1
  const date = day.get('day') ?? 1
  if (day.isCertain('month') && !day.isCertain('year')) return civil(yearOf(month, at), month, date)
  const named = civil(day.get('year') ?? at.getUTCFullYear(), month, date)
  const isWeekday = day.isCertain('weekday') && !day.isCertain('day')
  return isWeekday && named < dayOf(at) && !/\b(?:last|past)\b/iu.test(text) ? named + 7 : named
}
