import { setTimeout as sleep } from 'node:timers/promises'
import type { System } from '../compose.ts'
import type { Config } from '../config/config.ts'
import { acceleratedClock, type Clock } from '../pipeline/clock.ts'
import { startDaemon } from '../pipeline/daemon.ts'
import { dayText } from '../report/people-time.ts'
import { renderText } from '../report/render-text.ts'
import { listDeliveries } from '../store/deliveries.ts'
import { startDemoFeed, type DemoEntry, type DemoFeed } from './demo-feed.ts'
import { CommandFailed } from './fault.ts'
import type { Io, TickerLine } from './io.ts'
import { withSystem } from './open-system.ts'
import { terminalPaint } from './paint.ts'

const dayMs = 24 * 60 * 60_000
/** The story's clock starts a little before its first entry. */
const marginMs = 5 * dayMs
/** The story is not told faster than this, however slowly the database started; nor slower. Milliseconds. */
const shortestMs = 12_000
const longestMs = 24_000
/** What is left to do when the last entry is out: polls, alerts, the report, the end. Milliseconds. */
const endingMs = 3_000
/** A machine that has not told the story by then is stuck. Milliseconds. */
const stuckMs = 60_000
const longAgoMs = 100 * 365 * dayMs

export interface StoryOptions {
  readonly config: Config
  readonly entries: readonly DemoEntry[]
  readonly ticker: TickerLine
  /** Ends the story at once, without a report. */
  readonly signal: AbortSignal
  /** Milliseconds until the whole should be over. */
  readonly timeLeft: () => number
}

/**
 * Tells the story through the daemon and prints the report, unless stopped. The server of its database is stopped then.
 * Throws CommandFailed when it does not come to its end.
 */
export async function runStory(io: Io, options: StoryOptions): Promise<void> {
  const { config, entries, ticker, signal } = options
  ticker.show('a database for the demo is being made …')
  const opened = {
    application: 'demo',
    logLevel: 'warn',
    config: demoConfig(config, null),
    clock: () => storyClock(options),
    pageUrl: () => null,
  }
  await withSystem(io, opened, async (system) => {
    const isStopped = () => signal.aborted
    if (isStopped()) return
    const feed = await startDemoFeed(entries, system.clock)
    try {
      await system.useConfig(demoConfig(config, feed.url))
      await system.bringIn()
      await tell(system, { feed, ticker, signal })
    } finally {
      await feed.close()
    }
    if (isStopped()) return
    const report = await system.report()
    io.out(`${'─'.repeat(Math.min(io.width(), 100))}\n\nAfterwards, openwatch status says:\n\n`)
    io.out(`${renderText(report, io.width(), terminalPaint(io.colour))}\n`)
  })
}

/** Made when the database is ready, so that the time to make it is not taken from the story. */
function storyClock({ entries, timeLeft }: StoryOptions): Clock {
  const first = entries[0]?.publishedAt ?? new Date()
  const last = entries.at(-1)?.publishedAt ?? first
  const start = new Date(first.getTime() - marginMs)
  const length = Math.min(longestMs, Math.max(shortestMs, timeLeft() - endingMs))
  return acceleratedClock(start, (last.getTime() - start.getTime()) / length)
}

/** The shipped configuration with the demo's feed alone, and nothing that would reach out of this process. */
function demoConfig(config: Config, url: string | null): Config {
  return {
    ...config,
    historyFiles: [],
    feeds: url === null ? [] : [{ url, title: 'the story so far', every: 60_000 }],
    channels: [{ id: 'console', type: 'console', group: false }],
    polling: { ...config.polling, allowPrivateHosts: ['127.0.0.1'], firstPollMaxAge: longAgoMs },
  }
}

interface Telling {
  readonly feed: DemoFeed
  readonly ticker: TickerLine
  readonly signal: AbortSignal
}

async function tell(system: System, { feed, ticker, signal }: Telling): Promise<void> {
  const daemon = await startDaemon({ ...system, concurrency: 2, every: '* * * * * *', graceMs: 15_000 })
  try {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(stuckMs)])
    const date = () => ticker.show(dayText(system.clock.now()))
    const isOver = async () => feed.isRead() && (await allDelivered(system))
    while (!patience.aborted && !(await isOver())) {
      if (!feed.isRead()) date()
      await sleep(100, undefined, { signal: patience }).catch(() => undefined)
    }
    if (patience.aborted && !signal.aborted)
      throw new CommandFailed(
        'the demo did not come to its end; LOG_LEVEL=info openwatch demo tells what happens',
      )
  } finally {
    ticker.clear()
    await daemon.stop()
  }
}

async function allDelivered({ db }: System): Promise<boolean> {
  const deliveries = await listDeliveries(db.pool, 1000)
  return deliveries.every((delivery) => delivery.state !== 'waiting')
}
