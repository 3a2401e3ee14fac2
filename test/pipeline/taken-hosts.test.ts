import { beforeEach, expect, test } from 'vitest'
import { TakenHosts, type Taking } from '../../src/pipeline/taken-hosts.ts'
import { addTestFeed } from '../support/stored-feed.ts'
import { countRows, testConfig, testSystem, type TestSystem } from '../support/system.ts'

const begin = new Date('2026-05-01T12:00:00Z')

let system: TestSystem
let now: Date
let gapMs: number
let processes: TakenHosts[]
/** What each process was told of what it gave back. */
let told: ((againMs: number | null) => void)[]

beforeEach(async () => {
  now = begin
  gapMs = 0
  processes = []
  told = []
  system = await testSystem({ config: await testConfig(), clock: { now: () => now } })
  return async () => {
    for (const process of processes) await process.close()
    await system.end()
  }
})

function process(): TakenHosts {
  const started = new TakenHosts({
    db: system.db,
    polling: () => ({ clock: { now: () => now }, hostGapMs: () => gapMs }),
    putOff: () => [],
    givenBack: (againMs) => told.shift()?.(againMs),
  })
  processes.push(started)
  return started
}

/** Feeds of hosts, each due a second later than the one before; all are due. */
async function feedsOf(...hosts: string[]): Promise<number[]> {
  const ids: number[] = []
  for (const [n, host] of hosts.entries()) {
    const at = new Date(begin.getTime() - (hosts.length - n) * 1000)
    ids.push((await addTestFeed(system, `http://${host}/${n}`, at)).id)
  }
  return ids
}

/** Writes down that feeds were polled. */
async function polled(...ids: number[]): Promise<void> {
  await system.db.pool.query(
    `update feed set next_poll_at = $2::timestamptz + interval '1 hour' where id = any($1)`,
    [ids, now],
  )
}

/** Gives hosts back; resolves when they are free, with when their feeds may be polled again. */
function giveBack(of: TakenHosts, ...hosts: string[]): Promise<number | null> {
  return new Promise((resolve) => {
    told.push(resolve)
    for (const host of hosts) of.giveBack(host)
  })
}

function ids({ hosts }: Taking): number[] {
  return hosts.flatMap(({ feeds }) => feeds.map(({ id }) => id))
}

test('what is due for longest is taken first, and the others after it without a pause', async () => {
  const [a, b, c] = await feedsOf('a.example', 'b.example', 'c.example')
  const one = process()
  const first = await one.take(2)
  expect([ids(first), first.moreMs]).toEqual([[a, b], 0])
  expect(ids(await one.take(2))).toEqual([c])
})

test('what came to be due since is taken when the others have been', async () => {
  const [a, b] = await feedsOf('a.example', 'b.example')
  const one = process()
  expect(ids(await one.take(1))).toEqual([a])
  const { id: late } = await addTestFeed(system, 'http://late.example/', now)
  const known = await one.take(1)
  expect(ids(known)).toEqual([b])
  expect(known.moreMs ?? known.laterMs).not.toBeNull()
  expect(ids(await one.take(1))).toEqual([late])
})

test('a feed that was polled, paused or put off by its host since it was found due is not taken', async () => {
  const [, b, c, d, e] = await feedsOf('a.example', 'b.example', 'c.example', 'd.example', 'e.example')
  const one = process()
  await one.take(1)
  await polled(b ?? 0)
  await system.db.pool.query(`update feed set state = 'paused', next_poll_at = null where id = $1`, [c])
  await system.db.pool.query(`insert into host (name, held_until) values ('d.example', $1)`, [
    new Date(now.getTime() + 60_000),
  ])
  expect(ids(await one.take(9))).toEqual([e])
  // nobody has asked these hosts: they are as free as they were
  await polled(e ?? 0)
  now = new Date(now.getTime() + 61_000)
  expect(ids(await process().take(9))).toEqual([d])
  expect(await countRows(system.db, `host where free_at is not null`)).toBe(0)
})

test('a feed whose host is another by now is taken with that host', async () => {
  const [, b] = await feedsOf('a.example', 'b.example')
  const one = process()
  await one.take(1)
  await system.db.pool.query(`update feed set host = 'moved.example' where id = $1`, [b])
  expect((await one.take(1)).hosts.map(({ host }) => host)).toEqual(['moved.example'])
})

test('of a host with many feeds the rest has its turn when it is given back', async () => {
  const all = await feedsOf(...Array.from({ length: 60 }, () => 'many.example'))
  const one = process()
  const turns: number[][] = []
  for (let turn = 0; turn < 3; turn++) {
    turns.push(ids(await one.take(1)))
    await polled(...(turns[turn] ?? []))
    expect(await giveBack(one, 'many.example')).toBe(turn < 2 ? 0 : null)
  }
  expect(turns).toEqual([all.slice(0, 25), all.slice(25, 50), all.slice(50)])
})

test('a host that is to be left alone between requests is not taken before that is over', async () => {
  gapMs = 60_000
  const [a1, b1] = await feedsOf('a.example', 'b.example', 'a.example')
  const one = process()
  expect(ids(await one.take(1))).toEqual([a1])
  await polled(a1 ?? 0)
  expect(await giveBack(one, 'a.example')).toBe(60_000)
  expect(ids(await one.take(1))).toEqual([b1])
  const early = await one.take(1)
  expect(ids(early)).toEqual([])
  expect(early.moreMs).toBeGreaterThan(0)
  expect(ids(await process().take(1))).toEqual([])
})

test('a host that was to be left alone is taken again when that is over', async () => {
  gapMs = 50
  const [first, second] = await feedsOf('a.example', 'a.example')
  const one = process()
  expect(ids(await one.take(1))).toEqual([first])
  await polled(first ?? 0)
  await giveBack(one, 'a.example')
  let again = await one.take(1)
  while (again.hosts.length === 0) {
    expect(again.moreMs).not.toBeNull()
    await new Promise((resolve) => setTimeout(resolve, again.moreMs ?? 0))
    again = await one.take(1)
  }
  expect(ids(again)).toEqual([second])
})

test('of processes that found the same feeds due each is taken by one, and none rests while there are others', async () => {
  const all = await feedsOf(...Array.from({ length: 12 }, (_, n) => `host${n}.example`))
  const [one, other] = [process(), process()]
  const taken: number[] = []
  for (let turn = 0; turn < 3; turn++)
    for (const each of [one, other]) {
      const taking = await each.take(2)
      expect(taking.hosts).toHaveLength(2)
      taken.push(...ids(taking))
    }
  expect(taken.toSorted((a, b) => a - b)).toEqual(all)
  expect(ids(await one.take(2))).toEqual([])
})

test('when the clock was set back nothing is taken before its time', async () => {
  await feedsOf('a.example', 'b.example')
  const one = process()
  await one.take(1)
  now = new Date(begin.getTime() - 3_600_000)
  expect(ids(await one.take(1))).toEqual([])
})

test('a host that was locked by a look that failed is not kept from others for ever', async () => {
  const [a] = await feedsOf('a.example')
  const [one, other] = [process(), process()]
  // the feeds are read after their host was locked
  await system.db.pool.query('alter table subscription rename to away')
  await expect(one.take(1)).rejects.toThrow('subscription')
  await system.db.pool.query('alter table away rename to subscription')
  expect(ids(await one.take(1))).toEqual([a])
  await giveBack(one, 'a.example')
  expect(ids(await other.take(1))).toEqual([a])
})
