import { setTimeout as sleep } from 'node:timers/promises'
import { request } from 'undici'
import { killWhileDelivering } from '../test/support/kill-deliveries.ts'
import type { BenchRow } from './bench-row.ts'
import { nowMs, type Accepted, type PeerReport } from './delivery-report.ts'
import { openBenchDatabase } from './bench-database.ts'
import { openDeliverySystem, type DeliverySystem } from './delivery-system.ts'
import { randomFrom } from './percolate-material.ts'
import type { Run } from './registry.ts'
import { wholeNumber } from './whole-number.ts'

const bench = 'deliver'
const changes = wholeNumber('OPENWATCH_BENCH_CHANGES', 1000)
const kills = wholeNumber('OPENWATCH_BENCH_KILLS', 200)

/** Changes a second, and those before that only warm the process up. */
const rate = 50
const warmUp = 50

/** Channels that are well, and the numbers of those that are not. */
const healthy = [0, 1, 2]
const down = 3
const slow = 4
const limited = 5
const hooks = 6

/** Measures latency, a bad day of half of the channels, and kills. */
export const run: Run = async () => [...(await latency()), ...(await badDay()), ...(await killed())]

/** From the bytes of a feed to the accepted webhook, beside POSTs of the same size at the same rate. */
const latency = async (): Promise<BenchRow[]> => {
  process.stderr.write(`  ${changes} changes at ${rate} a second …\n`)
  const system = await openDeliverySystem(changes + warmUp, 1)
  try {
    await system.poll(0, warmUp)
    await until(system, ({ accepted }) => accepted.length >= warmUp)
    await steadily(changes, (n) => system.poll(warmUp + n, warmUp + n + 1))
    // a round that was under way when the last feed came to be due has not taken it
    await sleep(200)
    await system.poll(0, 0)
    const { served, accepted } = await until(system, (report) => report.accepted.length >= warmUp + changes)
    const told = accepted.filter(({ feed }) => feed >= warmUp)
    const taken = told.map(({ feed, at }) => at - (served[feed] ?? 0))
    const bare = await barePosts(system)
    return [
      ms('from the bytes of a feed to the accepted webhook, median', median(taken), median(bare)),
      ms('from the bytes of a feed to the accepted webhook, 99th percentile', p99(taken), p99(bare)),
      ms('a bare POST of the same size, median', median(bare)),
      ms('a bare POST of the same size, 99th percentile', p99(bare)),
    ]
  } finally {
    await system.close()
  }
}

const barePosts = async (system: DeliverySystem): Promise<number[]> => {
  const filler = 'x'.repeat(2000)
  const began: number[] = []
  const posts: Promise<unknown>[] = []
  await steadily(changes, (n) => {
    began[n] = nowMs()
    const body = JSON.stringify({ text: `Zeppelin ${n}`, filler })
    const headers = { 'content-type': 'application/json', 'webhook-id': `bare-${n}` }
    const post = request(system.hookUrl(1), { method: 'POST', headers, body })
    posts.push(post.then((response) => response.body.dump()))
  })
  await Promise.all(posts)
  const { accepted } = await system.report()
  return accepted.filter(({ hook }) => hook === 1).map(({ feed, at }) => at - (began[feed] ?? 0))
}

/** Half of the channels fail, each in its way, while all changes come at once; then they are well again. */
const badDay = async (): Promise<BenchRow[]> => {
  process.stderr.write(`  ${changes} changes at once to ${hooks} channels, three of them ill …\n`)
  const system = await openDeliverySystem(changes, hooks)
  try {
    system.manner(down, { status: 0 })
    system.manner(slow, { status: 204, delayMs: 5000 })
    system.manner(limited, { status: 429, retryAfter: 5 })
    await system.poll(0, changes)
    const isDone = (report: PeerReport, some: readonly number[]) =>
      some.every((hook) => accepted(report, hook).length >= changes)
    const well = await until(system, (report) => isDone(report, healthy))
    const ill = [down, slow, limited]
    const before = ill.map((hook) => accepted(well, hook).length)
    for (const hook of ill) system.manner(hook, { status: 204 })
    const recovered = nowMs()
    const whole = await until(system, (report) => isDone(report, ill))
    const late = healthy.flatMap((hook) =>
      accepted(whole, hook).map(({ feed, at }) => at - (whole.served[feed] ?? 0)),
    )
    const last = Math.max(...ill.flatMap((hook) => accepted(whole, hook).map(({ at }) => at)))
    const all = [...healthy, ...ill]
    return [
      number('healthy channels: messages accepted, of each', least(whole, healthy), `of ${changes}`),
      { ...ms('healthy channels: the latest of all', Math.max(...late) / 1000), unit: 's' },
      number(
        'ill channels: messages accepted before recovery (down, slow, 429)',
        sum(before),
        before.join(', '),
      ),
      number('ill channels: messages accepted after recovery, of each', least(whole, ill), `of ${changes}`),
      { ...ms('ill channels: all accepted after recovery', (last - recovered) / 1000), unit: 's' },
      number('accepted twice under one key, over all channels', sum(all.map((hook) => repeats(whole, hook)))),
      number('changes told under two keys', sum(all.map((hook) => doubles(whole, hook)))),
    ]
  } finally {
    await system.close()
  }
}

const killed = async (): Promise<BenchRow[]> => {
  process.stderr.write(`  killed ${kills} times while delivering …\n`)
  const database = await openBenchDatabase()
  const { db, url } = database
  try {
    await addItem(db.pool)
    const tally = await killWhileDelivering({
      ...{ db, databaseUrl: url, kills, alertsPerKill: 20, random: randomFrom(11) },
      progress: (done) => {
        if (done % 20 === 0) process.stderr.write(`    ${done} kills\n`)
      },
    })
    return [
      number('kills (-9) while delivering', tally.kills),
      number('of them with a message on its way', tally.killsMidway),
      number('deliveries wanted', tally.wanted),
      number('deliveries lost', tally.lost),
      number('deliveries that came under two keys', tally.twice),
      number('keys that came with two contents', tally.changed),
      number('keys that came again, which a receiver drops', tally.repeatedKeys),
    ]
  } finally {
    await database.close()
  }
}

/** The question that the alerts of the kills are about. */
const addItem = (pool: { query(sql: string): Promise<unknown> }): Promise<unknown> =>
  pool.query(
    `insert into watch_item (id, question, subject, context, about, kind, topic, official, initial_status, since, origin,
       standing, created_at, updated_at)
     values ('release-timing', 'When?', '{x}', '{}', '{}', 'release', 'test', '{}', 'open', now(), 'user', '{}', now(), now())`,
  )

/** Does something so often, at the rate, however long each takes. */
const steadily = async (times: number, work: (n: number) => unknown): Promise<void> => {
  const began = performance.now()
  for (let n = 0; n < times; n++) {
    await sleep(Math.max(0, began + (n * 1000) / rate - performance.now()))
    void work(n)
  }
}

const until = async (
  system: DeliverySystem,
  isDone: (report: PeerReport) => boolean,
  limitMs = 300_000,
): Promise<PeerReport> => {
  const end = performance.now() + limitMs
  for (;;) {
    const report = await system.report()
    if (isDone(report)) return report
    if (performance.now() > end)
      throw new Error(`only ${report.accepted.length} webhooks were accepted within ${limitMs / 1000} s`)
    await sleep(250)
  }
}

const accepted = (report: PeerReport, hook: number): Accepted[] =>
  report.accepted.filter((one) => one.hook === hook)

const least = (report: PeerReport, some: readonly number[]): number =>
  Math.min(...some.map((hook) => new Set(accepted(report, hook).map(({ feed }) => feed)).size))

/** How often a hook accepted a key that it had accepted before. */
const repeats = (report: PeerReport, hook: number): number => {
  const all = accepted(report, hook)
  return all.length - new Set(all.map(({ key }) => key)).size
}

/** How many changes a hook was told under more than one key. */
const doubles = (report: PeerReport, hook: number): number => {
  const all = accepted(report, hook)
  return new Set(all.map(({ key }) => key)).size - new Set(all.map(({ feed }) => feed)).size
}

const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0)

const median = (all: readonly number[]): number => at(all, 0.5)
const p99 = (all: readonly number[]): number => at(all, 0.99)
const at = (all: readonly number[], share: number): number =>
  all.toSorted((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * share))] ?? NaN

const ms = (figure: string, value: number, beside?: number): BenchRow => ({
  ...{ bench, figure, value, unit: 'ms' },
  ...(beside !== undefined && { yardstick: 'a bare POST', ratio: value / beside }),
})

const number = (figure: string, value: number, unit = ''): BenchRow => ({ bench, figure, value, unit })
