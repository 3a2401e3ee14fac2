import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Temporal } from 'temporal-polyfill'
import { connectionUrl } from '../../src/store/embedded/connection.ts'
import { openCluster, type Cluster } from './cluster.ts'
import { startFleet, type Fleet, type FleetOptions } from './fleet.ts'
import { openGate, type Gate } from './gate.ts'
import { startHooks, type Hooks } from './hooks.ts'
import { injuries, type Hurt, type InjuryKind } from './injuries.ts'
import { leftOver } from './left-over.ts'
import { startPublisher, type Publisher } from './publisher.ts'
import { compareStates, readState, type Difference, type State } from './state.ts'
import { makeWorld, seeded, type Publication, type World } from './world.ts'

export interface TortureOptions {
  readonly seed: number
  readonly kills: number
  /** How long a process is stopped at most, in milliseconds. */
  readonly longestStopMs: number
  /** Whether a channel is quiet in the night in which the clocks change: takes some seconds more. */
  readonly night?: boolean
  /** Injuries that are left out. */
  readonly without?: readonly InjuryKind[]
  /** Ends the hurting early: what is left of the world passes in peace, and all is compared. */
  readonly signal?: AbortSignal
  readonly progress: (text: string) => void
  /** Told what processes write to standard error. */
  readonly wrote: (text: string) => void
}

/** What came of it. */
export interface Tortured {
  readonly seed: number
  readonly injuries: ReadonlyMap<InjuryKind, number>
  /** Injuries that this machine does not allow, each with the reason. */
  readonly skipped: ReadonlyMap<InjuryKind, string>
  readonly differences: readonly Difference[]
  /** What was still waiting, and for what, where something was lost. */
  readonly leftOver: readonly string[]
  /** Processes that ended by themselves, since they could not begin without the database. */
  readonly gaveUp: number
  readonly mostAtOnce: number
  readonly seconds: number
}

const hourMs = 3_600_000
const feeds = 12
const hosts = 6
const channels = ['one-by-one', 'together'] as const
const timeZone = 'America/New_York'

/** When the clock of a run begins: an hour and a half before the clocks were last changed. */
function beginMs(): number {
  const change = Temporal.Now.zonedDateTimeISO(timeZone).getTimeZoneTransition('previous')
  if (change === null) throw new Error(`${timeZone} has never changed its clocks`)
  return change.epochMilliseconds - 90 * 60_000
}

/** Lets a world pass once in peace and once among injuries at random moments, and compares what came of it. */
export async function torture(options: TortureOptions): Promise<Tortured> {
  const { seed, kills, progress } = options
  const began = performance.now()
  // the last change of the clocks, so that a run goes through it, and is the same whenever it is begun between two of them
  const base = new Date(beginMs() - 3 * 86_400_000)
  const world = makeWorld({ seed, steps: kills + 10, feeds, base })
  const cluster = await openCluster()
  try {
    const peace = await inPeace(cluster, world, options)
    progress(`in peace: ${peace['status changes'].length} status changes, ${peace.alerts.length} alerts`)
    const scene = await openScene(cluster, world, 'torn', {
      ...options,
      kinds: ['start', 'worker', 'worker'],
    })
    try {
      const done = await amongInjuries(scene, world, options)
      await settle(scene, peace, progress)
      const differences = compareStates(peace, await readState(cluster, 'torn', scene.hooks))
      const isLost = differences.some(({ lost }) => lost.length > 0)
      return {
        ...done,
        seed,
        differences,
        leftOver: isLost ? await leftOver(cluster, 'torn', scene.clock()) : [],
        gaveUp: scene.fleet.gaveUp(),
        mostAtOnce: scene.publisher.mostAtOnce(),
        seconds: Math.round((performance.now() - began) / 1000),
      }
    } finally {
      await scene.close()
    }
  } finally {
    await cluster.close()
  }
}

/** All that a run takes place in. */
export interface Scene {
  readonly cluster: Cluster
  readonly database: string
  readonly publisher: Publisher
  readonly hooks: Hooks
  readonly gate: Gate
  readonly fleet: Fleet
  /** Milliseconds that the clock was set forward by since the begin. */
  clockOffset(): number
  /** The time that it is there. */
  clock(): Date
  setClock(offset: number): Promise<void>
  close(): Promise<void>
}

async function openScene(
  cluster: Cluster,
  world: World,
  database: string,
  { seed, kinds, wrote, night = false }: TortureOptions & Pick<FleetOptions, 'kinds'>,
): Promise<Scene> {
  const random = seeded(seed + 1)
  await cluster.query('postgres', `create database ${database}`)
  const publisher = await startPublisher(feeds, hosts, () => 2 + random() * 30)
  const hooks = await startHooks(() => random() * 30)
  const gate = await openGate(() => cluster.listens())
  const config = await mkdtemp(join(tmpdir(), 'openwatch-torture-config-'))
  await chmod(config, 0o755)
  await writeConfig(config, world, { publisher, hooks, night })
  const clockFile = join(config, 'clock')
  const begin = beginMs() - Date.now()
  await writeFile(clockFile, String(begin))
  publisher.publish(world.steps[0] ?? [])
  const fleet = startFleet({
    kinds,
    databaseUrl: connectionUrl({ ...cluster.connection, host: '127.0.0.1', port: gate.port, database }),
    ...{ config, clockFile, wrote, graceMs: 1000 },
    heartbeat: { everyMs: 500, lostMs: 4000, forgetMs: 60_000 },
  })
  let clockOffset = 0
  return {
    ...{ cluster, database, publisher, hooks, gate, fleet },
    clockOffset: () => clockOffset,
    clock: () => new Date(Date.now() + begin + clockOffset),
    async setClock(offset) {
      clockOffset = offset
      await writeFile(clockFile, String(begin + offset))
    },
    async close() {
      await fleet.close()
      await Promise.all([publisher.close(), hooks.close(), gate.close()])
      await rm(config, { recursive: true, force: true })
    },
  }
}

async function writeConfig(
  folder: string,
  world: World,
  { publisher, hooks, night }: Pick<Scene, 'publisher' | 'hooks'> & { readonly night: boolean },
): Promise<void> {
  const items = world.questions.map(({ id, name, official }) => ({
    ...{
      id,
      question: `When will ${name} be released?`,
      subject: [name],
      official: [official],
      since: '2020-01-01',
    },
  }))
  await mkdir(join(folder, 'watch'))
  await writeFile(join(folder, 'watch', 'items.yaml'), JSON.stringify({ items }))
  const settings = {
    polling: { allowPrivateHosts: ['127.0.0.1'], concurrency: 4, interval: { min: '1s' }, timeout: '5s' },
    channels: Object.fromEntries(
      channels.map((id) => {
        const quiet = night && id === 'together' ? { quiet: { from: '01:00', to: '03:00', timeZone } } : {}
        return [id, { type: 'webhook', url: hooks.urlOf(id), group: id === 'together', ...quiet }]
      }),
    ),
    feeds: Array.from({ length: world.feeds }, (_, feed) => ({ url: publisher.urlOf(feed), every: '1s' })),
  }
  await writeFile(join(folder, 'openwatch.yaml'), JSON.stringify(settings))
}

async function inPeace(cluster: Cluster, world: World, options: TortureOptions): Promise<State> {
  const scene = await openScene(cluster, world, 'peace', { ...options, kinds: ['start'] })
  try {
    await firstPolls(scene)
    let state: State | null = null
    for (const step of world.steps.slice(1)) {
      await waitForEdited(scene, step)
      scene.publisher.publish(step)
    }
    for (let same = 0; same < 3;) {
      await sleep(1500)
      if (options.night === true) await scene.setClock(scene.clockOffset() + hourMs)
      const next = await readState(cluster, 'peace', scene.hooks)
      same =
        isWhole(next, world) && state !== null && state.deliveries.length === next.deliveries.length
          ? same + 1
          : 0
      state = next
    }
    if (state === null) throw new Error('nothing came of the run in peace')
    return state
  } finally {
    await scene.close()
  }
}

/** Everything published is stored, and all alerts are sent. */
function isWhole(state: State, world: World): boolean {
  const published = world.steps.flat()
  return (
    state.entries.length === new Set(published.map(({ link }) => link)).size &&
    state.revisions.length === published.length &&
    state.deliveries.every((name) => name.endsWith(' sent')) &&
    state['alerts received'].length === state.deliveries.length
  )
}

/** What a feed has when it is first seen is its past; the world begins after that. */
async function firstPolls({ cluster, database }: Scene): Promise<void> {
  const end = Date.now() + 120_000
  for (;;) {
    const [row] = await cluster
      .query<{ n: number }>(database, 'select count(distinct feed_id)::int as n from entry')
      .catch(() => [])
    if (row?.n === feeds) return
    if (Date.now() > end) throw new Error('the feeds were not polled once within two minutes')
    await sleep(100)
  }
}

/** An entry's text is not replaced before it was seen: what nobody saw is no revision. */
async function waitForEdited({ cluster, database }: Scene, step: readonly Publication[]): Promise<void> {
  const edited = step.filter(({ title }) => title.includes(', corrected at step'))
  const end = Date.now() + 300_000
  for (const { link, title } of edited) {
    const before = title.slice(0, title.lastIndexOf(', corrected at step'))
    for (;;) {
      const rows = await cluster.query(
        database,
        'select from revision r join entry e on e.id = r.entry_id where e.url = $1 and r.title = $2',
        [link, before],
      )
      if (rows.length > 0) break
      if (Date.now() > end) throw new Error(`${link} was not stored within five minutes`)
      await sleep(100)
    }
  }
}

async function amongInjuries(
  scene: Scene,
  world: World,
  { seed, kills, longestStopMs, without = [], progress, signal }: TortureOptions,
): Promise<Pick<Tortured, 'injuries' | 'skipped'>> {
  const random = seeded(seed + 2)
  const skipped = new Map<InjuryKind, string>()
  if (scene.cluster.fillDisk === null)
    skipped.set('disk full', 'only root on Linux can mount the small disk that it takes')
  const kinds = injuries.filter(({ kind }) => !without.includes(kind) && !skipped.has(kind))
  const bag: Hurt[] = []
  const done = new Map<InjuryKind, number>()
  await scene.fleet.working()
  await firstPolls(scene)
  let kill = 1
  for (; kill <= kills && signal?.aborted !== true; kill++) {
    const step = world.steps[kill] ?? []
    await forward(scene, waitForEdited(scene, step))
    scene.publisher.publish(step)
    await scene.fleet.working()
    await sleep(random() * 900)
    if (bag.length === 0)
      bag.push(
        ...shuffled(
          kinds.flatMap((one) => Array<Hurt>(one.often).fill(one)),
          random,
        ),
      )
    const hurt = bag.pop()
    if (hurt === undefined) throw new Error('there is no injury to do')
    await hurt.hurt(scene, { random, longestStopMs })
    done.set(hurt.kind, (done.get(hurt.kind) ?? 0) + 1)
    if (kill % 25 === 0) progress(`${kill} of ${kills}`)
  }
  for (const step of world.steps.slice(kill)) {
    await forward(scene, waitForEdited(scene, step))
    scene.publisher.publish(step)
  }
  return { injuries: done, skipped }
}

/** Waits for something, and sets the clock forward meanwhile: what waits for a better time need not be waited for. */
async function forward(scene: Scene, waitedFor: Promise<void>): Promise<void> {
  const timer = setInterval(() => void scene.setClock(scene.clockOffset() + 10 * 60_000), 4000)
  await waitedFor.finally(() => clearInterval(timer))
}

/** Waits until all is as in peace, or nothing has changed for a while. */
async function settle(scene: Scene, peace: State, progress: (text: string) => void): Promise<void> {
  let last = ''
  let unchanged = performance.now()
  for (let look = 0; ; look++) {
    const differences = compareStates(peace, await readState(scene.cluster, scene.database, scene.hooks))
    const lost = differences.reduce((sum, one) => sum + one.lost.length, 0)
    if (lost === 0) break
    const now = differences.map((one) => `${one.lost.length}/${one.doubled.length}`).join(' ')
    if (now !== last) unchanged = performance.now()
    last = now
    progress(`settling: ${lost} missing`)
    if (performance.now() - unchanged > 60_000) return
    await sleep(2000)
    // over a quiet night at first; then slowly: what waits for three days is given up
    await scene.setClock(scene.clockOffset() + (look < 4 ? hourMs : hourMs / 6))
  }
  // time for what would come twice
  await sleep(3000)
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list
    .map((one) => ({ one, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ one }) => one)
}
