import { pino } from 'pino'
import type { Page } from 'playwright-core'
import { Agent, request } from 'undici'
import { compose, type System } from '../src/compose.ts'
import { systemClock } from '../src/pipeline/clock.ts'
import { renderReportPage } from '../src/web/pages/board-page.tsx'
import { buildServer } from '../src/web/server.ts'
import { openBrowser, openPage } from '../test/support/browser.ts'
import { openBenchDatabase } from './bench-database.ts'
import type { BenchRow, SkippedRow } from './bench-row.ts'
import { fillBoard, moveBoard } from './board-material.ts'
import { shippedConfig } from '../test/support/shipped-config.ts'
import { wholeNumber } from './whole-number.ts'

const bench = 'board'
const questions = wholeNumber('OPENWATCH_BENCH_BOARD_QUESTIONS', 200)
const entries = wholeNumber('OPENWATCH_BENCH_BOARD_ENTRIES', 1_000_000)
const seconds = wholeNumber('OPENWATCH_BENCH_BOARD_SECONDS', 20)
const perSecond = wholeNumber('OPENWATCH_BENCH_BOARD_RATE', 50)
const uncachedTries = 10

/**
 * The board of many questions over many stored entries, asked for at a steady rate, whether or not the answers keep up,
 * while every second something on it moves. Beside it the same page made from the database for each request.
 */
export const run = async (): Promise<(BenchRow | SkippedRow)[]> => {
  const opened = await openSystem()
  const { system } = opened
  try {
    await fillBoard(system.db.pool, { questions, entries })
    const app = buildServer({
      report: () => system.report(),
      installation: 'bench',
      notReady: () => Promise.resolve(null),
      desk: system,
    })
    const base = await app.listen({ host: '127.0.0.1', port: 0 })
    try {
      const cold = await timed(() => get(base))
      const weight = await weightOf(base)
      const before = process.cpuUsage()
      const times = await load(system, base)
      const { user, system: kernel } = process.cpuUsage(before)
      const uncached = await withoutSnapshot(system)
      const paint = await firstPaint(base)
      return [...rowsOf({ cold, weight, times, uncached, cpuMs: (user + kernel) / 1000 }), paint]
    } finally {
      await app.close()
    }
  } finally {
    await opened.close()
  }
}

interface Measured {
  readonly cold: number
  readonly weight: { readonly plain: number; readonly zipped: number }
  /** Milliseconds, sorted. */
  readonly times: readonly number[]
  readonly uncached: readonly number[]
  /** Of the process that answers, asks and keeps the board up to date, for all requests. */
  readonly cpuMs: number
}

const rowsOf = ({ cold, weight, times, uncached, cpuMs }: Measured): BenchRow[] => {
  const of = `${questions} questions over ${entries.toLocaleString('en')} stored entries`
  const [median, beside] = [quantile(times, 0.5), quantile(uncached, 0.5)]
  const row = (figure: string, value: number, unit = 'ms'): BenchRow => ({ bench, figure, value, unit })
  return [
    {
      ...row(`the board of ${of}, ${perSecond} requests a second for ${seconds} s, median`, median),
      yardstick: 'made from the database for each request',
      ratio: median / beside,
    },
    row('99 of 100 within', quantile(times, 0.99)),
    row('the slowest', times.at(-1) ?? 0),
    row('CPU for a request, asking and keeping the board up to date included', cpuMs / times.length),
    row('the first after a start', cold),
    row('made from the database for each request, one after the other, median', beside),
    row('its page with stylesheet and scripts, as browsers ask for it', weight.zipped / 1000, 'kB'),
    row('the same uncompressed', weight.plain / 1000, 'kB'),
  ]
}

/** Asks at a steady rate: who has to wait does not keep the next from asking. */
const load = async (system: System, base: string): Promise<readonly number[]> => {
  const total = perSecond * seconds
  const began = performance.now()
  const asked: Promise<number>[] = []
  for (let n = 0; n < total; n++) {
    const due = began + (n * 1000) / perSecond
    const wait = due - performance.now()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    if (n % perSecond === 0) await moveBoard(system.db.pool, n / perSecond)
    // from when it was due: a server that holds up who asks is not to look faster for it
    asked.push(get(base).then(() => performance.now() - Math.min(due, performance.now())))
  }
  return (await Promise.all(asked)).sort((a, b) => a - b)
}

const withoutSnapshot = async (system: System): Promise<readonly number[]> => {
  const times = []
  for (let n = 0; n < uncachedTries; n++)
    times.push(await timed(async () => renderReportPage(await system.report())))
  return times.sort((a, b) => a - b)
}

const agent = new Agent({ connections: 50 })

const get = async (address: string): Promise<Buffer> => {
  const { statusCode, body } = await request(address, {
    dispatcher: agent,
    headers: { 'accept-encoding': 'gzip' },
  })
  const bytes = Buffer.from(await body.arrayBuffer())
  if (statusCode !== 200) throw new Error(`${address} answered ${statusCode}`)
  return bytes
}

const paintTries = 7
/** How often a page is asked whether it has painted, 20 ms apart. */
const paintLooks = 500

/** When the first words were on the screen, in milliseconds from the visit's start. Asked from outside: the page forbids `eval`. */
const paintedAt = async (page: Page): Promise<number> => {
  for (let look = 0; look < paintLooks; look += 1) {
    const at = await page.evaluate<number | null>(
      `performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null`,
    )
    if (at !== null) return at
    await page.waitForTimeout(20)
  }
  throw new Error('the page painted nothing in ten seconds')
}

/** From the start of a visit to the first words on the screen, in a browser that has nothing of it yet. */
const firstPaint = async (base: string): Promise<BenchRow | SkippedRow> => {
  const figure = `first paint in Chromium, cold, median of ${paintTries}`
  const browser = await openBrowser()
  if (browser === null) return { bench, figure, skipped: 'there is no Chromium (apt install chromium)' }
  const times: number[] = []
  for (let n = 0; n < paintTries; n++) {
    const { page, close } = await openPage(browser, base)
    await page.goto('/')
    times.push(await paintedAt(page))
    await close()
  }
  await browser.close()
  return {
    bench,
    figure,
    value: quantile(
      times.sort((a, b) => a - b),
      0.5,
    ),
    unit: 'ms',
  }
}

/** Everything that a browser loads for the board. */
const weightOf = async (base: string): Promise<Measured['weight']> => {
  const html = await (await fetch(base)).text()
  const paths = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].flatMap(([, path]) => path ?? [])
  const parts = await Promise.all(paths.map(async (path) => (await fetch(`${base}${path}`)).text()))
  const zipped = await Promise.all([base, ...paths.map((path) => `${base}${path}`)].map(get))
  const size = (texts: readonly (string | Buffer)[]) =>
    texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  return { plain: size([html, ...parts]), zipped: size(zipped) }
}

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now()
  await work()
  return performance.now() - began
}

const quantile = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0

/** A system over a Postgres of its own in a temporary directory. */
const openSystem = async (): Promise<{ readonly system: System; close(): Promise<void> }> => {
  const { db, first, close } = await openBenchDatabase({ fsync: 'off' })
  try {
    const config = { ...(await shippedConfig()), feeds: [], watchItems: [], historyFiles: [] }
    const system = compose({
      ...{ db, config, clock: systemClock, logger: pino({ level: 'silent' }) },
      surroundings: { output: { write: () => undefined }, width: () => 80 },
    })
    first(() => system.close())
    return { system, close }
  } catch (error) {
    await close()
    throw error
  }
}
