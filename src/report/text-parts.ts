import stringWidth from 'string-width'
import { windowText } from './date-window.ts'
import type { Paint } from './paint.ts'
import { count, dayText, momentText, shortDayText } from './people-time.ts'
import { clip, oneLine } from './plain.ts'
import type { ReportEvidence } from './report-input.ts'
import { safeUrl } from './safe-url.ts'
import type { ItemReport, ItemSight } from './status-report.ts'
import { certaintyWords, isSettled, statusSymbols } from './status-words.ts'
import { wishesText } from './wishes.ts'
import { wrapText } from './wrap-text.ts'

/** Columns between the status words and the texts beside them. */
export const gutter = 14

/** Longest line that is pleasant to read, whatever the width of the terminal. */
export const measure = 100

/** "● happened  " in the status's colour, filled up to the gutter. */
export function badge(item: ItemReport, paint: Paint): string {
  const word = `${statusSymbols[item.status]} ${item.status}`
  return paint(word, item.status) + ' '.repeat(Math.max(1, gutter - stringWidth(word)))
}

/** Texts under one another beside the gutter, the first of them after the badge. */
export function beside(first: string, lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => (index === 0 ? first : ' '.repeat(gutter)) + line)
}

/** When, how sure, until when: "since 10 June 2025 · expected late summer 2025 · disputed". */
export function standingLine(item: ItemReport, paint: Paint): string {
  const parts = [`since ${dayText(item.since)}`]
  if (!isSettled(item.status) && item.expected !== null) parts.push(`expected ${windowText(item.expected)}`)
  if (item.disputed) parts.push(paint('disputed', 'warning'))
  if (item.overdue !== null) parts.push(paint(overdueText(item), 'warning'))
  if (item.sight.blindSince !== null) parts.push(paint(blindText(item.sight), 'warning'))
  if (item.state === 'paused') parts.push(paint('paused', 'warning'))
  parts.push(...wishesText(item.wishes))
  return parts.join(' · ')
}

/** "overdue for 12 days". */
export function overdueText(item: ItemReport): string {
  const days = item.overdue?.days ?? 0
  return days === 0 ? 'overdue since today' : `overdue for ${days} day${days === 1 ? '' : 's'}`
}

/** "blind since 5 August 2025, 17:02 UTC (1 of 3 feeds healthy)"; nothing while it sees. */
export function blindText({ blindSince, healthy, total }: ItemSight): string {
  if (blindSince === null) return ''
  return `blind since ${momentText(blindSince)} (${healthy} of ${count(total, 'feed')} healthy)`
}

/** A quote in its marks, and below it who said it, when, how surely, and the link alone on its line. */
export function evidenceLines(
  one: ReportEvidence,
  width: number,
  paint: Paint,
  limit = 280,
): readonly string[] {
  const quote = wrapText(`“${clip(one.quote, limit)}”`, width).map((line) => paint(line, 'quote'))
  const url = safeUrl(one.url)
  const source = `${oneLine(one.outlet)}, ${shortDayText(one.claimedAt)} · ${certaintyWords[one.certainty]}`
  const oneRow = url !== null && stringWidth(source) + stringWidth(url) + 3 <= width
  if (oneRow) return [...quote, paint(`${source} · ${url}`, 'faint')]
  const sources = [...wrapText(source, width), ...(url === null ? [] : [url])]
  return [...quote, ...sources.map((line) => paint(line, 'faint'))]
}

/** "promised: in the coming months → no date → 5 August 2025", broken only between steps; nothing for a single step. */
export function slippageLines(steps: readonly string[], width: number): readonly string[] {
  const [first = '', ...rest] = steps
  if (rest.length === 0) return []
  const lines: string[] = []
  let line = `promised: ${first}`
  for (const step of rest) {
    const joined = `${line} → ${step}`
    if (stringWidth(joined) > width) {
      lines.push(line)
      line = `→ ${step}`
    } else line = joined
  }
  return [...lines, line].flatMap((one) => wrapText(one, width))
}
