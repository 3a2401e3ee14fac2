import { processesLine } from '../report/processes.ts'
import { renderItemJson, renderJson } from '../report/render-json.ts'
import { renderItemMarkdown, renderMarkdown } from '../report/render-markdown.ts'
import { renderItemText } from '../report/render-item-text.ts'
import { renderText } from '../report/render-text.ts'
import { wrapText } from '../report/wrap-text.ts'
import type { StatusReport } from '../report/status-report.ts'
import { listItems } from '../store/watch-items.ts'
import { UsageError } from './fault.ts'
import type { Io } from './io.ts'
import { withReadingSystem } from './open-system.ts'
import { terminalPaint } from './paint.ts'
import type { StopSignal } from './start.ts'
import { steadyReport, watchStatus } from './watch-status.ts'

export interface StatusOptions {
  readonly json?: boolean
  readonly markdown?: boolean
  /** Go on showing it, as it changes. */
  readonly watch?: boolean
}

/**
 * `openwatch status [item]`: where every question stands, or one of them in full; with `watch` until told to stop. Throws
 * UsageError for an unknown item.
 */
export async function status(
  io: Io,
  itemId: string | undefined,
  options: StatusOptions,
  stop: StopSignal,
): Promise<number> {
  return withReadingSystem(io, async (system) => {
    const ids = itemId === undefined ? undefined : [itemId]
    const first = await system.report(ids)
    if (itemId !== undefined && first.items.length === 0)
      throw new UsageError(await noSuchItem(system.db.pool, itemId))
    const render = (report: StatusReport) =>
      itemId === undefined ? whole(report, options, io) : single(report, options, io)
    if (options.watch !== true) {
      io.out(render(first))
      return 0
    }
    const read = steadyReport(system, ids, (error) =>
      system.logger.warn(
        { event: 'report-failed', err: error },
        'the report could not be read; it is tried again',
      ),
    )
    return watchStatus(io, stop, { read, render })
  })
}

function whole(report: StatusReport, { json, markdown }: StatusOptions, io: Io): string {
  if (json === true) return `${JSON.stringify(renderJson(report), null, 2)}\n`
  if (markdown === true) return ended(renderMarkdown(report))
  return ended(`${renderText(report, io.width(), terminalPaint(io.colour))}${atWork(report, io)}`)
}

function single(report: StatusReport, { json, markdown }: StatusOptions, io: Io): string {
  const [item] = report.items
  // removed while it was watched
  if (item === undefined) return 'it is not under watch any more\n'
  if (json === true) return `${JSON.stringify(renderItemJson(item), null, 2)}\n`
  if (markdown === true) return ended(renderItemMarkdown(item))
  return ended(renderItemText(item, report.generatedAt, io.width(), terminalPaint(io.colour)))
}

function ended(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`
}

/** Who works on all this, or that nobody does. */
function atWork({ processes = [] }: StatusReport, io: Io): string {
  return `${wrapText(processesLine(processes), io.width()).join('\n')}\n`
}

/** Says that there is no such item, and which there are. */
export async function noSuchItem(db: Parameters<typeof listItems>[0], id: string): Promise<string> {
  const known = (await listItems(db)).filter((item) => item.state !== 'retired').map((item) => item.item.id)
  return `there is no watch item "${id}"; there are: ${known.length === 0 ? 'none yet' : known.join(', ')}`
}
