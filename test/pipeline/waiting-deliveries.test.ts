import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { startDaemon } from '../../src/pipeline/daemon.ts'
import { queueAlerts } from '../../src/store/alerts.ts'
import { listDeliveries } from '../../src/store/deliveries.ts'
import { statusAlert, webhook } from '../support/alerts.ts'
import { startReceiver } from '../support/receiver.ts'
import { testConfig, testSystem } from '../support/system.ts'

const jobs = 'graphile_worker._private_jobs'
const queues = 'graphile_worker._private_job_queues'

/** What can become of the job of a channel while an alert waits for it; $1: a worker pool of the daemon. */
const states: Readonly<Record<string, readonly string[]>> = {
  'its job is lost': [`delete from ${jobs}`],
  'its job failed and is to be tried in an hour': [
    `update ${jobs} set attempts = 8, run_at = now() + interval '1 hour', last_error = 'a fault'`,
  ],
  'its job failed for the last time': [`update ${jobs} set attempts = max_attempts, last_error = 'a fault'`],
  'its job is locked by a worker that is gone': [
    `update ${jobs} set locked_at = now(), locked_by = 'pool-gone'`,
    `update ${queues} set locked_at = now(), locked_by = 'pool-gone'`,
  ],
  'its queue is locked by a worker that is gone': [
    `update ${queues} set locked_at = now(), locked_by = 'pool-gone'`,
  ],
  'its job is locked by a worker that does not know of it': [
    `update ${jobs} set locked_at = now(), locked_by = $1`,
    `update ${queues} set locked_at = now(), locked_by = $1`,
  ],
  'its queue is locked by a worker that has no job in it': [
    `update ${queues} set locked_at = now(), locked_by = $1`,
  ],
  'its job was locked by a clock that has been set back since': [
    `update ${jobs} set locked_at = now() + interval '1 hour', locked_by = 'pool-gone'`,
    `update ${queues} set locked_at = now() + interval '1 hour', locked_by = 'pool-gone'`,
  ],
}

test('an alert that waits is sent within half a minute, whatever became of the job of its channel', async () => {
  const receiver = await startReceiver()
  const channels = Object.keys(states).map((_, n) => webhook(`hook${n}`, receiver.url))
  const system = await testSystem({ config: await testConfig({ channels }) })
  const logger = pino({ level: 'silent' })
  const options = { ...system, logger, concurrency: 1, every: '* * * * * *', graceMs: 600, tendEveryMs: 500 }
  const daemon = await startDaemon(options)
  const waiting = async () =>
    (await listDeliveries(system.db.pool, 100, { state: 'waiting' })).map(
      ({ channel }) => Object.keys(states)[Number(channel.slice('hook'.length))],
    )
  try {
    for (const [n, statements] of Object.values(states).entries()) {
      const now = new Date()
      await system.db.transaction(async (tx) => {
        await queueAlerts(tx, [{ body: statusAlert(now), statusChangeId: null, channels: [`hook${n}`] }], now)
        const channel = `channel:hook${n}`
        for (const statement of statements) {
          const mine = statement.includes(queues)
            ? `queue_name = '${channel}'`
            : `job_queue_id = (select id from ${queues} where queue_name = '${channel}')`
          await tx.query(
            `${statement} where ${mine}`,
            statement.includes('$1') ? daemon.pools().slice(0, 1) : [],
          )
        }
      })
    }
    for (const end = Date.now() + 30_000; (await waiting()).length > 0 && Date.now() < end;) await sleep(50)
    expect(await waiting()).toEqual([])
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(channels.length)
  } finally {
    await daemon.stop()
    await system.end()
    await receiver.close()
  }
}, 60_000)
