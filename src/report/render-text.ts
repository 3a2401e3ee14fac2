import { attention } from './attention.ts'
import stringWidth from 'string-width'
import { feedsLines } from './render-feeds-text.ts'
import type { Paint } from './paint.ts'
import { count, momentText } from './people-time.ts'
import { badge, beside, evidenceLines, gutter, measure, slippageLines, standingLine } from './text-parts.ts'
import type { ItemReport, StatusReport } from './status-report.ts'
import { wrapText } from './wrap-text.ts'

/** The report for a terminal of `width` columns: questions, each with its status and proof, then the feeds. */
export function renderText(report: StatusReport, width: number, paint: Paint): string {
  const columns = Math.max(40, Math.min(width, gutter + measure))
  const blocks = [
    heading(report, columns, paint),
    ...report.items.map((item) => itemBlock(item, columns, paint).join('\n')),
    feedsLines(report.feeds, report.generatedAt, columns, paint).join('\n'),
  ]
  if (report.items.length === 0) blocks.splice(1, 0, noQuestions(columns))
  return blocks.join('\n\n') + '\n'
}

function heading(report: StatusReport, columns: number, paint: Paint): string {
  const left = [count(report.items.length, 'question'), ...attention(report.items)].join(' · ')
  const right = momentText(report.generatedAt)
  const gap = columns - stringWidth(left) - stringWidth(right)
  if (gap < 2) return `${paint(left, 'strong')}\n${paint(right, 'faint')}`
  return paint(left, 'strong') + ' '.repeat(gap) + paint(right, 'faint')
}

function noQuestions(columns: number): string {
  return wrapText(
    'Nothing is under watch yet. Add a question: openwatch add "Will …?" --subject "…"',
    columns,
  ).join('\n')
}

function itemBlock(item: ItemReport, columns: number, paint: Paint): readonly string[] {
  const width = columns - gutter
  const [deciding] = item.evidence
  const corroborating = item.evidence.length - 1
  const lines = [
    ...wrapText(item.question, width).map((line) => paint(line, 'strong')),
    ...wrapText(standingLine(item, paint), width),
    ...slippageLines(item.slippage, width),
    ...(deciding === undefined ? [] : evidenceLines(deciding, width, paint)),
    ...(corroborating > 0 ? [paint(`and ${count(corroborating, 'more source')}`, 'faint')] : []),
    ...wrapText(item.quiet.text, width).map((line) => paint(line, 'faint')),
  ]
  return beside(badge(item, paint), lines)
}
