// A process that delivers what waits in a database until it is killed. Its settings come as one argument, JSON.
import { pino } from 'pino'
import { createChannel } from '../../src/alerts/channels/registry.ts'
import { systemClock } from '../../src/pipeline/clock.ts'
import { createDeliveries } from '../../src/pipeline/deliveries.ts'
import { startDeliveryWorker } from '../../src/pipeline/delivery-worker.ts'
import { startReclaiming } from '../../src/pipeline/reclaim-jobs.ts'
import { openDatabase } from '../../src/store/database.ts'
import { webhook } from './alerts.ts'

/** What such a process is told to do. */
export interface DeliveringSettings {
  readonly databaseUrl: string
  readonly hooks: readonly { readonly id: string; readonly url: string; readonly group: boolean }[]
}

const { databaseUrl, hooks } = JSON.parse(process.argv[2] ?? '{}') as DeliveringSettings
const db = await openDatabase({
  url: databaseUrl,
  dataDir: () => Promise.reject(new Error('the database is given')),
  application: 'delivering',
})
const surroundings = { output: process.stdout, width: () => 80 }
const live = new Map(
  hooks.map(({ id, url, group }) => {
    const manners = webhook(id, url, { group })
    return [id, { manners, channel: createChannel(manners, surroundings) }]
  }),
)
const logger = pino({ level: 'warn' }, process.stderr)
const deliveries = createDeliveries({
  db,
  clock: systemClock,
  random: Math.random,
  signal: new AbortController().signal,
  live: () => live,
  routing: () => ({ channels: [...live.keys()], routes: [] }),
  pageUrl: () => null,
  quietFacts: () => Promise.resolve({ questions: 0, healthy: 0, total: 0 }),
  links: { ready: () => Promise.resolve(), of: () => [] },
})
// whoever held jobs before was killed, and has been dead for as long as this took to start
await startReclaiming({ db, logger, graceMs: 50 })
await startDeliveryWorker({ db, clock: systemClock, logger, deliveries })
process.send?.('delivering')
