import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Config } from '../config/config.ts'
import { shippedDirectory } from '../config/directory.ts'
import { monthText } from '../report/people-time.ts'
import { wrapText } from '../report/wrap-text.ts'
import { demoEntries, type DemoEntry } from './demo-feed.ts'
import { runStory } from './demo-story.ts'
import { tickerLine, type Io } from './io.ts'
import { readConfig } from './open-system.ts'
import { terminalPaint } from './paint.ts'
import type { StopSignal } from './start.ts'

/** How long the whole takes where the machine is not too busy, in milliseconds. */
const wholeMs = 27_000

/** `openwatch demo`: the shipped story again in half a minute, through the real daemon on a database that is thrown away. */
export async function demo(io: Io, stop: StopSignal): Promise<number> {
  const began = performance.now()
  const elapsed = () => performance.now() - began
  const stopping = new AbortController()
  void stop.stopped.then(() => stopping.abort())
  const data = join(tmpdir(), `openwatch-demo-${randomUUID()}`)
  const ticker = tickerLine(io)
  const own: Io = { ...io, out: ticker.above, env: demoEnvironment(io, data) }
  const config = await readConfig(own)
  const entries = await demoEntries(config.historyFiles)
  io.out(`${header(config, entries, io)}\n\n`)
  try {
    const { signal } = stopping
    await runStory(own, { config, entries, ticker, signal, timeLeft: () => wholeMs - elapsed() })
  } finally {
    ticker.clear()
    await rm(data, { recursive: true, force: true, maxRetries: 5 })
  }
  io.out(`${farewell(stopping.signal.aborted, elapsed())}\n`)
  return 0
}

/** Nothing of the person's own: the shipped configuration, and a database in a folder that is thrown away. */
function demoEnvironment({ env }: Io, data: string): Io['env'] {
  return { LOG_LEVEL: env['LOG_LEVEL'], OPENWATCH_CONFIG: shippedDirectory(), OPENWATCH_DATA: data }
}

function header(config: Config, entries: readonly DemoEntry[], io: Io): string {
  const paint = terminalPaint(io.colour)
  const width = Math.min(io.width(), 100)
  const month = (entry: DemoEntry | undefined) => (entry ? monthText(entry.publishedAt) : 'the beginning')
  const idWidth = Math.max(...config.watchItems.map((item) => item.id.length))
  const what =
    `openwatch demo: what the press wrote about OpenAI's open-weight models from ${month(entries[0])} to ` +
    `${month(entries.at(-1))}, once more in half a minute.`
  const how =
    `A feed on this machine publishes ${entries.length} entries in their order, two weeks and more a second. The real ` +
    'daemon polls it every second, with a database of its own that is thrown away afterwards. It watches these questions:'
  const questions = config.watchItems.flatMap(({ id, question }) =>
    wrapText(question, width - idWidth - 4, 0).map((line, index) =>
      index === 0 ? `  ${paint(id.padEnd(idWidth), 'strong')}  ${line}` : `${' '.repeat(idWidth + 4)}${line}`,
    ),
  )
  const then =
    'It stays silent about entries that change nothing. Where an answer moves, it says so, with the sentence that proves it:'
  return [
    wrapText(what, width, 0).map((line) => paint(line, 'strong')),
    '',
    wrapText(how, width, 0),
    '',
    questions,
    '',
    wrapText(then, width, 0),
  ]
    .flat()
    .join('\n')
}

function farewell(stopped: boolean, elapsedMs: number): string {
  if (stopped) return 'The demo is stopped; what it made is removed again.'
  const seconds = Math.round(elapsedMs / 1000)
  return (
    `\nThat was the demo, in ${seconds} s; what it made is removed again.\n` +
    'Watch the real feeds: openwatch start. A question of your own: openwatch add --help'
  )
}
