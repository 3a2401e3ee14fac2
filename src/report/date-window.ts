import type { DateWindow } from '../status/claim.ts'
import { dayText, monthName } from './people-time.ts'
import { oneLine } from './plain.ts'

const day = 24 * 60 * 60 * 1000

/** A window for people: "5 August 2025", "early summer 2025", "Q3 2025", "by 30 June 2025", "no date". */
export function windowText(window: DateWindow | null): string {
  if (window === null || window.granularity === 'none') return 'no date'
  const from = parseDay(window.from)
  const to = parseDay(window.to)
  if (window.granularity === 'vague') return wordsOf(window) ?? rangeText(from, to)
  if (from === null || to === null) return rangeText(from, to)
  return spanText(window, from, to) ?? rangeText(from, to)
}

/** The words in which a window was promised, as the slippage line shows them; exact days and months as dates. */
export function windowWords(window: DateWindow | null): string {
  if (window === null || window.granularity === 'none') return 'no date'
  if (window.granularity === 'day') return windowText(window)
  return wordsOf(window) ?? windowText(window)
}

/** The last day of a window as a time (its end, exclusive), or null where it has none. */
export function windowEnd(window: DateWindow | null): Date | null {
  const last = parseDay(window?.to ?? null)
  return last === null ? null : new Date(last.getTime() + day)
}

/** Whether two windows promise the same days. */
export function sameWindow(a: DateWindow | null, b: DateWindow | null): boolean {
  if (isNone(a) || isNone(b)) return isNone(a) === isNone(b)
  if (a?.from !== b?.from || a?.to !== b?.to) return false
  return a?.from !== null || a.to !== null || a.text === b?.text
}

function isNone(window: DateWindow | null): boolean {
  return window === null || window.granularity === 'none'
}

function parseDay(iso: string | null): Date | null {
  if (iso === null) return null
  const at = new Date(`${iso.slice(0, 10)}T00:00:00Z`)
  return Number.isNaN(at.getTime()) ? null : at
}

function wordsOf(window: DateWindow): string | null {
  const words = oneLine(window.text)
  return words === '' || words.length > 40 ? null : words
}

/** The name of a window that is one unit of its granularity; null where it spans several. */
function spanText(window: DateWindow, from: Date, to: Date): string | null {
  const year = to.getUTCFullYear()
  switch (window.granularity) {
    case 'day':
      return from.getTime() === to.getTime() ? dayText(from) : null
    case 'week':
      return `week of ${dayText(from)}`
    case 'month':
      return sameMonth(from, to) ? `${part(window)}${monthName(from.getUTCMonth())} ${year}` : null
    case 'quarter':
      return `Q${Math.floor(middle(from, to).getUTCMonth() / 3) + 1} ${year}`
    case 'season':
      return seasonText(window, from, to)
    case 'half':
      return `${middle(from, to).getUTCMonth() < 6 ? 'first' : 'second'} half of ${year}`
    case 'year':
      return from.getUTCFullYear() === year ? `${part(window)}${year}` : null
    default:
      return null
  }
}

/** Northern seasons, as the outlets that write "this summer" mostly mean them; a winter has the year it begins in. */
function seasonText(window: DateWindow, from: Date, to: Date): string {
  const centre = middle(from, to)
  const names = ['winter', 'spring', 'summer', 'autumn'] as const
  const name = names[Math.floor(((centre.getUTCMonth() + 1) % 12) / 3)] ?? 'winter'
  return `${part(window)}${name} ${from.getUTCFullYear()}`
}

/** "early ", "late ", "mid-" where the words say so, else nothing. */
function part(window: DateWindow): string {
  const word = /\b(early|mid|middle|later?|end)\b/i.exec(window.text)?.[1]?.toLowerCase()
  if (word === undefined) return ''
  if (word === 'early') return 'early '
  return word.startsWith('mid') ? 'mid-' : 'late '
}

function rangeText(from: Date | null, to: Date | null): string {
  if (from === null) return to === null ? 'no date' : `by ${dayText(to)}`
  if (to === null) return `${dayText(from)} or later`
  if (from.getTime() === to.getTime()) return dayText(from)
  return wholeMonths(from, to) ?? `${dayText(from)} to ${dayText(to)}`
}

/** "June to August 2025" where both ends are the ends of months. */
function wholeMonths(from: Date, to: Date): string | null {
  const endsMonth = new Date(to.getTime() + day).getUTCDate() === 1
  if (from.getUTCDate() !== 1 || !endsMonth) return null
  if (sameMonth(from, to)) return `${monthName(from.getUTCMonth())} ${from.getUTCFullYear()}`
  const sameYear = from.getUTCFullYear() === to.getUTCFullYear()
  const start = sameYear ? '' : ` ${from.getUTCFullYear()}`
  return `${monthName(from.getUTCMonth())}${start} to ${monthName(to.getUTCMonth())} ${to.getUTCFullYear()}`
}

function sameMonth(from: Date, to: Date): boolean {
  return from.getUTCMonth() === to.getUTCMonth() && from.getUTCFullYear() === to.getUTCFullYear()
}

function middle(from: Date, to: Date): Date {
  return new Date((from.getTime() + to.getTime()) / 2)
}
