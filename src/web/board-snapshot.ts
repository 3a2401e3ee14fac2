import { createHash } from 'node:crypto'
import { sparkSteps } from '../report/board.ts'
import { buildReport } from '../report/build.ts'
import { isLost } from '../report/processes.ts'
import type { StatusReport } from '../report/status-report.ts'
import type { Clock } from '../pipeline/clock.ts'
import { readBoardInput, readBoardVersion, readSparks } from '../store/board.ts'
import type { Database } from '../store/database.ts'

/** How many entries met each question in each of the last weeks, oldest first; questions without any are left out. */
export type Sparks = ReadonlyMap<string, readonly number[]>

/** The board as it stands at a moment: the same for everybody who looks at it. */
export interface BoardSnapshot {
  /** Another one wherever something on the board differs, the time of making aside. */
  readonly version: string
  readonly report: StatusReport
  readonly sparks: Sparks
  /** Names what is known of each question, by its id: another one wherever that differs. */
  readonly revisions: ReadonlyMap<string, string>
}

/** The board of a process, kept up to date for as long as somebody looks. */
export interface LiveBoard {
  /** No older than two seconds; where the database takes longer than that to answer, no older than ten. */
  current(): Promise<BoardSnapshot>
  /** Is told of every other version while it listens. Returns what ends that. */
  listen(listener: (snapshot: BoardSnapshot) => void): () => void
  /** Something was written by this process: who looks next is to see it. */
  expire(): void
  /** Ends it; a look that is under way is waited for, since the database may be closed next. */
  close(): Promise<void>
}

export interface LiveBoardOptions {
  readonly db: Pick<Database, 'pool'>
  readonly clock: Clock
  /** Is told when the database could not be asked on a look that nobody waits for. */
  readonly onFault?: (error: unknown) => void
}

/** How often the database is asked whether something changed while somebody looks. Milliseconds. */
const lookEveryMs = 1000
/** A snapshot that was found up to date so long ago may still be shown. Milliseconds. */
const freshMs = 2000
/** While the database is asked, an older one is shown rather than nothing, up to this. Milliseconds. */
const bearableMs = 10_000
/** For so long after somebody looked the board is kept up to date. Milliseconds. */
const interestMs = 60_000
/** Time alone changes a board, too: "quiet for 3 days". Milliseconds. */
const agesMs = 60_000
/** Counting entries is the dearest part: it is to take no more than a twentieth of the time, and waits no longer than this. */
const countEveryMs = 20_000
const countShare = 20

/** What was read, and what the database was like then. */
interface Kept {
  readonly snapshot: BoardSnapshot
  readonly state: string
  readonly matches: string
  readonly madeAt: number
  readonly countedAt: number
  /** How long it took. Milliseconds. */
  readonly countMs: number
}

/** Builds the board of a process. One look a second serves all that ask and listen; without any, none is taken. */
export function createLiveBoard({ db, clock, onFault }: LiveBoardOptions): LiveBoard {
  const listeners = new Set<(snapshot: BoardSnapshot) => void>()
  let kept: Kept | null = null
  /** When the look began that last found the board up to date. */
  let confirmedAt = -Infinity
  let expiredAt = -Infinity
  let askedAt = -Infinity
  let looking: Promise<Kept> | null = null

  async function look(): Promise<Kept> {
    const begun = performance.now()
    const next = await refreshed(db, clock, kept)
    if (next.snapshot.version !== kept?.snapshot.version)
      for (const listener of listeners) listener(next.snapshot)
    kept = next
    confirmedAt = begun
    return next
  }

  const lookOnce = (): Promise<Kept> => (looking ??= look().finally(() => (looking = null)))

  const timer = setInterval(() => {
    if (listeners.size > 0 || performance.now() - askedAt < interestMs)
      lookOnce().catch((error: unknown) => onFault?.(error))
  }, lookEveryMs)
  timer.unref()

  return {
    async current() {
      const asked = performance.now()
      askedAt = asked
      for (;;) {
        // a look that began before something was written does not know of it
        const mostMs = looking === null ? freshMs : bearableMs
        const isFresh = confirmedAt > asked - mostMs && confirmedAt >= expiredAt
        if (kept !== null && isFresh) return kept.snapshot
        await lookOnce()
      }
    },
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    expire: () => void (expiredAt = performance.now()),
    async close() {
      clearInterval(timer)
      listeners.clear()
      // who began the look is told of its failure
      await looking?.catch(() => undefined)
    },
  }
}

/** The board as it stands now; what was kept, where nothing changed. */
async function refreshed(db: Pick<Database, 'pool'>, clock: Clock, kept: Kept | null): Promise<Kept> {
  const now = clock.now()
  const { state, matches } = await readBoardVersion(db.pool, now)
  const at = performance.now()
  const isSame = kept !== null && kept.state === state && at - kept.madeAt < agesMs
  const isCounted = kept !== null && mayKeepCounts(kept, matches, at)
  if (isSame && isCounted) return kept
  const report = isSame ? kept.snapshot.report : buildReport(await readBoardInput(db, now), now)
  const { sparks, ...counted } = isCounted ? { ...kept, ...kept.snapshot } : await count(db, now, matches)
  const { countedAt, countMs } = counted
  return {
    snapshot: snapshotOf(report, sparks),
    ...{ state, matches: counted.matches, countedAt, countMs },
    madeAt: isSame ? kept.madeAt : at,
  }
}

async function count(db: Pick<Database, 'pool'>, now: Date, matches: string) {
  const countedAt = performance.now()
  const sparks = await readSparks(db.pool, { until: now, ...sparkSteps })
  return { sparks, matches, countedAt, countMs: performance.now() - countedAt }
}

function mayKeepCounts(kept: Kept, matches: string, at: number): boolean {
  const pause = Math.min(countEveryMs, kept.countMs * countShare)
  return at - kept.countedAt < (kept.matches === matches ? agesMs : pause)
}

function snapshotOf(report: StatusReport, sparks: Sparks): BoardSnapshot {
  const { healthy, failing, waiting, paused, total, failures } = report.feeds
  const failed = failures.map(({ url, name, reason, state }) => [url, name, reason, state])
  const revisions = new Map(report.items.map((item) => [item.id, digest([item, sparks.get(item.id)])]))
  const processes = (report.processes ?? []).map((one) => [one.id, isLost(one)])
  const version = digest([[...revisions], [healthy, failing, waiting, paused, total], failed, processes])
  return { version, report, sparks, revisions }
}

function digest(seen: unknown): string {
  return createHash('sha1').update(JSON.stringify(seen)).digest('base64url').slice(0, 12)
}
