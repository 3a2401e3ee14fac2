import type { DateWindow } from './claim.ts'
import { monthOf, monthWord, yearOf } from './date-days.ts'
import { civil, dayOf, monthEnd, parts, type Found } from './date-window.ts'

type Range = readonly [from: number | null, to: number | null, granularity: Found['granularity']]
interface Rule {
  readonly pattern: RegExp
  readonly read: (
    groups: readonly (string | undefined)[],
    at: Date,
    earlier: DateWindow | null,
  ) => Range | null
}

const stage =
  '(?:(early|mid|middle of|late|later in|later this|end of|beginning of|start of|the end of|first half of|second half of)[\\s-]+(?:the\\s+|in\\s+)?)?'
const numberWords = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
]

/** The part of a range that "early", "mid" or "late" names. */
function part(word: string | undefined, from: number, to: number): readonly [number, number] {
  const third = Math.floor((to - from + 1) / 3)
  const which = (word ?? '').toLowerCase()
  if (/^(early|beginning|start)/u.test(which)) return [from, from + third]
  if (which.startsWith('mid')) return [from + third, to - third]
  if (/^(late$|end|the end)/u.test(which)) return [to - third, to]
  if (which.startsWith('first half')) return [from, from + Math.floor((to - from) / 2)]
  if (which.startsWith('second half')) return [from + Math.floor((to - from) / 2) + 1, to]
  return [from, to]
}

const seasons: Readonly<Record<string, readonly [from: number, months: number]>> = {
  spring: [2, 3],
  summer: [5, 3],
  autumn: [8, 3],
  fall: [8, 3],
  winter: [11, 3],
  holiday: [10, 2],
  holidays: [10, 2],
  christmas: [11, 1],
}

function seasonRange(
  name: string,
  stated: string | undefined,
  next: boolean,
  at: Date,
): readonly [number, number] {
  const [month, length] = seasons[name.toLowerCase()] ?? [0, 12]
  const now = parts(dayOf(at))
  let year = stated ? Number(stated) : now.year
  if (!stated && monthEnd(year, month + length - 1) < dayOf(at)) year += 1
  else if (!stated && name.toLowerCase() === 'winter' && now.month < 2) year -= 1
  if (next && year === now.year && now.month >= month - 2) year += 1
  return [civil(year, month, 1), monthEnd(year, month + length - 1)]
}

function count(word: string | undefined): number {
  const text = (word ?? '').toLowerCase()
  if (/^\d+$/u.test(text)) return Number(text)
  if (text === 'a' || text === 'an') return 1
  if (/^(couple|a couple)/u.test(text)) return 2
  if (/^(few|a few|several)/u.test(text)) return 4
  return Math.max(1, numberWords.indexOf(text))
}

function daysOf(unit: string | undefined): number {
  const text = (unit ?? '').toLowerCase()
  if (text.startsWith('day')) return 1
  if (text.startsWith('week')) return 7
  return text.startsWith('month') ? 30 : 365
}

function unitGranularity(unit: string | undefined): Found['granularity'] {
  const text = (unit ?? '').toLowerCase()
  if (text.startsWith('day')) return 'day'
  if (text.startsWith('week')) return 'week'
  return text.startsWith('month') ? 'month' : 'year'
}

function thisUnit(which: string, unit: string, at: Date): Range {
  const now = dayOf(at)
  const { year, month, weekday } = parts(now)
  const step = which === 'next' ? 1 : which === 'last' ? -1 : 0
  switch (unit) {
    case 'week': {
      const monday = now - ((weekday + 6) % 7) + 7 * step
      return [monday, monday + 6, 'week']
    }
    case 'month':
      return [civil(year, month + step, 1), monthEnd(year, month + step), 'month']
    case 'quarter': {
      const first = Math.floor(month / 3) * 3 + 3 * step
      return [civil(year, first, 1), monthEnd(year, first + 2), 'quarter']
    }
    default:
      return [civil(year + step, 0, 1), monthEnd(year + step, 11), 'year']
  }
}

const quarterNames = ['first', 'second', 'third', 'fourth']

function quarter(number: number, stated: string | undefined, at: Date): Range {
  const now = parts(dayOf(at))
  const first = (number - 1) * 3
  const year = stated
    ? Number(stated.length === 2 ? `20${stated}` : stated)
    : first + 2 < now.month
      ? now.year + 1
      : now.year
  return [civil(year, first, 1), monthEnd(year, first + 2), 'quarter']
}

function half(number: number, stated: string | undefined, at: Date): Range {
  const year = stated ? Number(stated) : parts(dayOf(at)).year
  return [civil(year, (number - 1) * 6, 1), monthEnd(year, number * 6 - 1), 'half']
}

function shifted(earlier: DateWindow | null, days: number, unit: string | undefined): Range {
  if (!earlier?.from || !earlier.to) return [null, null, 'vague']
  const move = (iso: string): number => dayOf(new Date(iso)) + days
  return [
    move(earlier.from),
    move(earlier.to),
    unit?.startsWith('day') ? earlier.granularity : unitGranularity(unit),
  ]
}

const rules: readonly Rule[] = [
  {
    pattern:
      /\b(indefinitely|no (?:new |firm |fixed |set )?(?:release |launch )?(?:date|timeline|timeframe)(?= (?:is|was|has|given|set|yet|announced)|[,.;)]|$)|without a (?:new )?(?:date|timeline)|until further notice|sine die)\b/giu,
    read: () => [null, null, 'none'],
  },
  {
    pattern: new RegExp(
      `\\b(?:by |before |until |in |for )?(?:the )?(?:end of (?:the |this )?year|year[- ]end|end of (20\\d\\d)|late (20\\d\\d))\\b`,
      'giu',
    ),
    read: ([, a, b], at) => {
      const stated = a ?? b
      const year = stated ? Number(stated) : parts(dayOf(at)).year
      return [civil(year, 8, 1), monthEnd(year, 11), 'season']
    },
  },
  {
    pattern: /\b(?:the )?(first|second|third|fourth) quarter(?: of (?:the year|(20\d\d)))?/giu,
    read: ([, name = '', stated], at) => quarter(quarterNames.indexOf(name.toLowerCase()) + 1, stated, at),
  },
  {
    pattern: /\bQ([1-4])(?:[\s/-]+(?:of )?'?(20\d\d|\d\d)\b)?|\b([1-4])Q'?(\d\d)\b/gu,
    read: ([, a, b, c, d], at) => quarter(Number(a ?? c), b ?? d, at),
  },
  {
    pattern:
      /\b(?:the )?(first|second) half(?: of (?:the year|this year|(20\d\d)))?|\bH([12])(?:\s+(20\d\d))?\b/giu,
    read: ([, name, a, number, b], at) =>
      half(number ? Number(number) : name?.toLowerCase() === 'first' ? 1 : 2, a ?? b, at),
  },
  {
    pattern: new RegExp(
      `\\b${stage}(?:(this|next|the coming)\\s+)?(?:the\\s+)?(spring|summer|autumn|fall|winter|holidays?|christmas)(?!\\s+(?:apart|behind|short|in love|update camp|school|camp))(?:\\s+season)?(?:\\s+(?:of\\s+)?(20\\d\\d))?\\b`,
      'giu',
    ),
    read: ([whole = '', early, which, name = '', stated], at) => {
      const bare = !early && !which && !stated
      if (bare && !/^(?:summer|spring|autumn|winter)/iu.test(whole)) return null
      if (bare) return null
      const [from, to] = part(early, ...seasonRange(name, stated, which?.toLowerCase() === 'next', at))
      if (/later/iu.test(early ?? '')) return [Math.max(from, dayOf(at)), to, 'season']
      return [from, to, 'season']
    },
  },
  {
    pattern:
      /\b(?:in|during|by|before|for|until) (?:the )?(spring|summer|autumn|fall|winter|holidays?|holiday season|christmas)\b(?! (?:apart|behind|short|of love|(?:of )?20\d\d))/giu,
    read: ([, name = ''], at) => [...seasonRange(name.split(' ')[0] ?? '', undefined, false, at), 'season'],
  },
  {
    pattern: new RegExp(
      `\\b${stage}(?:(?:in|by|until|before|for|to|of|from|since|sometime in|as soon as|as early as|this|next)\\s+)*(${monthWord})(?![a-z])(?!\\s+\\d{1,2}(?!\\d))(?:,?\\s+(?:of\\s+)?(20\\d\\d))?`,
      'giu',
    ),
    read: ([whole = '', early, name = '', stated], at) => {
      const month = monthOf(name)
      if (!new RegExp(`[A-Z]${name.slice(1)}`, 'u').test(whole)) return null
      if (
        /^may$/iu.test(name) &&
        !stated &&
        !/\b(in|by|until|early|mid|late|of|before|for|this|next|to|end)\b/iu.test(whole)
      )
        return null
      const year = stated ? Number(stated) : yearOf(month, at)
      const range = part(early, civil(year, month, 1), monthEnd(year, month))
      return [...range, early ? 'week' : 'month']
    },
  },
  {
    pattern:
      /\b(later|early|earlier|late|sometime|end of)?\s?\b(this|next|last|the current) (week|month|quarter|year)\b/giu,
    read: ([, early, which = '', unit = ''], at) => {
      const [from, to, granularity] = thisUnit(which.toLowerCase(), unit.toLowerCase(), at)
      if (from === null || to === null) return null
      if (/^later/iu.test(early ?? '')) return [Math.max(from, dayOf(at)), to, granularity]
      const [a, b] = part(early, from, to)
      return [a, b, early && unit.toLowerCase() === 'year' ? 'season' : granularity]
    },
  },
  {
    pattern:
      /\b(?:in|over|within) the (?:coming|next|following) (days|weeks|months|year|years)\b|\b(?:the )?coming (days|weeks|months)\b|\b(?:a matter of|in just|in) (days|weeks|months)\b/giu,
    read: ([, a, b, c], at) => {
      const unit = a ?? b ?? c
      const now = dayOf(at)
      return [
        now,
        now + daysOf(unit) * (unit?.startsWith('day') ? 7 : unit?.startsWith('month') ? 6 : 5),
        'vague',
      ]
    },
  },
  {
    pattern:
      /\b(?:delayed|postponed|slips?|slipped|pushed back|push back|put off|delays?(?: \w+){0,4}|postpones?(?: \w+){0,4}|extended|extends?(?: \w+){0,4}) (?:by|for|another) (?:at least |about |roughly |another )?(a|an|one|two|three|four|five|six|seven|eight|nine|ten|\d+|a few|several|a couple of)[\s-](days?|weeks?|months?|years?)\b/giu,
    read: ([, amount, unit], _at, earlier) => shifted(earlier, count(amount) * daysOf(unit), unit),
  },
  {
    pattern:
      /\b(in|within|inside)(?: (?:the )?next)? (?:about |roughly |around |just |less than |under )?(a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+|a few|several|a couple of) (days?|weeks?|months?|years?)(?:'|’)?(?: time)?(?! (?:ago|old))\b/giu,
    read: ([, how = '', amount, unit], at) => {
      const now = dayOf(at)
      const ahead = count(amount) * daysOf(unit)
      if (how.toLowerCase() !== 'in') return [now, now + ahead, unitGranularity(unit)]
      const slack = Math.floor(daysOf(unit) / 2)
      return [now + ahead - slack, now + ahead + slack, unitGranularity(unit)]
    },
  },
  {
    pattern: new RegExp(
      `\\b(?:(early|mid|middle of|late|beginning of|start of)[\\s-]+)?(?:(?:in|by|until|before|to|for|from|till|sometime in|as soon as|as early as|of)\\s+)?(20[2-9]\\d)\\b(?!-\\d)`,
      'giu',
    ),
    read: ([whole = '', early, stated]) => {
      if (!early && !/\b(in|by|until|before|to|for|till)\b/iu.test(whole)) return null
      const year = Number(stated)
      const range = part(early, civil(year, 0, 1), monthEnd(year, 11))
      return [...range, early ? 'season' : 'year']
    },
  },
]

/** Finds dates that name a span: months, quarters, seasons, halves, years, "coming weeks", shifts, "indefinitely". */
export function readSpan(sentence: string, at: Date, earlier: DateWindow | null): Found[] {
  const all: Found[] = []
  for (const rule of rules) {
    for (const match of sentence.matchAll(rule.pattern)) {
      const range = rule.read(match, at, earlier)
      if (!range) continue
      const lead = /^\s*/u.exec(match[0])?.[0].length ?? 0
      const [from, to, granularity] = range
      all.push({ start: match.index + lead, end: match.index + match[0].length, from, to, granularity })
    }
  }
  return all
}
