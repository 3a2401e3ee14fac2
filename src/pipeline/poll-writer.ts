import type { Logger } from 'pino'
import { maskUrl } from '../report/mask-url.ts'
import type { Database } from '../store/database.ts'
import { isDatabaseAway, whyUnable } from '../store/database-away.ts'
import { saveQuietPolls, type QuietPoll } from '../store/poll-log.ts'
import { createBatches } from './batches.ts'
import { pollFault } from './poll-fault.ts'
import { recordPolls, type FetchedFeed, type Polled, type RecordOptions } from './record-polls.ts'
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
}

interface Told {
  readonly url: string
  /** Called when it is written down, or cannot be. */
  readonly written: () => void
}

/** Writes polls down, many at a time. */
export interface PollWriter {
  quiet(poll: QuietPoll & Told): void
  loud(poll: FetchedFeed & Told): void
  /** Writes a fault of ours down as a failed poll of the feed. */
  fault(poll: { readonly feedId: number } & Told, error: unknown): Promise<void>
  /** Resolves when there is room for more; null when there is. */
  room(): Promise<void> | null
  drain(): Promise<void>
}

/** Quiet polls written by one statement, and others by one transaction: as many as are read of a few feeds at once. */
const mostQuiet = 500
const mostLoud = 20
/**
 * How long the first of a batch waits for others, in milliseconds. News is not kept waiting: while one batch is being
 * written the next gathers by itself.
 */
const waitMs = { quiet: 50, loud: 5 }

/**
 * Collects polls and writes them down in batches: those that changed nothing in one statement, the others in one
 * transaction. Where a transaction fails, each of its polls is tried alone, so that one bad feed never stops others.
 */
export function createPollWriter(options: PollWriterOptions): PollWriter {
  const { db, logger, polling, done, setback } = options
  const quiet = createBatches<QuietPoll & Told>(saveQuiet, { most: mostQuiet, waitMs: waitMs.quiet })
  const loud = createBatches<FetchedFeed & Told>(saveLoud, { most: mostLoud, waitMs: waitMs.loud })

  async function saveQuiet(polls: readonly (QuietPoll & Told)[]): Promise<void> {
    try {
      // in one order, so that no two statements wait for each other
      await saveQuietPolls(
        db.pool,
        polls.toSorted((a, b) => a.feedId - b.feedId),
      )
      options.quiet?.(polls)
      setback?.passed()
    } catch (error) {
      // Their feeds are still due, and are polled again.
      unwritten(polls.length, error)
    } finally {
      for (const { written } of polls) written()
    }
  }

  async function saveLoud(polls: readonly (FetchedFeed & Told)[]): Promise<void> {
    try {
      for (const polled of await recordPolls(polls, polling())) done(polled)
      setback?.passed()
    } catch (error) {
      const [only, ...others] = polls
      if (only === undefined) return
      if (isDatabaseAway(error) || whyUnable(error) !== null) {
        leftDue(polls, error)
        return
      }
      if (others.length === 0) await fault(only, error)
      else for (const poll of polls) await saveLoud([poll])
      return
    }
    for (const { written } of polls) written()
  }

  /** The database is at fault, not a feed: none is noted as failing, and all are polled again. */
  function leftDue(polls: readonly Told[], error: unknown): void {
    unwritten(polls.length, error)
    for (const { written } of polls) written()
  }

  /** A database that is away is noticed by who looks for due feeds; one that cannot write would have them asked in vain. */
  function unwritten(polls: number, error: unknown): void {
    logger.warn({ event: 'polls-unwritten', polls, err: error }, 'polls could not be noted')
    const why = whyUnable(error)
    if (why !== null) setback?.failed(why)
  }

  async function fault(
    { feedId, url, written }: { readonly feedId: number } & Told,
    error: unknown,
  ): Promise<void> {
    const feed = maskUrl(url)
    logger.error({ event: 'poll-fault', feed, err: error }, `polling ${feed} went wrong`)
    try {
      await pollFault(db, { id: feedId }, { error, now: polling().clock.now() })
      setback?.passed()
    } catch (cause) {
      unwritten(1, cause)
    } finally {
      written()
    }
  }

  return {
    quiet: (poll) => quiet.add(poll),
    loud: (poll) => loud.add(poll),
    fault,
    room: () => loud.room(),
    async drain() {
      await Promise.all([quiet.drain(), loud.drain()])
    },
  }
}
