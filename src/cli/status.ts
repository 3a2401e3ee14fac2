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
import { withCommandSystem } from './open-system.ts'
import { terminalPaint } from './paint.ts'

export interface StatusOptions {
  readonly json?: boolean
  readonly markdown?: boolean
}

/** `openwatch status [item]`: where every question stands, or one of them in full. Throws UsageError for an unknown item. */
export async function status(io: Io, itemId: string | undefined, options: StatusOptions): Promise<number> {
  return withCommandSystem(io, async (system) => {
    const report = await system.report(itemId === undefined ? undefined : [itemId])
    const print = (text: string) => io.out(text.endsWith('\n') ? text : `${text}\n`)
    if (itemId === undefined) {
      if (options.json === true) print(JSON.stringify(renderJson(report), null, 2))
      else if (options.markdown === true) print(renderMarkdown(report))
      else print(`${renderText(report, io.width(), terminalPaint(io.colour))}${atWork(report, io)}`)
      return 0
    }
    const item = report.items[0]
    if (item === undefined) throw new UsageError(await noSuchItem(system.db.pool, itemId))
    if (options.json === true) print(JSON.stringify(renderItemJson(item), null, 2))
    else if (options.markdown === true) print(renderItemMarkdown(item))
    else print(renderItemText(item, report.generatedAt, io.width(), terminalPaint(io.colour)))
    return 0
  })
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
