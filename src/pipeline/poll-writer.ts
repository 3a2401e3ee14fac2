import type { Logger } from 'pino'
import { maskUrl } from '../report/mask-url.ts'
import type { Database } from '../store/database.ts'
import { isDatabaseAway, whyUnable } from '../store/database-away.ts'
import { saveQuietPolls, type QuietPoll } from '../store/poll-log.ts'
import { createBatches } from './batches.ts'
import { pollFault } from './poll-fault.ts'
import type { PutOff } from './put-off.ts'
import { heatOf, recordPolls, type FetchedFeed, type Polled, type RecordOptions } from './record-polls.ts'
import type { Setback } from './setback.ts'

export interface PollWriterOptions {
  readonly db: Database
  readonly logger: Logger
  /** How polls are recorded, as the configuration stands. */
  readonly polling: () => RecordOptions
  /** Told of each poll that was not quiet. */
  readonly done: (polled: Polled) => void
  /** Told of polls that changed nothing, when they are written down. */
  readonly quiet?: (polls: readonly QuietPoll[]) => void
  /** Told whether polls can be written down. */
  readonly setback?: Setback
  /** Told whether those of each feed can. */
  readonly putOff?: PutOff
}

interface Told {
  readonly feedId: number
  readonly url: string
  /** Called when it is written down, or cannot be. */
  readonly written: () => void
}

/** Writes polls down, many at a time. */
export interface PollWriter {
  quiet(poll: QuietPoll & Told): void
  loud(poll: FetchedFeed & Told): void
  /** Writes a fault of ours down as a failed poll of the feed. */
  fault(poll: Told, error: unknown): Promise<void>
  /** Resolves when there is room for more; null when there is. */
  room(): Promise<void> | null
  drain(): Promise<void>
}

/**
 * How many are written at a time, and how long the first of a batch waits for others, in milliseconds: quiet polls by one
 * statement, the others by one transaction. Of the latter each waits for all: twenty at a time cost three percent less than
 * eight, and news would be two and a half times as late when much comes in at once. While one batch is being written the next
 * gathers by itself.
 */
const atOnce = {
  quiet: { most: 500, waitMs: 50 },
  loud: { most: 8, waitMs: 5 },
  news: { most: 200, waitMs: 50 },
}

/**
 * Collects polls and writes them down in batches: those that changed nothing in one statement, the others in one
 * transaction. Where that fails for what was to be written, they are tried in parts and alone, so that one bad feed never
 * stops others.
 */
export function createPollWriter(options: PollWriterOptions): PollWriter {
  const { db, logger, polling, setback, putOff } = options
  const quiet = createBatches<QuietPoll & Told>((polls) => write(polls, saveQuiet, halves), atOnce.quiet)
  const loud = createBatches<FetchedFeed & Told>((polls) => write(polls, saveLoud, each), atOnce.loud)
  // beside the writing: the next alerts do not wait for it
  const news = createBatches<Polled>((polled) => heatOf(polled, polling()), atOnce.news)

  async function saveQuiet(polls: readonly QuietPoll[]): Promise<void> {
    // in one order, so that no two statements wait for each other
    const inOrder = polls.toSorted((a, b) => a.feedId - b.feedId)
    await saveQuietPolls(db.pool, inOrder)
    options.quiet?.(polls)
  }

  async function saveLoud(polls: readonly FetchedFeed[]): Promise<void> {
    for (const polled of await recordPolls(polls, polling())) {
      options.done(polled)
      news.add(polled)
    }
  }

  /** Saves polls, in parts where that fails for what is to be saved. */
  async function write<T extends Told>(
    polls: readonly T[],
    save: (polls: readonly T[]) => Promise<void>,
    parts: (polls: readonly T[]) => T[][],
  ): Promise<void> {
    try {
      await save(polls)
      passed(polls)
    } catch (error) {
      const [only, ...others] = polls
      if (only === undefined) return
      if (isOfDatabase(error)) leftDue(polls, error)
      else if (others.length === 0) await fault(only, error)
      else for (const part of parts(polls)) await write(part, save, parts)
    }
  }

  function passed(polls: readonly Told[]): void {
    setback?.passed()
    putOff?.passed(polls.map(({ feedId }) => feedId))
    for (const { written } of polls) written()
  }

  /**
   * Nothing could be noted, and the feeds are still due: they are polled again, but for those of which it was tried in vain
   * not for a while. A database that is away is noticed by who looks for due feeds; one that cannot write is not.
   */
  function leftDue(polls: readonly Told[], error: unknown): void {
    logger.warn({ event: 'polls-unwritten', polls: polls.length, err: error }, 'polls could not be noted')
    const why = whyUnable(error)
    if (why !== null) setback?.failed(why)
    if (!isDatabaseAway(error))
      putOff?.failed(
        polls.map(({ feedId }) => feedId),
        String(error),
      )
    for (const { written } of polls) written()
  }

  async function fault(poll: Told, error: unknown): Promise<void> {
    const feed = maskUrl(poll.url)
    logger.error({ event: 'poll-fault', feed, err: error }, `polling ${feed} went wrong`)
    try {
      await pollFault(db, { id: poll.feedId }, { error, now: polling().clock.now() })
    } catch (cause) {
      leftDue([poll], cause)
      return
    }
    passed([poll])
  }

  return {
    quiet: (poll) => quiet.add(poll),
    loud: (poll) => loud.add(poll),
    fault,
    room: () => loud.room(),
    async drain() {
      await Promise.all([quiet.drain(), loud.drain()])
      await news.drain()
    },
  }
}

/** Whether the database is at fault, not a feed: none is noted as failing then. */
function isOfDatabase(error: unknown): boolean {
  return isDatabaseAway(error) || whyUnable(error) !== null
}

function each<T>(all: readonly T[]): T[][] {
  return all.map((one) => [one])
}

function halves<T>(all: readonly T[]): [T[], T[]] {
  const half = Math.ceil(all.length / 2)
  return [all.slice(0, half), all.slice(half)]
}
