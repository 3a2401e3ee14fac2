import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import type { Ingested } from '../pipeline/ingest.ts'
import type { Observer } from '../pipeline/observer.ts'
import { statuses } from '../status/status.ts'
import type { DatabaseLoad } from '../store/database-load.ts'
import { isLost, type ReportProcess } from '../report/processes.ts'
import type { Vitals } from '../store/vitals.ts'

/** What the metrics are read from when they are asked for. */
export interface MetricsSources {
  readonly version: string
  readonly kind: ReportProcess['kind']
  readonly load: DatabaseLoad
  readonly connections: () => { readonly total: number; readonly idle: number; readonly waiting: number }
  /** When this process last said that it lives; null before. */
  readonly lastHeartbeat: () => Date | null
  /** Null where the database cannot be asked. */
  readonly vitals: () => Promise<Vitals | null>
  readonly processes: () => Promise<readonly ReportProcess[]>
}

/** The metrics of one process, in a registry of its own. */
export interface Metrics {
  readonly observer: Observer
  readonly contentType: string
  /** All of them in Prometheus' text format. */
  text(): Promise<string>
}

/** Seconds: a poll takes from some milliseconds to its timeout. */
const pollBuckets = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/** Makes the metrics of this process: what it does is counted, how all processes stand is read from the database. */
export function createMetrics(sources: MetricsSources): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  aboutThisProcess(registry, sources)
  aboutTheFleet(registry, sources)
  return {
    observer: counting(registry),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  }
}

function counting(registry: Registry): Observer {
  const registers = [registry]
  const counter = <T extends string>(name: string, help: string, labelNames: readonly T[] = []) =>
    new Counter({ name: `openwatch_${name}`, help, labelNames: [...labelNames], registers })
  const polls = counter('polls_total', 'Polls by outcome', ['outcome'])
  const seconds = new Histogram({
    ...{
      name: 'openwatch_poll_seconds',
      help: 'How long polls took, from the request to the parsed feed',
      registers,
    },
    buckets: pollBuckets,
  })
  const pushes = counter('pushes_total', 'What hubs delivered, by outcome', ['outcome'])
  const deliveries = counter('deliveries_total', 'Tries to deliver by channel and outcome', [
    'channel',
    'outcome',
  ])
  const countIngested = ingestedCounter(counter)
  return {
    quiet(polled) {
      polls.inc({ outcome: 'unchanged' }, polled.length)
      for (const { durationMs } of polled) seconds.observe(durationMs / 1000)
    },
    polled({ outcome, durationMs, ingested }) {
      polls.inc({ outcome })
      seconds.observe(durationMs / 1000)
      if (ingested !== null) countIngested(ingested)
    },
    pushed(received) {
      pushes.inc({ outcome: received.kind })
      if (received.kind === 'ingested') countIngested(received.ingested)
    },
    tended: indexCounter(counter),
    tried({ channel, state }) {
      deliveries.inc({ channel, outcome: state === 'waiting' ? 'retry' : state })
    },
  }
}

/** Counts indexes that were built anew since they took more than twice what they need. */
function indexCounter(counter: (name: string, help: string) => Counter): Observer['tended'] {
  const rebuilt = counter(
    'indexes_rebuilt_total',
    'Indexes built anew since they had grown out of proportion',
  )
  const freed = counter('index_bytes_freed_total', 'Bytes that this gave back')
  const failures = counter('index_rebuild_failures_total', 'Times that indexes could not be built anew')
  return (tended) => {
    rebuilt.inc(tended.rebuilt.length)
    for (const { bytesBefore, bytesAfter } of tended.rebuilt) freed.inc(Math.max(0, bytesBefore - bytesAfter))
    if (tended.failed) failures.inc()
  }
}

/** Counts what polls and hubs brought alike. */
function ingestedCounter(
  counter: <T extends string>(name: string, help: string, labelNames?: readonly T[]) => Counter<T>,
): (ingested: Ingested) => void {
  const entries = counter('entries_total', 'New entries')
  const revisions = counter('revisions_total', 'New revisions of entries that were known')
  const matches = counter('matches_total', 'Entries that met a question, once for each question')
  const claims = counter('claims_total', 'Claims by what they led to', ['decision'])
  const changes = counter('status_changes_total', 'Changes of questions by kind and new status', [
    'kind',
    'to',
  ])
  // they are seldom: a series that begins with its first change would show no increase
  for (const kind of ['status-changed', 'date-changed'])
    for (const to of statuses) changes.inc({ kind, to }, 0)
  return (ingested) => {
    entries.inc(ingested.newEntries)
    revisions.inc(ingested.newRevisions)
    matches.inc(ingested.matches)
    for (const [decision, number] of Object.entries(ingested.claims)) claims.inc({ decision }, number)
    for (const { decision } of ingested.changes) {
      const to = decision.kind === 'status-changed' ? decision.to : decision.status
      changes.inc({ kind: decision.kind, to })
    }
  }
}

function aboutThisProcess(registry: Registry, { version, kind, load, ...sources }: MetricsSources): void {
  const registers = [registry]
  new Gauge({
    ...{ name: 'openwatch_build_info', help: 'The program: always 1', registers },
    labelNames: ['version', 'kind'],
  }).set({ version, kind }, 1)
  const ofDatabase = (name: string, help: string, value: () => number) =>
    new Counter({
      ...{ name: `openwatch_database_${name}`, help, registers },
      collect() {
        this.reset()
        this.inc(value())
      },
    })
  ofDatabase('statements_total', 'Statements sent to the database', () => load.statements)
  ofDatabase(
    'statement_failures_total',
    'Statements that failed, and connections that could not be made',
    () => load.failures,
  )
  ofDatabase('seconds_total', 'Time that statements took, added up', () => load.seconds)
  new Gauge({
    ...{
      name: 'openwatch_database_connections',
      help: 'Connections of the pool, and who waits for one',
      registers,
    },
    labelNames: ['state'],
    collect() {
      for (const [state, number] of Object.entries(sources.connections())) this.set({ state }, number)
    },
  })
  new Gauge({
    ...{
      name: 'openwatch_heartbeat_timestamp_seconds',
      help: 'When this process last said that it lives',
      registers,
    },
    collect() {
      this.set((sources.lastHeartbeat()?.getTime() ?? 0) / 1000)
    },
  })
}

/** The same from whichever process they are read. Where the database is away they are missing: old values would be lies. */
function aboutTheFleet(registry: Registry, { vitals, processes }: MetricsSources): void {
  const registers = [registry]
  const gauge = (
    name: string,
    help: string,
    fill: (gauge: Gauge, vitals: Vitals) => void,
    labelNames: string[] = [],
  ) =>
    new Gauge({
      ...{ name: `openwatch_${name}`, help, labelNames, registers },
      async collect() {
        this.reset()
        if (labelNames.length === 0) this.remove()
        const read = await vitals()
        if (read !== null) fill(this, read)
      },
    })
  gauge('feeds_due', 'Feeds whose time has come', (one, { due }) => one.set(due))
  gauge(
    'schedule_lag_seconds',
    'How long something has been due at a host that was not asked',
    (one, { lagMs }) => one.set(lagMs / 1000),
  )
  const byChannel = (value: (queue: Vitals['queues'][number]) => number) => (one: Gauge, read: Vitals) => {
    for (const queue of read.queues) one.set({ channel: queue.channel }, value(queue))
  }
  gauge(
    'queue_depth',
    'Alerts that wait to be sent',
    byChannel(({ waiting }) => waiting),
    ['channel'],
  )
  gauge(
    'queue_lag_seconds',
    'How long the oldest alert has been due on a channel that is not held back',
    byChannel(({ lateMs }) => lateMs / 1000),
    ['channel'],
  )
  new Gauge({
    ...{ name: 'openwatch_processes', help: 'Processes on the database, alive or lately lost', registers },
    labelNames: ['kind', 'state'],
    async collect() {
      this.reset()
      for (const one of await processes()) this.inc({ kind: one.kind, state: isLost(one) ? 'lost' : 'alive' })
    },
  })
}
