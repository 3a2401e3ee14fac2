import { pino } from 'pino'
import { keepMemorySteady } from '../src/cli/steady-memory.ts'
import { compose } from '../src/compose.ts'
import type { Config } from '../src/config/config.ts'
import type { Polled } from '../src/pipeline/record-polls.ts'
import { Rounds } from '../src/pipeline/rounds.ts'
import type { StatusReport } from '../src/report/status-report.ts'
import type { Database } from '../src/store/database.ts'
import { putFeed } from '../src/store/feeds.ts'
import { openBenchDatabase } from './bench-database.ts'
import { shippedConfig } from '../test/support/shipped-config.ts'

/** The product's poll path over a Postgres of its own, with the settings of the house (what is committed is on disk). */
export interface PollingSystem {
  readonly db: Database
  readonly register: (urls: readonly string[]) => Promise<void>
  /** Has feeds polled that are due by now, and does not wait for it. */
  readonly look: () => Promise<void>
  readonly report: () => Promise<StatusReport>
  /**
   * Goes on the rounds of the daemon until nothing is due, so many times, for unchanged polls a day later each time.
   * Throws unless that was `polls` polls each time, all of which came to `outcome`.
   */
  readonly pollAll: (polls: number, outcome: 'new' | 'unchanged', times?: number) => Promise<void>
  close(): Promise<void>
}

/** As many as the daemon polls at a time, if not told otherwise. */
const concurrency = 8
/** Longer than any feed rests. */
const dayMs = 25 * 3_600_000

/**
 * Starts Postgres in a temporary directory and brings the watch items in that openwatch brings along. `done` is told of
 * polls that brought something, when they are written down.
 */
export const openPollingSystem = async (
  done: (polled: Polled) => void = () => undefined,
): Promise<PollingSystem> => {
  // as the daemon does
  keepMemorySteady()
  const { db, first, close } = await openBenchDatabase()
  try {
    let ahead = 0
    const clock = { now: () => new Date(Date.now() + ahead) }
    const logger = pino({ level: 'silent' })
    const system = compose({
      ...{ db, clock, logger },
      config: await benchConfig(),
      surroundings: { output: { write: () => undefined }, width: () => 80 },
    })
    first(() => system.close())
    await system.useConfig(system.config())
    const { polling } = system
    const rounds = new Rounds({ db, logger, concurrency, polling, done })
    first(() => rounds.stop())
    return {
      db,
      register: (urls) => register(db, urls),
      look: () => rounds.look(),
      report: () => system.report(),
      async pollAll(polls, outcome, times = 1) {
        const begun = await lastPoll(db)
        for (let time = 0; time < times; time += 1) {
          if (outcome === 'unchanged') ahead += dayMs
          await rounds.look()
          await rounds.settled()
        }
        await expectPolls(db, begun, { polls: polls * times, outcome })
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

const benchConfig = async (): Promise<Config> => {
  const config = await shippedConfig()
  const polling = { ...config.polling, allowPrivateHosts: ['127.0.0.1'] }
  return { ...config, polling, feeds: [], historyFiles: [] }
}

/** Registers feeds that are due at once, and puts off all that were polled before. */
export const register = async (db: Database, urls: readonly string[]): Promise<void> => {
  const definition = { title: null, homeUrl: null, outlet: null, topic: null, everyMs: null }
  const now = new Date()
  await db.transaction(async (tx) => {
    // those of hot questions would be due again after two minutes, in the middle of what is measured
    await tx.query(`update feed set next_poll_at = now() + interval '1 day' where last_poll_at is not null`)
    for (const url of urls) await putFeed(tx, { url, ...definition }, { origin: 'user', now })
  })
}

/** The number of the last poll that was written down; '0' before the first. */
export const lastPoll = async (db: Database): Promise<string> => {
  const { rows } = await db.pool.query<{ id: string }>('select coalesce(max(id), 0)::text as id from poll')
  return rows[0]?.id ?? '0'
}

const expectPolls = async (
  db: Database,
  after: string,
  { polls, outcome }: { readonly polls: number; readonly outcome: string },
): Promise<void> => {
  const { rows } = await db.pool.query<{ outcome: string; polls: number; error: string | null }>(
    'select outcome, count(*)::int as polls, max(error) as error from poll where id > $1 group by outcome',
    [after],
  )
  const [only, ...others] = rows
  if (others.length === 0 && only?.outcome === outcome && only.polls === polls) return
  throw new Error(`${polls} polls were to come to ${outcome}: ${JSON.stringify(rows)}`)
}
