import { setTimeout as sleep } from 'node:timers/promises'
import type { System } from '../compose.ts'
import { reportChanges } from '../report/report-changes.ts'
import type { StatusReport } from '../report/status-report.ts'
import type { Io } from './io.ts'
import type { StopSignal } from './start.ts'

/** How often the report is made anew, in milliseconds. */
const everyMs = 2000

/** What is shown of a report, and what it is made from. */
export interface Watched {
  readonly read: () => Promise<StatusReport>
  readonly render: (report: StatusReport) => string
}

/**
 * `openwatch status --watch`: on a terminal the report, drawn anew when it changes, on a screen of its own that is given
 * back at the end; in a pipe first the report and then each change as a line. Until told to stop.
 */
export async function watchStatus(io: Io, stop: StopSignal, watched: Watched): Promise<number> {
  const stopping = new AbortController()
  void stop.stopped.then(() => stopping.abort())
  return io.isTerminal === true
    ? drawAnew(io, stopping.signal, watched)
    : printChanges(io, stopping.signal, watched)
}

async function printChanges(io: Io, signal: AbortSignal, { read, render }: Watched): Promise<number> {
  let before = await read()
  io.out(render(before))
  while (await waited(signal)) {
    const after = await read()
    for (const line of reportChanges(before, after)) io.out(`${line}\n`)
    before = after
  }
  return 0
}

async function drawAnew(io: Io, signal: AbortSignal, { read, render }: Watched): Promise<number> {
  let text = render(await read())
  let drawn = ''
  io.out(screen.enter)
  try {
    do {
      const wanted = frame(text, io.height?.() ?? 24)
      if (wanted !== drawn) io.out(wanted)
      drawn = wanted
      if (!(await waited(signal))) break
      text = render(await read())
    } while (!signal.aborted)
  } finally {
    io.out(screen.leave)
  }
  // what was seen last stays on the terminal, as after any command
  io.out(text)
  return 0
}

/** A second screen, without a cursor; the first one comes back as it was. */
const screen = { enter: '\u001B[?1049h\u001B[?25l', leave: '\u001B[?25h\u001B[?1049l' }

/** Text as one drawing from the top: each line erases what was behind it, the rest of the screen is cleared at the end. */
export function frame(text: string, rows: number): string {
  const lines = text.trimEnd().split('\n')
  const shown =
    lines.length <= rows
      ? lines
      : [...lines.slice(0, rows - 1), `… ${lines.length - rows + 1} more lines; a larger window shows them`]
  // drawn at once where the terminal can (synchronized output): nothing is seen half-way
  return `\u001B[?2026h\u001B[H${shown.map((line) => `${line}\u001B[K`).join('\r\n')}\u001B[J\u001B[?2026l`
}

/** False when the end has come. */
async function waited(signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(everyMs, undefined, { signal })
    return true
  } catch {
    return false
  }
}

/** The report of a system, tried again after a fault of the database: who watches wants to see it come back. */
export function steadyReport(
  system: Pick<System, 'report'>,
  ids: readonly string[] | undefined,
  onFault: (error: unknown) => void,
): () => Promise<StatusReport> {
  let last: StatusReport | null = null
  return async () => {
    try {
      last = await system.report(ids)
    } catch (error) {
      if (last === null) throw error
      onFault(error)
    }
    return last
  }
}
