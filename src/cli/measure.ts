import type { System } from '../compose.ts'
import { createMetrics, type Metrics } from '../metrics/metrics.ts'
import type { Heartbeat } from '../pipeline/heartbeat.ts'
import type { ReportProcess } from '../report/processes.ts'
import { listProcesses } from '../store/processes.ts'
import { readVitals, type Vitals } from '../store/vitals.ts'
import { version } from '../version.ts'

/** What this process counts, and how far all of them are behind. */
export interface Measured {
  readonly metrics: Metrics
  readonly vitals: () => Promise<Vitals | null>
}

/** How long what was read of the database is good enough, in milliseconds: many may ask, and reading it costs. */
const goodForMs = 5000

/** Begins to measure this process. `heart`: null while there is none yet. */
export function measure(
  { db, clock, deliveries }: Pick<System, 'db' | 'clock' | 'deliveries'>,
  kind: ReportProcess['kind'],
  heart: () => Heartbeat | null,
): Measured {
  const since = clock.now()
  const vitals = remembered(() =>
    readVitals(db.pool, { now: clock.now(), since, channels: deliveries.channels() }),
  )
  const metrics = createMetrics({
    ...{ version: version(), kind, load: db.load, vitals },
    connections: () => ({
      total: db.pool.totalCount,
      idle: db.pool.idleCount,
      waiting: db.pool.waitingCount,
    }),
    lastHeartbeat: () => heart()?.lastAt() ?? null,
    processes: () => listProcesses(db.pool).catch(() => []),
  })
  return { metrics, vitals }
}

/** Reads a thing at most once in a while, and gives null while it cannot be read. */
function remembered<T>(read: () => Promise<T>): () => Promise<T | null> {
  let kept: { readonly at: number; readonly value: Promise<T | null> } | null = null
  return () => {
    if (kept === null || performance.now() - kept.at > goodForMs)
      kept = { at: performance.now(), value: read().catch(() => null) }
    return kept.value
  }
}
