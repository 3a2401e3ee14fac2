import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { startPassingPostgres } from '../support/passing-postgres.ts'
import { startHooks, type Hooks } from '../torture/hooks.ts'
import { seeded } from '../torture/world.ts'
import { seriesOf, takeSample, type Sample } from './measure.ts'
import type { Series } from './level.ts'
import { openNewsstand, type Newsstand } from './newsstand.ts'
import { watchedAt } from './questions.ts'
import { collectWarnings, type Warned } from './warnings.ts'

export interface SoakOptions {
  readonly seed: number
  /** How long it goes on, in milliseconds of ours. */
  readonly lastsMs: number
  /** How many days of the world pass meanwhile. */
  readonly days: number
  readonly feeds: number
  readonly hosts: number
  /** Folder with feed files of the real world; null without one. */
  readonly realFeeds: string | null
  /** From one measurement to the next, in milliseconds. */
  readonly sampleMs: number
  /** Ends it early; what was measured until then is told. */
  readonly signal?: AbortSignal
  readonly progress: (text: string) => void
  /** Told after each measurement how far it is. */
  readonly measured?: (so: { readonly samples: number; readonly arrived: number }) => void
  /** Told what the process writes to standard error. */
  readonly wrote?: (text: string) => void
}

/** What came of it. */
export interface Soaked {
  readonly days: number
  readonly seconds: number
  readonly series: readonly Series[]
  readonly work: Readonly<Record<string, number>>
  /** What the process told of, from warnings on, by event. */
  readonly warnings: ReadonlyMap<string, Warned>
  /** Alerts that are stored as sent and were not received, or were received twice under different keys. */
  readonly wronglyDelivered: number
}

const dayMs = 86_400_000

/** What is deleted when it is old, and how old that is, in days. */
const retention = { entries: 20, polls: 7, tries: 20, notices: 31 }
/** Entries that left their feed go some days later than that, see pruneEntries. */
const entriesGoAfter = retention.entries + 8

/** Tables can be level in the second half if by then nothing is kept for the first time: days of the world that takes. */
export const leastDays = entriesGoAfter * 2 + 4

const program = fileURLToPath(new URL('./process.mjs', import.meta.url))

/** Lets a daemon watch months of a made-up world go by, with a Postgres of its own, and measures what it takes meanwhile. */
export async function soak(options: SoakOptions): Promise<Soaked> {
  const began = Date.now()
  const factor = (options.days * dayMs) / options.lastsMs
  const beginMs = Math.floor(began / dayMs - options.days) * dayMs
  const now = () => beginMs + (Date.now() - began) * factor
  const config = await mkdtemp(join(tmpdir(), 'openwatch-soak-config-'))
  await mkdir(join(config, 'watch'))
  const server = await startPassingPostgres('soak', { fsync: 'off', ...hurriedVacuum })
  const newsstand = await openNewsstand({ ...options, now })
  const hooks = await startHooks(() => 5)
  const db = new pg.Client(server.connection)
  await db.connect()
  try {
    const writeQuestions = questionWriter(config, now)
    await writeSettings(config, newsstand, hooks)
    await writeQuestions()
    const child = begin({
      config,
      databaseUrl: server.url,
      settings: { kind: 'start', began, beginMs, factor },
    })
    const warnings = child.stderr === null ? new Map() : collectWarnings(child.stderr, options.wrote)
    try {
      const samples = await watch(child, db, { ...options, began, hooks, writeQuestions })
      const work = await workDone(db, newsstand)
      return {
        days: ((Date.now() - began) * factor) / dayMs,
        seconds: Math.round((Date.now() - began) / 1000),
        ...{ series: seriesOf(samples), work, warnings },
        wronglyDelivered: await wronglyDelivered(db, hooks),
      }
    } finally {
      await end(child)
    }
  } finally {
    await db.end()
    await Promise.all([newsstand.close(), hooks.close()])
    await server.close()
    await rm(config, { recursive: true, force: true })
  }
}

/** Days go by in seconds, and the vacuum comes round so much more often, too: else its being late is all that is seen. */
const hurriedVacuum = { autovacuum_naptime: '1s', autovacuum_vacuum_cost_delay: '0' }

interface Begin {
  readonly config: string
  readonly databaseUrl: string
  readonly settings: object
}

function begin({ config, databaseUrl, settings }: Begin): ChildProcess {
  return spawn(process.execPath, [program, JSON.stringify({ ...settings, pruneAt: '*/5 * * * * *' })], {
    env: {
      ...{ PATH: process.env['PATH'], HOME: process.env['HOME'], LOG_LEVEL: 'warn' },
      ...{ OPENWATCH_CONFIG: config, DATABASE_URL: databaseUrl },
      ...{ OPENWATCH_PORT: '0', OPENWATCH_METRICS_PORT: '0' },
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
}

interface Watching extends SoakOptions {
  readonly began: number
  readonly hooks: Hooks
  readonly writeQuestions: () => Promise<void>
}

async function watch(child: ChildProcess, db: pg.Client, options: Watching): Promise<Sample[]> {
  const { began, lastsMs, sampleMs, hooks, signal, progress, writeQuestions } = options
  const random = seeded(options.seed)
  const metricsUrl = await metricsOf(db, child)
  const samples: Sample[] = []
  for (let next = Date.now(); Date.now() - began < lastsMs && signal?.aborted !== true; next += sampleMs) {
    await sleep(Math.max(0, next - Date.now()), undefined, { signal }).catch(() => undefined)
    if (child.exitCode !== null) throw new Error(`the process has ended (${child.exitCode})`)
    await writeQuestions()
    // the receiver is away for a while
    if (random() < 0.1) {
      hooks.breakOff()
      setTimeout(() => hooks.mend(), 1000).unref()
    }
    const sample = await takeSample(metricsUrl, db)
    samples.push(sample)
    options.measured?.({ samples: samples.length, arrived: hooks.arrived.length })
    if (samples.length % 10 === 0) progress(told(sample, (Date.now() - began) / lastsMs))
  }
  hooks.mend()
  return samples
}

function told(sample: Sample, part: number): string {
  const of = (name: string) => Math.round(sample.get(name) ?? 0)
  return `${Math.round(part * 100)} %: ${of('memory (RSS)')} MB, heap ${of('heap in use')} MB, ${of('handles')} handles, database ${of('database as a whole')} MB, ${of('dead rows')} dead rows`
}

/** Where the process tells of itself, once it does. */
async function metricsOf(db: pg.Client, child: ChildProcess): Promise<string> {
  const end = Date.now() + 120_000
  for (;;) {
    const { rows } = await db
      .query<{ url: string | null }>(`select doing->>'metrics' as url from process`)
      .catch(() => ({ rows: [] }))
    const url = rows[0]?.url
    if (url != null) return url
    if (Date.now() > end || child.exitCode !== null)
      throw new Error('the process did not begin within two minutes')
    await sleep(100)
  }
}

async function writeSettings(config: string, newsstand: Newsstand, hooks: Hooks): Promise<void> {
  const settings = {
    polling: { allowPrivateHosts: ['127.0.0.1'], timeout: '5s' },
    retention: Object.fromEntries(Object.entries(retention).map(([what, days]) => [what, `${days}d`])),
    channels: {
      single: { type: 'webhook', url: hooks.urlOf('single'), group: false },
      grouped: { type: 'webhook', url: hooks.urlOf('grouped'), group: true },
      daily: { type: 'webhook', url: hooks.urlOf('daily'), digest: { every: 'day', at: '08:00' } },
    },
    feeds: newsstand.urls.map((url) => ({ url })),
  }
  await writeFile(join(config, 'openwatch.yaml'), JSON.stringify(settings))
}

/** Keeps the file of questions as it is to be at the moment. */
function questionWriter(config: string, now: () => number): () => Promise<void> {
  const file = join(config, 'watch', 'items.yaml')
  let written = ''
  return async () => {
    const items = watchedAt(now()).map(({ id, name, official }) => ({
      ...{ id, question: `When will ${name} be released?`, subject: [name], official: [official] },
      since: '2020-01-01',
    }))
    const text = JSON.stringify({ items })
    if (text === written) return
    written = text
    await writeFile(`${file}.new`, text)
    await rename(`${file}.new`, file)
  }
}

async function workDone(db: pg.Client, newsstand: Newsstand): Promise<Record<string, number>> {
  const { rows } = await db.query<Record<string, number>>(
    `select (select coalesce(max(id), 0)::int from poll) as polls, (select max(id)::int from entry) as entries,
       (select max(id)::int from revision) as revisions, (select count(*)::int from watch_item) as questions,
       (select count(*)::int from status_change) as "status changes", (select count(*)::int from alert) as alerts,
       (select count(*)::int from delivery where state = 'sent') as "deliveries sent",
       (select count(*)::int from delivery where state = 'dead') as "deliveries given up",
       (select count(*)::int from delivery where state = 'waiting') as "deliveries waiting",
       (select count(*)::int from entry) as "entries kept", (select count(*)::int from poll) as "polls kept"`,
  )
  return { requests: newsstand.requests(), ...rows[0] }
}

/** What is stored as sent was received, and under one key only. */
async function wronglyDelivered(db: pg.Client, { arrived }: Hooks): Promise<number> {
  const { rows } = await db.query<{ name: string }>(
    `select channel || ' ' || alert_id as name from delivery where state = 'sent'`,
  )
  const keys = new Map<string, Set<string>>()
  for (const { hook, key, alertIds } of arrived)
    for (const id of alertIds) keys.set(`${hook} ${id}`, (keys.get(`${hook} ${id}`) ?? new Set()).add(key))
  return rows.filter(({ name }) => keys.get(name)?.size !== 1).length
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 15_000)
  await gone
  clearTimeout(timer)
}
