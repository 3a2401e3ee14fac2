import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { acceleratedClock, type Clock } from '../../src/pipeline/clock.ts'
import type { ChannelConfig } from '../../src/config/schema/channel.ts'
import { listDeliveries, queueAlerts } from '../../src/store/alerts.ts'
import { startReceiver, type Receiver } from '../support/receiver.ts'
import { testConfig, testSystem, type TestSystem } from '../support/system.ts'

let good: Receiver
let bad: Receiver
let system: TestSystem
let clock: Clock
let offset = 0

beforeAll(async () => {
  good = await startReceiver()
  bad = await startReceiver()
})

afterAll(async () => {
  await good.close()
  await bad.close()
})

beforeEach(async () => {
  good.received.length = 0
  bad.received.length = 0
  bad.answer = { status: 503 }
  offset = 0
  const real = acceleratedClock(new Date(), 1)
  clock = { now: () => new Date(real.now().getTime() + offset) }
  const config = await testConfig({ channels: [webhook('good', good.url), webhook('bad', bad.url)] })
  system = await testSystem({ config, clock })
})

afterEach(() => system.end())

function webhook(id: string, url: string): ChannelConfig {
  return { id, type: 'webhook', group: false, url, headers: {}, timeout: 2000, secret: undefined }
}

async function alert(): Promise<void> {
  const now = clock.now()
  const body = {
    id: randomUUID(),
    kind: 'status-changed',
    from: 'open',
    to: 'announced',
    since: now,
    at: now,
    expected: null,
    item: { id: 'release-timing', question: 'When?', topic: 'test' },
    reportUrl: null,
    slippage: [],
    evidence: [],
    origins: 1,
    reason: 'a test',
  }
  await system.db.transaction((tx) =>
    queueAlerts(tx, [{ body, statusChangeId: null, channels: ['good', 'bad'] }], now),
  )
}

async function deliveryTo(channel: string) {
  const found = (await listDeliveries(system.db.prisma, 10)).find((one) => one.channel === channel)
  if (found === undefined) throw new Error(`nothing was queued for ${channel}`)
  return found
}

async function jobs(): Promise<number> {
  const { rows } = await system.db.pool.query<{ n: number }>(
    `select count(*)::int as n from graphile_worker.jobs where task_identifier = 'deliver'`,
  )
  return rows[0]?.n ?? 0
}

test('a broken channel does not hold up the other, and is tried again under the same key', async () => {
  await alert()
  const waiting = await deliveryTo('bad')
  expect(await system.deliver(waiting.id)).toMatchObject({ state: 'waiting' })
  expect(await system.deliver((await deliveryTo('good')).id)).toMatchObject({ state: 'sent' })
  bad.answer = { status: 204 }
  expect(await system.deliver(waiting.id)).toMatchObject({ state: 'sent' })
  expect(await deliveryTo('bad')).toMatchObject({ state: 'sent', attempts: 2, lastError: null })
  const keys = bad.received.map((request) => request.headers['webhook-id'])
  expect(keys).toEqual([waiting.id, waiting.id])
})

test('each wait is longer than the last, and a receiver that asks for more gets it', async () => {
  await alert()
  const { id } = await deliveryTo('bad')
  const waits: number[] = []
  for (let n = 0; n < 3; n++) {
    await system.deliver(id)
    const { nextAttemptAt } = await deliveryTo('bad')
    waits.push((nextAttemptAt?.getTime() ?? 0) - clock.now().getTime())
  }
  expect(waits.toSorted((a, b) => a - b)).toEqual(waits)
  bad.answer = { status: 429, headers: { 'retry-after': '3600' } }
  await system.deliver(id)
  const { nextAttemptAt } = await deliveryTo('bad')
  expect((nextAttemptAt?.getTime() ?? 0) - clock.now().getTime()).toBeGreaterThan(3_500_000)
})

test('a refusal for good is a dead letter at once', async () => {
  bad.answer = { status: 410 }
  await alert()
  expect(await system.deliver((await deliveryTo('bad')).id)).toMatchObject({ state: 'dead' })
  expect((await deliveryTo('bad')).lastError).toContain('410')
})

test('after three days a delivery is given up, and says why', async () => {
  await alert()
  const { id } = await deliveryTo('bad')
  await system.deliver(id)
  offset = 4 * 86_400_000
  expect(await system.deliver(id)).toMatchObject({ state: 'dead' })
  expect((await deliveryTo('bad')).lastError).toContain('three days')
})

test('a channel that left the configuration is a dead letter that says so', async () => {
  await alert()
  const config = await testConfig({ channels: [webhook('good', good.url)] })
  await system.useConfig(config)
  expect(await system.deliver((await deliveryTo('bad')).id)).toMatchObject({ state: 'dead' })
  expect((await deliveryTo('bad')).lastError).toContain('no channel "bad"')
})

test('every alert has its jobs from the moment it is committed, and none when it is rolled back', async () => {
  await alert()
  expect(await jobs()).toBe(2)
  const failing = system.db.transaction(async (tx) => {
    await queueAlerts(tx, [], clock.now())
    await tx.query(`select graphile_worker.add_job('deliver')`)
    throw new Error('rolled back')
  })
  await expect(failing).rejects.toThrow('rolled back')
  expect(await jobs()).toBe(2)
})

test('a delivery that is cut off by our own stop stays waiting', async () => {
  await alert()
  const sending = system.deliver((await deliveryTo('bad')).id)
  system.interrupt()
  await sending
  expect(await deliveryTo('bad')).toMatchObject({ state: 'waiting' })
})
