import { setTimeout as sleep } from 'node:timers/promises'
import { openCluster, type Cluster } from './cluster.ts'
import { injuries, type Hurt, type InjuryKind } from './injuries.ts'
import { leftOver } from './left-over.ts'
import { beginMs, feeds, openScene, type Scene } from './scene.ts'
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
  /** How often the time went over the hour in which the clocks are changed, forward or, set back, the other way. */
  readonly clockChanges: number
  readonly seconds: number
}

const hourMs = 3_600_000
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
        clockChanges: scene.clockChanges(),
        seconds: Math.round((performance.now() - began) / 1000),
      }
    } finally {
      await scene.close()
    }
  } finally {
    await cluster.close()
  }
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
