import type { WatchItem } from '../matching/watch-item.ts'
import { preview, type Miss, type Preview, type PreviewedChange } from '../pipeline/preview.ts'
import { windowText } from '../report/date-window.ts'
import type { Paint } from '../report/paint.ts'
import { count, shortDayText } from '../report/people-time.ts'
import { clip, oneLine } from '../report/plain.ts'
import { certaintyWords, statusSymbols } from '../report/status-words.ts'
import { wrapText } from '../report/wrap-text.ts'
import { listItems, type StoredItem } from '../store/watch-items.ts'
import type { AddOptions } from './add.ts'
import { UsageError } from './fault.ts'
import { progressLine, type Io } from './io.ts'
import { withCommandSystem } from './open-system.ts'
import { terminalPaint } from './paint.ts'
import { noSuchItem } from './status.ts'
import { refuseUnknownKind, typedItem } from './typed.ts'

const shownMisses = 8

export interface PreviewOptions extends Omit<AddOptions, 'subject'> {
  readonly subject?: readonly string[]
  readonly json?: boolean
}

/**
 * `openwatch preview`: what a watch item would have told over the stored entries. The item is described as for `add`, or
 * is the id of one that exists. Throws UsageError for what cannot be taken.
 */
export async function previewItem(io: Io, question: string, options: PreviewOptions): Promise<number> {
  const { json, ...described } = options
  return withCommandSystem(io, async (system) => {
    const stored = described.subject === undefined ? await existing(system.db.pool, question) : null
    // without --since every stored entry counts
    const item = stored?.item ?? typedItem('preview', question, described, new Date(0))
    const config = system.config()
    refuseUnknownKind(item, config.kinds)
    const line = progressLine(io, 'judging the stored entries')
    const said = { muted: stored?.muted ?? [], rejected: stored?.standing.rejected ?? [] }
    const seen = await preview(system.db, item, config, line.show, said)
    line.clear()
    if (json === true) io.out(`${JSON.stringify({ item, ...seen, standing: undefined }, null, 2)}\n`)
    else io.out(renderPreview(item, seen, Math.min(io.width(), 100), terminalPaint(io.colour)))
    return 0
  })
}

async function existing(db: Parameters<typeof listItems>[0], id: string): Promise<StoredItem> {
  const [stored] = await listItems(db, [id])
  if (stored !== undefined) return stored
  if (/\s|\?/.test(id)) throw new UsageError('a new question needs a subject: add --subject "…"')
  throw new UsageError(await noSuchItem(db, id))
}

function renderPreview(item: WatchItem, seen: Preview, width: number, paint: Paint): string {
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
