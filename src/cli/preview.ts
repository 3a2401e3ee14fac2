import { previewSteps, type Preview, type PreviewStep } from '../pipeline/preview.ts'
import { listItems, type StoredItem } from '../store/watch-items.ts'
import type { AddOptions } from './add.ts'
import { UsageError } from './fault.ts'
import { tickerLine, type Io } from './io.ts'
import { withCommandSystem } from './open-system.ts'
import { terminalPaint } from './paint.ts'
import { progressText, renderPreview } from './preview-text.ts'
import { noSuchItem } from './status.ts'
import { refuseUnknownKind, typedItem } from './typed.ts'

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
    const objections = { muted: stored?.muted ?? [], rejected: stored?.standing.rejected ?? [] }
    const seen = await previewed(io, previewSteps(system.db, item, config, { objections }))
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

async function previewed(io: Io, steps: AsyncIterable<PreviewStep>): Promise<Preview> {
  const line = tickerLine(io)
  for await (const step of steps) {
    if (step.kind !== 'done') line.show(progressText(step))
    else {
      line.clear()
      return step.preview
    }
  }
  throw new Error('the preview ended before it was done')
}
