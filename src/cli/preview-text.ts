import type { WatchItem } from '../matching/watch-item.ts'
import type { Miss, Preview, PreviewedChange, PreviewStep } from '../pipeline/preview.ts'
import { windowText } from '../report/date-window.ts'
import type { Paint } from '../report/paint.ts'
import { count, shortDayText } from '../report/people-time.ts'
import { clip, oneLine } from '../report/plain.ts'
import { certaintyWords, statusSymbols } from '../report/status-words.ts'
import { wrapText } from '../report/wrap-text.ts'

const shownMisses = 8

/** How far a preview has come, on one line. */
export function progressText(step: Exclude<PreviewStep, { kind: 'done' }>): string {
  const { done, total } = step
  if (step.kind === 'judging') return `judging what matches … ${done} of ${total}`
  const back = step.backTo === null ? '' : `, back to ${shortDayText(step.backTo)}`
  return `looking through the stored entries … ${done} of ${total}${back}; ${step.matches} match`
}

/** What a question would have told, as text for people. */
export function renderPreview(item: WatchItem, seen: Preview, width: number, paint: Paint): string {
  const { changes, misses } = seen
  const told =
    `Over ${count(seen.entries, 'stored entry').replace('entrys', 'entries')}, ${seen.matches} of which match, this question would have told ` +
    `${count(changes.length, 'change')}; a keyword alert would have sent ${count(seen.keywordAlerts, 'message')}.`
  const blocks = [
    [...wrapText(item.question, width).map((line) => paint(line, 'strong')), ...wrapText(told, width)],
    ...(changes.length === 0 ? [] : [[paint('What it would have told', 'strong')]]),
    ...changes.map((change) => changeLines(change, width, paint)),
    ...(misses.length === 0 ? [] : [[paint('What came near and was not enough', 'strong')]]),
    ...misses.slice(0, shownMisses).map((miss) => missLines(miss, width, paint)),
    ...(misses.length > shownMisses
      ? [[`  and ${misses.length - shownMisses} more, in full with --json`]]
      : []),
  ]
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function changeLines({ claim, decision }: PreviewedChange, width: number, paint: Paint): string[] {
  const title =
    decision.kind === 'status-changed'
      ? `${statusSymbols[decision.to]} ${decision.from} → ${decision.to}`
      : `${statusSymbols[decision.status]} ${decision.status}, date: ${windowText(decision.expected)}`
  const role = decision.kind === 'status-changed' ? decision.to : decision.status
  return [
    `  ${shortDayText(decision.at).padEnd(13)}${paint(title, role)}`,
    ...indented(`“${clip(oneLine(claim.quote), 280)}”`, width, paint, 'quote'),
    ...indented(
      `${claim.outlet} · ${certaintyWords[decision.certainty]} · ${claim.url}`,
      width,
      paint,
      'faint',
    ),
    ...indented(`why: ${decision.reason}`, width, paint, 'faint'),
  ]
}

function missLines(miss: Miss, width: number, paint: Paint): string[] {
  const [first = '', ...rest] = wrapText(`“${clip(oneLine(miss.title), 160)}” ${miss.outlet}`, width - 15)
  return [
    `  ${shortDayText(miss.at).padEnd(13)}${first}`,
    ...rest.map((line) => ' '.repeat(15) + line),
    ...indented(`why not: ${miss.reason}`, width, paint, 'faint'),
  ]
}

function indented(text: string, width: number, paint: Paint, role: 'quote' | 'faint'): string[] {
  return wrapText(text, width - 15).map((line) => ' '.repeat(15) + paint(line, role))
}
