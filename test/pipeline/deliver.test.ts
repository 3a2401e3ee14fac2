import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { acceleratedClock, type Clock } from '../../src/pipeline/clock.ts'
import type { Tried } from '../../src/pipeline/drain-channel.ts'
import { reviseDeliveries } from '../../src/pipeline/revise-deliveries.ts'
import { channelState } from '../../src/store/channel-state.ts'
import { listDeliveries, retryDeliveries, triesOf } from '../../src/store/deliveries.ts'
import { queueFor, statusAlert, webhook } from '../support/alerts.ts'
import { startReceiver, type Receiver } from '../support/receiver.ts'
import { testConfig, testSystem, type TestSystem } from '../support/system.ts'

const second = 1000
const hour = 3_600_000
const day = 24 * hour

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

async function alert(count = 1): Promise<void> {
  const now = clock.now()
  const alerts = Array.from({ length: count }, (_, n) => statusAlert(new Date(now.getTime() + n)))
  await queueFor(system.db, alerts, ['good', 'bad'], now)
}

async function drain(channel: string): Promise<Tried[]> {
  const tried: Tried[] = []
  await system.deliveries.drain(channel, (one) => void tried.push(one))
  return tried
}

async function deliveriesTo(channel: string) {
  return listDeliveries(system.db.pool, 100, { channel })
}

async function deliveryTo(channel: string) {
  const [found] = await deliveriesTo(channel)
  if (found === undefined) throw new Error(`nothing was queued for ${channel}`)
  return found
}

/** Milliseconds until a channel is tried again. */
async function held(channel: string): Promise<number> {
  const { heldUntil } = await channelState(system.db.pool, channel)
  return heldUntil === null ? 0 : heldUntil.getTime() - clock.now().getTime()
}

async function jobs(): Promise<{ key: string; run_at: Date }[]> {
  const { rows } = await system.db.pool.query<{ key: string; run_at: Date }>(
    `select key, run_at from graphile_worker.jobs where task_identifier = 'deliver' order by key`,
  )
  return rows
}

const keysAt = ({ received }: Receiver) => received.map((request) => request.headers['webhook-id'])

describe('a channel that fails', () => {
  test('does not hold up the other, and gets the same under the same key once it is well', async () => {
    await alert()
    expect(await drain('bad')).toMatchObject([{ state: 'waiting' }])
    expect(await drain('good')).toMatchObject([{ state: 'sent' }])
    bad.answer = { status: 204 }
    offset += hour
    expect(await drain('bad')).toMatchObject([{ state: 'sent' }])
    expect(await deliveryTo('bad')).toMatchObject({ state: 'sent', attempts: 2, lastError: null })
    expect(new Set(keysAt(bad)).size).toBe(1)
    expect(bad.received[0]?.body).toEqual(bad.received[1]?.body)
    expect(keysAt(bad)[0]).not.toBe(keysAt(good)[0])
  })

  test('is asked once for all that wait, not once for each, and then gets them in their order', async () => {
    await alert(5)
    await drain('bad')
    await drain('bad')
    expect(bad.received).toHaveLength(1)
    bad.answer = { status: 204 }
    offset += hour
    await drain('bad')
    expect(bad.received).toHaveLength(6)
    const told = bad.received.slice(1).map(({ body }) => (body as { timestamp: string }).timestamp)
    expect(told).toEqual(told.toSorted())
  })

  test('is left alone for longer after each failure, and for as long as it asks', async () => {
    await alert()
    const waits: number[] = []
    for (let n = 0; n < 3; n++) {
      await drain('bad')
      waits.push(await held('bad'))
      offset += (waits.at(-1) ?? 0) + second
    }
    expect(waits.toSorted((a, b) => a - b)).toEqual(waits)
    bad.answer = { status: 429, headers: { 'retry-after': '3600' } }
    await drain('bad')
    expect(await held('bad')).toBeGreaterThan(3_590_000)
    expect(await held('bad')).toBeLessThanOrEqual(3_600_000)
  })

  test('has a job for when it is tried next, and a new alert does not hurry it', async () => {
    await alert()
    await drain('bad')
    await drain('good')
    await alert()
    await drain('bad')
    expect(bad.received).toHaveLength(1)
    const next = (await jobs()).find(({ key }) => key === 'channel:bad')
    expect(next).toBeDefined()
  })

  test('loses what is three days old, which says why, but not before it was tried for an hour', async () => {
    await alert()
    offset = 4 * day
    expect(await drain('bad')).toMatchObject([{ state: 'waiting' }])
    offset += hour + second
    expect(await drain('bad')).toMatchObject([{ state: 'dead' }])
    expect((await deliveryTo('bad')).lastError).toMatch(/three days.*503/)
  })

  test('does not let one message that it never takes keep the others from it', async () => {
    await alert()
    for (let n = 0; n < 4; n++) {
      await drain('bad')
      offset += hour
    }
    await alert()
    bad.received.length = 0
    await drain('bad')
    const [first] = keysAt(bad)
    const { messageId } = (await deliveriesTo('bad')).find(({ attempts }) => attempts === 1) ?? {}
    expect(first).toBe(messageId)
  })
})

describe('a refusal', () => {
  test.each([
    [410, true],
    [404, true],
    [401, true],
    [400, false],
    [413, false],
  ])('of %i is a dead letter at once', async (status, ill) => {
    bad.answer = { status }
    await alert()
    expect(await drain('bad')).toMatchObject([{ state: 'dead', channelIsIll: ill }])
    expect((await deliveryTo('bad')).lastError).toContain(String(status))
    expect((await channelState(system.db.pool, 'bad')).failingSince !== null).toBe(ill)
  })

  test('hands the alert to the fallback', async () => {
    const channels = [webhook('good', good.url), webhook('bad', bad.url, { fallback: 'good' })]
    await system.useConfig(await testConfig({ channels }))
    bad.answer = { status: 410 }
    const now = clock.now()
    await queueFor(system.db, [statusAlert(now)], ['bad'], now)
    await drain('bad')
    expect(await drain('good')).toMatchObject([{ state: 'sent' }])
    expect(good.received).toHaveLength(1)
  })

  test('is tried again by hand under its key', async () => {
    bad.answer = { status: 410 }
    await alert()
    await drain('bad')
    bad.answer = { status: 204 }
    const { id } = await deliveryTo('bad')
    expect(await system.db.transaction((tx) => retryDeliveries(tx, [id], clock.now()))).toBe(1)
    expect(await drain('bad')).toMatchObject([{ state: 'sent' }])
    expect(new Set(keysAt(bad)).size).toBe(1)
    expect((await triesOf(system.db.pool, id)).map(({ outcome }) => outcome)).toEqual(['refused', 'sent'])
  })
})

test('a channel that left the configuration gives up what waits for it, and says so', async () => {
  await alert(2)
  await system.useConfig(await testConfig({ channels: [webhook('good', good.url)] }))
  await drain('bad')
  for (const one of await deliveriesTo('bad'))
    expect(one).toMatchObject({
      state: 'dead',
      lastError: expect.stringContaining('no channel "bad"') as string,
    })
})

test('of a channel that left the configuration one warning says how many alerts waited and how to get them back', async () => {
  await alert(2)
  const lines: string[] = []
  const logger = pino({}, { write: (line) => void lines.push(line) })
  const after = await testConfig({ channels: [webhook('good', good.url)] })
  await reviseDeliveries(system.db, { before: system.config(), after, now: clock.now(), logger })
  await system.useConfig(after)
  await drain('bad')
  await reviseDeliveries(system.db, { before: after, after, now: clock.now(), logger })
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    {
      ...{ level: 40, event: 'channel-gone', channel: 'bad', waiting: 2 },
      msg: expect.stringContaining('openwatch alerts retry --channel bad') as string,
    },
  ])
})

test('a channel whose settings were changed is tried at once', async () => {
  await alert()
  await drain('bad')
  expect(await held('bad')).toBeGreaterThan(0)
  const channels = [webhook('good', good.url), webhook('bad', good.url)]
  await system.useConfig(await testConfig({ channels }))
  expect(await held('bad')).toBe(0)
})

test('and so it is where the database could take the change at the second go only', async () => {
  await alert()
  await drain('bad')
  const channels = [webhook('good', good.url), webhook('bad', good.url)]
  await system.db.pool.query('alter table watch_item rename to out_of_reach')
  await expect(system.useConfig(await testConfig({ channels }))).rejects.toThrow('watch_item')
  await system.db.pool.query('alter table out_of_reach rename to watch_item')
  await system.useConfig(await testConfig({ channels }))
  expect(await held('bad')).toBe(0)
})

test('every channel has its job from the moment alerts are committed, and none when they are rolled back', async () => {
  const failing = system.db.transaction(async (tx) => {
    await tx.query(`select graphile_worker.add_job('deliver')`)
    throw new Error('rolled back')
  })
  await expect(failing).rejects.toThrow('rolled back')
  expect(await jobs()).toHaveLength(0)
  await alert(3)
  expect((await jobs()).map(({ key }) => key)).toEqual(['channel:bad', 'channel:good'])
})

test('a delivery that is cut off by our own stop stays waiting, and its channel has a job', async () => {
  await alert()
  const sending = drain('bad')
  system.interrupt()
  expect(await sending).toEqual([])
  expect(await deliveryTo('bad')).toMatchObject({ state: 'waiting', attempts: 0 })
  expect((await jobs()).map(({ key }) => key)).toContain('channel:bad')
})

describe('alerts that go as one message', () => {
  beforeEach(async () => {
    const channels = [webhook('good', good.url), webhook('bad', bad.url, { group: true })]
    await system.useConfig(await testConfig({ channels }))
  })

  const sizes = () =>
    bad.received.map(({ body }) => (body as { data: { alerts?: unknown[] } }).data.alerts?.length ?? 1)

  test('are those that came within seconds of the first', async () => {
    bad.answer = { status: 204 }
    await alert(3)
    expect(await drain('bad')).toEqual([])
    await alert(2)
    offset += 3 * second
    expect(await drain('bad')).toMatchObject([{ state: 'sent' }])
    expect(sizes()).toEqual([5])
  })

  test('stay the same message for every try, whatever comes meanwhile', async () => {
    await alert(2)
    offset += 3 * second
    await drain('bad')
    await alert(3)
    bad.answer = { status: 204 }
    offset += hour
    await drain('bad')
    expect(sizes()).toEqual([2, 2, 3])
    expect(bad.received[0]?.body).toEqual(bad.received[1]?.body)
    const [key, again, other] = keysAt(bad)
    expect(again).toBe(key)
    expect(other).not.toBe(key)
  })

  test('go under another key when one of them is withdrawn', async () => {
    await alert(3)
    offset += 3 * second
    await drain('bad')
    const [one] = await deliveriesTo('bad')
    await system.db.pool.query(`update delivery set state = 'withdrawn' where id = $1`, [one?.id])
    bad.answer = { status: 204 }
    offset += hour
    await drain('bad')
    offset += 3 * second
    await drain('bad')
    expect(sizes()).toEqual([3, 2])
    expect(new Set(keysAt(bad)).size).toBe(2)
  })
})

describe('a database that cannot write', () => {
  test('has a message sent once: what was sent is kept, and written before anything else is sent', async () => {
    const { pool } = system.db
    await pool.query(`create function disk_full() returns trigger language plpgsql as $$
      begin raise exception 'could not extend file' using errcode = '53100'; end $$`)
    await pool.query(
      'create trigger full_disk before insert on delivery_attempt execute function disk_full()',
    )
    await alert(3)
    for (let tries = 0; tries < 3; tries++) {
      await expect(drain('good')).rejects.toThrow('what was sent could not be written down')
      offset += 15 * second
    }
    const before = keysAt(good)
    expect(new Set(before).size).toBe(before.length)
    await pool.query('drop trigger full_disk on delivery_attempt')
    await drain('good')
    expect(new Set(keysAt(good)).size).toBe(3)
    expect(keysAt(good)).toHaveLength(3)
    expect((await deliveriesTo('good')).map(({ state, attempts }) => [state, attempts])).toEqual(
      Array.from({ length: 3 }, () => ['sent', 1]),
    )
  })
})
