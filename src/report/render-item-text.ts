import type { Paint } from './paint.ts'
import { agoText, count, shortDayText } from './people-time.ts'
import { clip, oneLine } from './plain.ts'
import type { ReportChange, ReportClaim } from './report-input.ts'
import { changeTitle } from './change-title.ts'
import type { ItemReport, LedgerEntry } from './status-report.ts'
import { certaintyWords } from './status-words.ts'
import { badge, beside, evidenceLines, gutter, measure, slippageLines, standingLine } from './text-parts.ts'
import { rejectionText } from './wishes.ts'
import { wrapText } from './wrap-text.ts'

/** Claims that decided nothing are many; the newest tell enough. */
const shownClaims = 10

/** One question in full: its history with every quote, who promised which date, what was said and did not count. */
export function renderItemText(item: ItemReport, now: Date, width: number, paint: Paint): string {
  const columns = Math.max(40, Math.min(width, gutter + measure))
  const beside14 = columns - gutter
  const head = [
    ...wrapText(item.question, beside14).map((line) => paint(line, 'strong')),
    ...wrapText(standingLine(item, paint), beside14),
    ...slippageLines(item.slippage, beside14),
    ...wrapText(item.quiet.text, beside14).map((line) => paint(line, 'faint')),
    ...wrapText(seenText(item, now), beside14).map((line) => paint(line, 'faint')),
  ]
  const blocks = [beside(badge(item, paint), head).join('\n')]
  blocks.push(
    section(
      'What happened',
      item.changes.toReversed().map((change) => changeLines(change, columns, paint)),
      paint,
    ),
  )
  if (item.ledger.length > 0)
    blocks.push(section('Promised dates', [ledgerLines(item.ledger, columns, paint)], paint))
  if (item.undecided.length > 0)
    blocks.push(section('Said, but not enough', undecided(item, columns, paint), paint))
  return blocks.join('\n\n') + '\n'
}

/** "id further-models · 31 matching entries, last 3 h ago · a keyword alert would have sent 412". */
function seenText(item: ItemReport, now: Date): string {
  const last = item.lastMatchAt === null ? '' : `, last ${agoText(item.lastMatchAt, now)}`
  const matches = `${item.matches.toLocaleString('en-GB')} matching ${item.matches === 1 ? 'entry' : 'entries'}${last}`
  const parts = [item.id, matches]
  if (item.keywordMatches !== null) {
    parts.push(`a keyword alert would have sent ${item.keywordMatches.toLocaleString('en-GB')}`)
  }
  return parts.join(' · ')
}

function section(title: string, blocks: readonly (readonly string[])[], paint: Paint): string {
  const body = blocks.length === 0 ? [['  Nothing yet: it stands where the watch began.']] : blocks
  return [paint(title, 'strong'), ...body.map((lines) => lines.join('\n'))].join('\n')
}

function changeLines(change: ReportChange, columns: number, paint: Paint): readonly string[] {
  const width = columns - gutter - 2
  const [deciding, ...others] = change.evidence
  const lines = [
    ...wrapText(`#${change.sequence} ${changeTitle(change)}`, width).map((line) => paint(line, change.to)),
    ...(deciding === undefined ? [] : evidenceLines(deciding, width, paint)),
    ...(deciding?.rejected === undefined
      ? []
      : wrapText(rejectionText(deciding.rejected), width).map((line) => paint(line, 'warning'))),
    ...others.flatMap((one) =>
      wrapText(
        `also ${oneLine(one.outlet)}, ${shortDayText(one.claimedAt)}: “${clip(one.quote, 120)}”`,
        width,
      ),
    ),
    ...wrapText(`why: ${oneLine(change.reason)}`, width).map((line) => paint(line, 'faint')),
  ]
  const day = shortDayText(change.at)
  return beside(day + ' '.repeat(Math.max(1, gutter - day.length)), lines).map((line) => `  ${line}`)
}

function ledgerLines(ledger: readonly LedgerEntry[], columns: number, paint: Paint): readonly string[] {
  return ledger.flatMap((entry) => {
    const word = entry.decided ? '' : ' (only said)'
    const day = shortDayText(entry.at)
    const lines = wrapText(`${entry.words}, ${oneLine(entry.outlet)}${word}`, columns - gutter - 2)
    return beside(day + ' '.repeat(Math.max(1, gutter - day.length)), lines).map(
      (line) => `  ${entry.decided ? line : paint(line, 'faint')}`,
    )
  })
}

function undecided(item: ItemReport, columns: number, paint: Paint): readonly (readonly string[])[] {
  const shown = item.undecided.slice(0, shownClaims).map((claim) => claimLines(claim, columns, paint))
  const more = item.undecided.length - shown.length
  return more > 0 ? [...shown, [`  and ${count(more, 'more claim')}, in full with --json`]] : shown
}

function claimLines(claim: ReportClaim, columns: number, paint: Paint): readonly string[] {
  const width = columns - gutter - 2
  const day = shortDayText(claim.at)
  const lines = [
    ...wrapText(`“${clip(claim.quote, 160)}”`, width),
    ...wrapText(
      `${oneLine(claim.outlet)} · ${claim.signal ?? 'a date'}, ${certaintyWords[claim.certainty]}`,
      width,
    ).map((line) => paint(line, 'faint')),
    ...(claim.reason === null
      ? []
      : wrapText(`why not: ${oneLine(claim.reason)}`, width).map((line) => paint(line, 'faint'))),
  ]
  return beside(day + ' '.repeat(Math.max(1, gutter - day.length)), lines).map((line) => `  ${line}`)
}
