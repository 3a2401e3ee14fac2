import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { beforeEach, expect, test } from 'vitest'
import type { System } from '../../src/compose.ts'
import { startDaemon, type Daemon } from '../../src/pipeline/daemon.ts'
import { listDeliveries } from '../../src/store/deliveries.ts'
import { queueFor, statusAlert, webhook } from '../support/alerts.ts'
import { startReceiver, type Receiver } from '../support/receiver.ts'
import { testConfig, testSystem, type TestSystem } from '../support/system.ts'

let receivers: Receiver[]
let system: TestSystem
let daemon: Daemon

beforeEach(async () => {
  receivers = [await startReceiver(), await startReceiver()]
  const channels = receivers.map(({ url }, n) => webhook(`hook${n}`, url))
  system = await testSystem({ config: await testConfig({ channels }) })
  daemon = await start(system)
  return async () => {
    await daemon.stop()
    await system.end()
    await Promise.all(receivers.map((receiver) => receiver.close()))
  }
})

function start(of: System): Promise<Daemon> {
  return startDaemon({
    ...of,
    logger: pino({ level: 'silent' }),
    concurrency: 4,
    every: '*/2 * * * * *',
    graceMs: 15_000,
  })
}

async function queue(count: number): Promise<void> {
  const now = new Date()
  const alerts = Array.from({ length: count }, () => statusAlert(now))
  await queueFor(system.db, alerts, ['hook0', 'hook1'], now)
}

async function sent(channel: string): Promise<number> {
  return (await listDeliveries(system.db.pool, 1000, { channel, state: 'sent' })).length
}

async function until(done: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await done()); tries++) {
    if (tries > 600) throw new Error('still waiting after 30 s')
    await sleep(50)
  }
}

test('a burst of thirty alerts reaches both channels, each once', async () => {
  await queue(30)
  await until(async () => (await sent('hook0')) === 30 && (await sent('hook1')) === 30)
  await sleep(300)
  for (const { received } of receivers) {
    expect(received).toHaveLength(30)
    expect(new Set(received.map((request) => request.headers['webhook-id'])).size).toBe(30)
  }
})

test('alerts that come one by one while a channel is sending reach it at once', async () => {
  for (let n = 0; n < 40; n++) {
    await queue(1)
    await sleep(5)
  }
  const queued = Date.now()
  await until(async () => (await sent('hook0')) === 40 && (await sent('hook1')) === 40)
  expect(Date.now() - queued).toBeLessThan(3000)
})

test('a channel that is down holds nothing up, and nothing of its own is lost', async () => {
  const [, bad] = receivers
  if (bad === undefined) throw new Error('there are two receivers')
  bad.answer = { status: 503 }
  await queue(10)
  await until(async () => (await sent('hook0')) === 10)
  const waiting = await listDeliveries(system.db.pool, 100, { channel: 'hook1' })
  expect(waiting).toHaveLength(10)
  expect(waiting.every((one) => one.state === 'waiting')).toBe(true)
  bad.answer = { status: 204 }
  await until(async () => (await sent('hook1')) === 10)
}, 60_000)

test('a channel whose job is lost is woken all the same', async () => {
  await daemon.stop()
  await queue(1)
  await system.db.pool.query(`delete from graphile_worker._private_jobs`)
  daemon = await start(await system.sibling())
  await until(async () => (await sent('hook0')) === 1)
}, 60_000)
