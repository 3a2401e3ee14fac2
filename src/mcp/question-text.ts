import { changeTitle } from '../report/change-title.ts'
import { windowText } from '../report/date-window.ts'
import { count, dayText, momentText } from '../report/people-time.ts'
import type { ReportChange, ReportEvidence } from '../report/report-input.ts'
import type { ItemReport } from '../report/status-report.ts'
import { certaintyWords } from '../report/status-words.ts'
import { rejectionText } from '../report/wishes.ts'
import { untrusted, word } from './untrusted.ts'

/** A question in a list: what it asks and where it stands. */
export function questionLine(item: ItemReport): string {
  const marks = [
    ...(item.expected === null ? [] : [`expected ${word(windowText(item.expected))}`]),
    ...(item.disputed ? ['disputed'] : []),
    ...(item.overdue === null ? [] : [`overdue for ${count(item.overdue.days, 'day')}`]),
    ...(item.state === 'watching' ? [] : [item.state]),
  ]
  const standing = [`${item.status} since ${dayText(item.since)}`, ...marks].join(', ')
  return `- ${item.id}: ${item.question}\n  ${standing} (topic ${item.topic})`
}

/** A question in full: standing, evidence, changes, promised dates, what moved nothing. */
export function questionText(item: ItemReport): string {
  const changes = item.changes.toReversed().slice(0, 20).map(changeText)
  const ledger = item.ledger.map(
    (one) =>
      `- ${dayText(one.at)}: ${word(one.words)} (${word(one.outlet)}${one.decided ? '' : ', moved nothing'})`,
  )
  const undecided = item.undecided
    .slice(0, 10)
    .map((one) => `- ${untrusted(one.quote, one.outlet)}\n  moved nothing: ${word(one.reason ?? '')}`)
  return [
    questionLine(item),
    word(item.quiet.text),
    section('What carries this', item.evidence.map(evidenceText)),
    section('How the promised date moved', item.slippage.length < 2 ? [] : [word(item.slippage.join(' → '))]),
    section('Changes, newest first', changes),
    section('Every promised date', ledger),
    section('What was said and moved nothing', undecided),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** A change with its proof. */
export function changeText(change: ReportChange): string {
  const [deciding] = change.evidence
  const rejected = deciding?.rejected
  return [
    `- ${momentText(change.at)} #${change.sequence} ${word(changeTitle(change))}; recorded ${momentText(change.recordedAt)}`,
    `  why: ${word(change.reason)}`,
    ...(deciding === undefined ? [] : [`  ${evidenceText(deciding).slice(2)}`]),
    ...(rejected === undefined ? [] : [`  ${word(rejectionText(rejected))}`]),
  ].join('\n')
}

function evidenceText({ quote, outlet, url, claimedAt, certainty }: ReportEvidence): string {
  return `- ${untrusted(quote, outlet)} ${dayText(claimedAt)}, ${certaintyWords[certainty]}, ${word(url)}`
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${title}:\n${lines.join('\n')}`
}
