import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { alertSchema, type Alert } from '../../src/alerts/alert.ts'
import type { ChannelConfig } from '../../src/config/schema/channel.ts'
import type { RouteConfig } from '../../src/config/schema/route.ts'
import { releaseItem } from '../../src/store/alerts.ts'
import { listDeliveries, retryDeliveries } from '../../src/store/deliveries.ts'
import { queueFor, statusAlert, webhook } from '../support/alerts.ts'
import { startReceiver, type Receiver } from '../support/receiver.ts'
import { testConfig, testSystem, type TestSystem } from '../support/system.ts'

const hour = 3_600_000

const night = { from: 22 * 60, to: 7 * 60, timeZone: 'Europe/Berlin', except: ['happened' as const] }
const morningMail = {
  every: 'day' as const,
  at: 8 * 60,
  on: 'monday' as const,
  timeZone: 'Europe/Berlin',
  allQuiet: true,
  except: [],
}

let receiver: Receiver
let other: Receiver
let system: TestSystem
let now: Date

beforeEach(async () => {
  receiver = await startReceiver()
  other = await startReceiver()
  return async () => {
    await receiver.close()
    await other.close()
  }
})

afterEach(() => system.end())

/** A system whose first channel has the given manners; the other one has none. */
async function begin(
  at: string,
  manners: Parameters<typeof webhook>[2],
  routes: RouteConfig[] = [],
): Promise<void> {
  now = new Date(at)
  const channels: ChannelConfig[] = [webhook('hook', receiver.url, manners), webhook('other', other.url)]
  system = await testSystem({ config: await testConfig({ channels, routes }), clock: { now: () => now } })
}

/** A second after whatever was last. */
async function tell(...alerts: Alert[]): Promise<void> {
  now = new Date(now.getTime() + 1000)
  await queueFor(system.db, alerts, ['hook'], now)
}

/** Looks after everything and sends what is due; gives what the first channel received meanwhile. */
async function at(time: string): Promise<Body[]> {
  now = new Date(time)
  const before = receiver.received.length
  // as the worker does that takes them
  await system.db.pool.query('delete from graphile_worker._private_jobs')
  await system.deliveries.tend()
  for (const channel of system.deliveries.channels()) await system.deliveries.drain(channel, () => undefined)
  return receiver.received.slice(before).map(({ body }) => body as Body)
}

interface Body {
  readonly type: string
  readonly data: { readonly alerts?: unknown[]; readonly digest?: { from: string; to: string } | null }
}

const happened = () => statusAlert(now, { to: 'happened' })

/** When the first channel's next job is due, in milliseconds from now; null where it has none. */
async function nextJob(): Promise<number | null> {
  const { rows } = await system.db.pool.query<{ ms: number }>(
    `select (extract(epoch from run_at - now()) * 1000)::float8 as ms from graphile_worker.jobs where key = 'channel:hook'`,
  )
  return rows[0]?.ms ?? null
}

describe('quiet hours', () => {
  test('hold what comes in them, and deliver it together when they end', async () => {
    await begin('2026-05-04T21:30:00Z', { quiet: night, group: true })
    await tell(statusAlert(now), statusAlert(now))
    expect(await at('2026-05-04T21:30:03Z')).toEqual([])
    expect(await nextJob()).toBeGreaterThan(7 * hour)
    await tell(statusAlert(now))
    expect(await at('2026-05-05T04:59:00Z')).toEqual([])
    await at('2026-05-05T05:00:00Z')
    const [message, ...more] = await at('2026-05-05T05:00:03Z')
    expect(message?.data.alerts).toHaveLength(3)
    expect(more).toEqual([])
  })

  test('are disturbed by what may disturb them', async () => {
    await begin('2026-05-04T21:30:00Z', { quiet: night })
    await tell(statusAlert(now), happened())
    expect(await at('2026-05-04T21:30:01Z')).toHaveLength(1)
    expect(await at('2026-05-05T05:00:00Z')).toHaveLength(1)
  })

  test('hold further tries of what failed before they began', async () => {
    await begin('2026-05-04T19:59:50Z', { quiet: night })
    receiver.answer = { status: 503 }
    await tell(statusAlert(now))
    expect(await at('2026-05-04T19:59:55Z')).toHaveLength(1)
    receiver.answer = { status: 204 }
    expect(await at('2026-05-04T20:10:00Z')).toEqual([])
    expect(await at('2026-05-05T05:00:00Z')).toHaveLength(1)
  })

  test('that are taken out of the configuration hold nothing any more', async () => {
    await begin('2026-05-04T21:30:00Z', { quiet: night })
    await tell(statusAlert(now))
    expect(await at('2026-05-04T21:31:00Z')).toEqual([])
    await system.useConfig(await testConfig({ channels: [webhook('hook', receiver.url)] }))
    expect(await at('2026-05-04T21:32:00Z')).toHaveLength(1)
  })
})

describe('a digest', () => {
  test('has all that came since the last one, and says so', async () => {
    await begin('2026-05-04T05:00:00Z', { digest: morningMail })
    await at('2026-05-04T06:00:00Z')
    await tell(statusAlert(now), happened())
    expect(await at('2026-05-04T18:00:00Z')).toEqual([])
    await tell(statusAlert(now))
    expect(await at('2026-05-05T05:59:59Z')).toEqual([])
    const [digest, ...more] = await at('2026-05-05T06:00:00Z')
    expect(digest).toMatchObject({
      type: 'digest',
      data: { digest: { from: '2026-05-04T06:00:00.000Z', to: '2026-05-05T06:00:00.000Z' } },
    })
    expect(digest?.data.alerts).toHaveLength(3)
    expect(more).toEqual([])
    expect(await at('2026-05-05T06:30:00Z')).toEqual([])
  })

  test('that could not be sent is sent as it was, though more has come', async () => {
    await begin('2026-05-04T05:00:00Z', { digest: morningMail })
    await at('2026-05-04T06:00:00Z')
    await tell(statusAlert(now))
    receiver.answer = { status: 503 }
    const [first] = await at('2026-05-05T06:00:00Z')
    await tell(statusAlert(now))
    receiver.answer = { status: 204 }
    expect(await at('2026-05-05T07:00:00Z')).toEqual([first])
  })

  test('says that all is quiet where nothing came, once', async () => {
    await begin('2026-05-04T05:00:00Z', { digest: morningMail })
    expect(await at('2026-05-04T06:00:00Z')).toEqual([])
    expect(await at('2026-05-05T06:00:00Z')).toMatchObject([
      { type: 'alert.all-quiet', data: { since: '2026-05-04T06:00:00.000Z' } },
    ])
    expect(await at('2026-05-05T06:00:10Z')).toEqual([])
    const sibling = await system.sibling()
    await sibling.deliveries.tend()
    expect(await at('2026-05-05T06:00:20Z')).toEqual([])
    await tell(statusAlert(now))
    expect(await at('2026-05-06T06:00:00Z')).toMatchObject([{ type: 'digest' }])
  })

  test('says that all is quiet on the very next day after news', async () => {
    await begin('2026-05-04T05:00:00Z', { digest: morningMail })
    await at('2026-05-04T06:00:00Z')
    await tell(statusAlert(now))
    // each is sent a few seconds after its time
    expect(await at('2026-05-05T06:00:04Z')).toMatchObject([{ type: 'digest' }])
    expect(await at('2026-05-06T06:00:04Z')).toMatchObject([
      { type: 'alert.all-quiet', data: { since: '2026-05-05T06:00:00.000Z' } },
    ])
    expect(await at('2026-05-07T06:00:04Z')).toMatchObject([{ type: 'alert.all-quiet' }])
  })

  test('says that all is quiet where what came was withdrawn', async () => {
    await begin('2026-05-04T05:00:00Z', { digest: morningMail })
    await at('2026-05-04T06:00:00Z')
    await tell(statusAlert(now))
    await at('2026-05-04T18:00:00Z')
    await system.db.pool.query(`update delivery set state = 'withdrawn', next_attempt_at = null`)
    expect(await at('2026-05-05T06:00:04Z')).toMatchObject([{ type: 'alert.all-quiet' }])
  })

  test('does not call it quiet where it has what a snooze held until then', async () => {
    await begin('2026-05-04T05:00:00Z', { digest: morningMail })
    await at('2026-05-04T06:00:00Z')
    await system.db.pool.query(`update watch_item set snoozed_until = '2026-05-05T12:00:00Z'`)
    await tell(statusAlert(now))
    await at('2026-05-04T06:00:02Z')
    expect(await at('2026-05-05T06:00:04Z')).toEqual([])
    expect(await at('2026-05-06T06:00:04Z')).toMatchObject([{ type: 'digest' }])
    expect(await at('2026-05-07T06:00:04Z')).toMatchObject([{ type: 'alert.all-quiet' }])
  })

  test('says nothing where nothing came and nobody asked', async () => {
    await begin('2026-05-04T05:00:00Z', { digest: { ...morningMail, allQuiet: false } })
    await at('2026-05-04T06:00:00Z')
    expect(await at('2026-05-05T06:00:00Z')).toEqual([])
  })

  test('whose time falls into quiet hours comes when they end', async () => {
    await begin('2026-05-04T05:00:00Z', { digest: { ...morningMail, at: 6 * 60 }, quiet: night })
    await at('2026-05-04T06:00:00Z')
    await tell(statusAlert(now))
    expect(await at('2026-05-05T04:00:00Z')).toEqual([])
    expect(await at('2026-05-05T05:00:00Z')).toMatchObject([
      { type: 'digest', data: { digest: { to: '2026-05-05T04:00:00.000Z' } } },
    ])
  })
})

describe('a snoozed question', () => {
  const snooze = (set: string) =>
    system.db.pool.query(`update watch_item set ${set} where id = 'release-timing'`)
  const moved = (): Alert => {
    const { from: _from, to: _to, expected: _expected, ...rest } = statusAlert(now)
    return { ...rest, kind: 'date-changed', status: 'announced', from: 'June', to: 'later this summer' }
  }

  test('is silent until its date, and what came meanwhile is told then', async () => {
    await begin('2026-05-04T12:00:00Z', {})
    await snooze(`snoozed_until = '2026-05-11T12:00:00Z'`)
    await tell(statusAlert(now))
    expect(await at('2026-05-11T11:59:00Z')).toEqual([])
    expect(await at('2026-05-11T12:00:00Z')).toHaveLength(1)
  })

  test('is silent until its status changes, which ends the snooze', async () => {
    await begin('2026-05-04T12:00:00Z', {})
    await snooze(`snoozed_to_change = true`)
    await tell(moved())
    expect(await at('2026-05-20T12:00:00Z')).toEqual([])
    await tell(statusAlert(now))
    expect((await at('2026-05-20T12:00:01Z')).map(({ type }) => type)).toEqual([
      'alert.date-changed',
      'alert.status-changed',
    ])
    await tell(moved())
    expect(await at('2026-05-20T12:00:02Z')).toHaveLength(1)
  })

  test('speaks at once when its snooze is ended', async () => {
    await begin('2026-05-04T12:00:00Z', {})
    await snooze(`snoozed_to_change = true`)
    await tell(moved())
    expect(await at('2026-05-04T12:00:01Z')).toEqual([])
    await snooze(`snoozed_to_change = false`)
    await system.db.transaction((tx) => releaseItem(tx, 'release-timing', now))
    expect(await at('2026-05-04T12:00:02Z')).toHaveLength(1)
  })

  test('does not die of its age', async () => {
    await begin('2026-05-04T12:00:00Z', {})
    await snooze(`snoozed_until = '2026-06-04T12:00:00Z'`)
    await tell(statusAlert(now))
    await at('2026-05-04T12:00:01Z')
    receiver.answer = { status: 503 }
    await at('2026-06-04T12:00:00Z')
    await at('2026-06-04T14:00:00Z')
    receiver.answer = { status: 204 }
    await at('2026-06-04T16:00:00Z')
    expect(await listDeliveries(system.db.pool, 9, { channel: 'hook' })).toMatchObject([
      { state: 'sent', attempts: 3 },
    ])
  })
})

describe('a channel that fails', () => {
  test('is told of on the others after an hour, once, and anew when it fails again', async () => {
    await begin('2026-05-04T12:00:00Z', {})
    receiver.answer = { status: 503 }
    await tell(statusAlert(now), statusAlert(now))
    await at('2026-05-04T12:00:01Z')
    await at('2026-05-04T13:00:00Z')
    expect(other.received).toHaveLength(0)
    await at('2026-05-04T13:00:02Z')
    await at('2026-05-04T15:00:00Z')
    expect(other.received.map(({ body }) => body)).toMatchObject([
      {
        type: 'alert.channel-failing',
        data: { channel: 'hook', waiting: 2, failingSince: '2026-05-04T12:00:01.000Z' },
      },
    ])
    receiver.answer = { status: 204 }
    await at('2026-05-04T18:00:00Z')
    receiver.answer = { status: 503 }
    await tell(statusAlert(now))
    await at('2026-05-04T18:00:01Z')
    await at('2026-05-04T19:01:00Z')
    expect(other.received).toHaveLength(2)
  })

  test('is told of as refusing, and how many it lost, where it refused', async () => {
    await begin('2026-05-04T12:00:00Z', {})
    receiver.answer = { status: 410 }
    await tell(statusAlert(now), statusAlert(now))
    await at('2026-05-04T12:00:01Z')
    await system.deliveries.tellOfRefusing('hook')
    await at('2026-05-04T12:00:02Z')
    const [told] = other.received.map(({ body }) => alertSchema.parse((body as Body).data))
    expect(told).toMatchObject({ kind: 'channel-failing', channel: 'hook', waiting: 0, givenUp: 2 })
  })

  test('is not told of when it is well again before that could be told', async () => {
    await begin('2026-05-04T21:30:00Z', { quiet: night })
    other.answer = { status: 503 }
    await queueFor(system.db, [statusAlert(now)], ['other'], now)
    await at('2026-05-04T21:30:01Z')
    await at('2026-05-04T22:40:00Z')
    expect(await statesAtHook()).toEqual(['channel-failing waiting'])
    other.answer = { status: 204 }
    await at('2026-05-05T01:00:00Z')
    expect(await at('2026-05-05T05:00:00Z')).toEqual([])
    expect(await statesAtHook()).toEqual(['channel-failing withdrawn'])
  })

  test('is not told of by a retry when it is well again', async () => {
    await begin('2026-05-04T12:00:00Z', {})
    other.answer = { status: 503 }
    receiver.answer = { status: 400 }
    await queueFor(system.db, [statusAlert(now)], ['other'], now)
    await at('2026-05-04T12:00:01Z')
    await at('2026-05-04T13:10:00Z')
    await at('2026-05-04T13:10:01Z')
    expect(await statesAtHook()).toEqual(['channel-failing dead'])
    other.answer = { status: 204 }
    await at('2026-05-04T18:00:00Z')
    const ids = (await listDeliveries(system.db.pool, 10, { channel: 'hook' })).map(({ id }) => id)
    expect(await system.db.transaction((tx) => retryDeliveries(tx, ids, now))).toBe(0)
    expect(await statesAtHook()).toEqual(['channel-failing withdrawn'])
  })

  test('is still to be told of while it fails', async () => {
    await begin('2026-05-04T21:30:00Z', { quiet: night })
    other.answer = { status: 503 }
    await queueFor(system.db, [statusAlert(now)], ['other'], now)
    await at('2026-05-04T21:30:01Z')
    await at('2026-05-04T22:40:00Z')
    expect(await at('2026-05-05T05:00:00Z')).toMatchObject([{ type: 'alert.channel-failing' }])
  })

  async function statesAtHook(): Promise<string[]> {
    const found = await listDeliveries(system.db.pool, 10, { channel: 'hook' })
    return found.map(({ alertKind, state }) => `${alertKind} ${state}`)
  }

  test('is told of where a route says so', async () => {
    const routes = [{ kinds: ['channel-failing' as const], channels: ['hook'] }]
    await begin('2026-05-04T12:00:00Z', {}, routes)
    receiver.answer = { status: 503 }
    await tell(statusAlert(now))
    await at('2026-05-04T12:00:01Z')
    await at('2026-05-04T13:10:00Z')
    // the route names the very channel that fails
    expect(other.received).toHaveLength(1)
  })
})

test('times that are asked for do not delay what others get', async () => {
  await begin('2026-05-04T21:30:00Z', { quiet: night })
  await queueFor(system.db, [statusAlert(now)], ['hook', 'other'], now)
  await at('2026-05-04T21:30:01Z')
  expect(other.received).toHaveLength(1)
  expect(receiver.received).toHaveLength(0)
})
