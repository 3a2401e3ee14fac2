import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import type { Entry } from '../../src/matching/entry.ts'
import { ingest } from '../../src/pipeline/ingest.ts'
import { recompute } from '../../src/pipeline/recompute.ts'
import { rejectChange, takeBackRejection, type ChangeName } from '../../src/pipeline/reject.ts'
import { createWatchSet, judgeOf } from '../../src/pipeline/watch-set.ts'
import type { RejectionReason } from '../../src/status/rejected.ts'
import { putFeed } from '../../src/store/feeds.ts'
import { rejectionsOf } from '../../src/store/rejections.ts'
import { listItems, muteOutlet } from '../../src/store/watch-items.ts'
import { falcon as falconSince } from '../support/falcon.ts'
import { testConfig, testSystem, type TestSystem } from '../support/system.ts'

const now = new Date('2025-09-01T00:00:00Z')
const falcon = falconSince(new Date('2025-01-01T00:00:00Z'), { official: ['acme.test'] })
const routing = { channels: ['mail', 'chat', 'phone'], routes: [] }

let system: TestSystem
let feedId: number

beforeEach(async () => {
  const config = await testConfig({ watchItems: [{ ...falcon, file: 'test', sinceGiven: true }] })
  const outlets = new Map([
    ...config.outlets,
    ['press.test', 'established'],
    ['gazette.test', 'established'],
  ] as const)
  system = await testSystem({ config: { ...config, outlets } })
  feedId = await putFeed(
    system.db.pool,
    { url: 'http://feed.test/', title: null, homeUrl: null, outlet: null, topic: null, everyMs: null },
    { origin: 'user', now },
  )
  return () => system.end()
})

let count = 0
function news(day: string, outlet: string, title: string, more: Partial<Entry> = {}): Entry {
  count += 1
  const id = `${outlet}-${count}`
  return {
    ...{ id, url: `https://${outlet}/${count}`, outlet, title, text: '', author: null, discussionUrl: null },
    publishedAt: new Date(`${day}T12:00:00Z`),
    ...more,
  }
}

async function came(...entries: Entry[]) {
  const watchSet = createWatchSet(() => system.config())
  return system.db.transaction((tx) =>
    ingest(tx, feedId, entries, { watchSet, now, silent: () => false, routing, reportUrl: () => null }),
  )
}

const options = () => ({ config: system.config(), now, reportUrl: () => null })
const reject = (name: Partial<ChangeName> & { reason?: RejectionReason; note?: string } = {}) =>
  system.db.transaction((tx) =>
    rejectChange(
      tx,
      { itemId: 'falcon', sequence: null, reason: 'not-said', note: null, via: 'cli', ...name },
      options(),
    ),
  )
const takeBack = (sequence: number | null = null) =>
  system.db.transaction((tx) => takeBackRejection(tx, { itemId: 'falcon', sequence }, options()))

async function stored() {
  const [item] = await listItems(system.db.pool, ['falcon'])
  if (item === undefined) throw new Error('the item is gone')
  return item
}

async function history(): Promise<string[]> {
  const { rows } = await system.db.pool.query<{ line: string }>(
    `select sequence || ' ' || kind || ' ' || "from" || '>' || "to" as line from status_change order by sequence`,
  )
  return rows.map((row) => row.line)
}

/** The deliveries as "number of the change, kind of alert, channel, state". */
async function deliveries(): Promise<string[]> {
  const { rows } = await system.db.pool.query<{ line: string }>(
    `select s.sequence || ' ' || a.kind || ' ' || d.channel || ' ' || d.state as line
     from delivery d join alert a on a.id = d.alert_id join status_change s on s.id = a.status_change_id
     order by s.sequence, a.kind, d.channel`,
  )
  return rows.map((row) => row.line)
}

async function mark(channel: string, state: string): Promise<void> {
  await system.db.pool.query(`update delivery set state = $2 where channel = $1`, [channel, state])
}

const promise = news('2025-03-01', 'acme.test', 'Acme will release Falcon 3 in November')
const report = news('2025-05-01', 'press.test', 'Acme releases Falcon 3 to customers in nine countries')

test('a rejected change is corrected by one more change; the history before it stays', async () => {
  await came(promise, report)
  const done = await reject({ note: 'it is about the Falcon 2' })
  expect(done).toMatchObject({
    kind: 'rejected',
    deciding: { outlet: 'press.test', quote: report.title },
    standing: { status: 'announced', expected: { text: 'in November' } },
    correction: { change: { sequence: 3 } },
  })
  expect(await history()).toEqual([
    '1 status open>announced',
    '2 status announced>happened',
    '3 correction happened>announced',
  ])
  const [last] = (await system.report(['falcon'])).items[0]?.changes.slice(-1) ?? []
  expect(last).toMatchObject({
    reason: 'rejected: not said - it is about the Falcon 2',
    evidence: [{ quote: promise.title }],
  })
  expect((await stored()).standing.status).toBe('announced')
})

test('it goes to exactly those who had the original; where that still waited or was given up, neither is sent', async () => {
  await came(promise)
  await mark('mail', 'sent')
  await came(report)
  await system.db.pool.query(
    `update delivery d set state = case channel when 'mail' then 'sent' when 'chat' then 'waiting' else 'dead' end
     from alert a join status_change s on s.id = a.status_change_id where a.id = d.alert_id and s.sequence = 2`,
  )
  expect(await reject()).toMatchObject({ correction: { channels: ['mail'] } })
  expect(await deliveries()).toEqual([
    '1 status-changed chat waiting',
    '1 status-changed mail sent',
    '1 status-changed phone waiting',
    '2 status-changed chat withdrawn',
    '2 status-changed mail sent',
    '2 status-changed phone withdrawn',
    '3 corrected mail waiting',
  ])
})

test('whatever became of the original on each channel, the correction goes to those who had it and to nobody else', async () => {
  const states = fc.array(fc.constantFrom('waiting', 'sent', 'dead'), { minLength: 3, maxLength: 3 })
  await came(report)
  await fc.assert(
    fc.asyncProperty(states, async (became) => {
      const before = new Map(routing.channels.map((channel, n) => [channel, became[n] ?? 'sent']))
      for (const [channel, state] of before) await mark(channel, state)
      await reject()
      const after = (await deliveries()).filter((line) => !line.startsWith('1 '))
      const had = [...before].flatMap(([channel, state]) => (state === 'sent' ? [channel] : []))
      expect(after.map((line) => line.split(' ').slice(1).join(' '))).toEqual(
        had.toSorted().map((channel) => `corrected ${channel} waiting`),
      )
      const originals = (await deliveries()).filter((line) => line.startsWith('1 '))
      expect(originals).toEqual(
        [...before]
          .map(([channel, state]) => `1 status-changed ${channel} ${state === 'sent' ? state : 'withdrawn'}`)
          .toSorted(),
      )
      await takeBack()
      await system.db.pool.query(`delete from alert where kind = 'corrected'`)
    }),
    { numRuns: 15 },
  )
})

test('later copies of the story do not fire again, other news does', async () => {
  await came(promise, report)
  await reject()
  const copy = await came(
    news('2025-05-03', 'gazette.test', 'Acme Releases Falcon 3 to Customers in Nine Countries'),
  )
  expect(copy).toMatchObject({ matches: 1, changes: [] })
  const { rows } = await system.db.pool.query(`select reason from claim where outlet = 'gazette.test'`)
  expect(rows).toEqual([{ reason: 'a person rejected this story: not said' }])
  const other = await came(news('2025-08-20', 'gazette.test', 'Falcon 3 by Acme goes on sale'))
  expect(other.changes).toHaveLength(1)
})

test('a story that another one carries as well is taken out without a correction', async () => {
  await came(report, news('2025-05-03', 'gazette.test', 'Falcon 3 by Acme goes on sale'))
  const done = await reject()
  expect(done).toMatchObject({ kind: 'rejected', correction: null, standing: { status: 'happened' } })
  expect((await stored()).standing.since).toBe('2025-05-03T12:00:00.000Z')
  const [item] = (await system.report(['falcon'])).items
  expect(item?.evidence[0]?.outlet).toBe('gazette.test')
  expect(item?.changes[0]?.evidence[0]?.rejected).toMatchObject({ words: 'not said', note: null })
})

test('a date that was rejected goes back to the one before', async () => {
  await came(promise, news('2025-04-01', 'press.test', 'Acme to release Falcon 3 in December, not November'))
  expect(await history()).toEqual(['1 status open>announced', '2 date announced>announced'])
  await mark('chat', 'sent')
  const done = await reject({ sequence: 2, reason: 'outdated' })
  expect(done).toMatchObject({
    standing: { expected: { text: 'in November' } },
    correction: {
      channels: ['chat'],
      change: { decision: { reason: 'rejected: outdated; expected: November 2025' } },
    },
  })
})

test('rejecting twice is told, and changes nothing', async () => {
  await came(promise, report)
  await reject({ reason: 'wrong-subject' })
  expect(await reject({ sequence: 2 })).toMatchObject({
    kind: 'already',
    rejection: { reason: 'wrong-subject', via: 'cli' },
  })
  expect(await history()).toHaveLength(3)
})

test('taken back, everything stands as it did; who had the correction is told, and what was withdrawn is sent', async () => {
  await came(promise, report)
  const before = await stored()
  await mark('mail', 'sent')
  await reject()
  await mark('mail', 'sent')
  const done = await takeBack()
  expect(done).toMatchObject({
    kind: 'taken-back',
    change: { sequence: 2 },
    correction: { channels: ['mail'] },
  })
  expect((await stored()).standing).toEqual(before.standing)
  expect((await history()).at(-1)).toBe('4 correction announced>happened')
  expect(await rejectionsOf(system.db.pool, ['falcon'])).toEqual([])
  expect((await deliveries()).filter((line) => !line.startsWith('1'))).toEqual([
    '2 status-changed chat waiting',
    '2 status-changed mail sent',
    '2 status-changed phone waiting',
    '3 corrected mail sent',
    '4 corrected mail waiting',
  ])
  expect(await takeBack()).toEqual({ kind: 'not-rejected' })
})

test('what cannot be rejected says why', async () => {
  expect(await reject()).toEqual({ kind: 'no-change', last: 0 })
  expect(await reject({ itemId: 'eagle' })).toEqual({ kind: 'no-item' })
  await came(report)
  expect(await reject({ sequence: 7 })).toEqual({ kind: 'no-change', last: 1 })
  await reject()
  expect(await reject({ sequence: 2 })).toMatchObject({ kind: 'no-evidence', change: { kind: 'correction' } })
})

test('an item whose kind is gone is left as it is', async () => {
  await came(report)
  const config = { ...system.config(), kinds: new Map() }
  const rejecting = system.db.transaction((tx) =>
    rejectChange(
      tx,
      { itemId: 'falcon', sequence: null, reason: 'not-said', note: null, via: 'cli' },
      { ...options(), config },
    ),
  )
  await expect(rejecting).rejects.toThrow('there is no kind "release"')
  expect((await stored()).standing.status).toBe('happened')
  expect(await rejectionsOf(system.db.pool, ['falcon'])).toEqual([])
})

test('a correction by a revision goes to exactly those who had the original, too', async () => {
  await came(report)
  await mark('phone', 'sent')
  await came({ ...report, title: 'Acme does not release Falcon 3 to customers in nine countries' })
  expect(await deliveries()).toEqual([
    '1 status-changed chat withdrawn',
    '1 status-changed mail withdrawn',
    '1 status-changed phone sent',
    '2 corrected phone waiting',
  ])
})

test('by all that came, with nothing rejected, a question stands where it stood live, mutes and revisions included', async () => {
  const titles = [
    'Acme will release Falcon 3 in November',
    'Acme delays Falcon 3 to December',
    'Acme cancels Falcon 3',
    'Falcon 3 by Acme goes on sale',
    'Acme releases Falcon 3',
    'Acme does not release Falcon 3',
    'Acme might release Falcon 3 next year',
    'A look at Falcon 3',
  ]
  const step = fc.oneof(
    fc.record({
      title: fc.constantFrom(...titles),
      outlet: fc.constantFrom('acme.test', 'press.test', 'blog.test', 'diary.test'),
      day: fc.integer({ min: 0, max: 60 }),
      id: fc.integer({ min: 0, max: 6 }),
    }),
    fc.record({ mute: fc.constantFrom('acme.test', 'press.test', 'blog.test'), isMuted: fc.boolean() }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
      await system.db.pool.query(`delete from status_change; delete from match; delete from entry`)
      await system.db.pool.query(`update watch_item set muted = '{}', standing = $1`, [
        JSON.stringify(await fresh()),
      ])
      for (const one of steps) {
        if ('mute' in one) await muteOutlet(system.db.pool, 'falcon', one.mute, one.isMuted)
        else
          await came(
            news(new Date(Date.UTC(2025, 3, 1 + one.day)).toISOString().slice(0, 10), one.outlet, one.title, {
              id: `${one.outlet} ${one.id}`,
              url: `https://${one.outlet}/${one.id}`,
            }),
          )
      }
      const item = await stored()
      const again = await recompute(system.db.pool, item, [], judgeOf([item], system.config()))
      expect(isDeepStrictEqual(JSON.parse(JSON.stringify(again)), item.standing)).toBe(true)
    }),
    { numRuns: 40 },
  )
}, 60_000)

async function fresh() {
  const item = await stored()
  return recompute(system.db.pool, { item: item.item }, [], judgeOf([item], system.config()))
}
