import { setTimeout as sleep } from 'node:timers/promises'
import type { Post } from './fleet.ts'
import type { Scene } from './scene.ts'

/** What is done to a run. */
export type InjuryKind =
  | 'daemon killed'
  | 'worker killed'
  | 'process stopped'
  | 'database connections cut'
  | 'one process cut off'
  | 'database silent'
  | 'Postgres killed'
  | 'Postgres backend killed'
  | 'feeds break off'
  | 'receivers break off'
  | 'disk full'
  | 'clock set'

interface Chance {
  readonly random: () => number
  readonly longestStopMs: number
}

/** An injury; what lasts longer than a moment heals by itself meanwhile. */
export interface Hurt {
  readonly kind: InjuryKind
  /** How often among the others. */
  readonly often: number
  hurt(scene: Scene, chance: Chance): Promise<void>
}

const hourMs = 3_600_000

/** All injuries. Kills hit whoever works more often than who is just beginning. */
export const injuries: readonly Hurt[] = [
  { kind: 'daemon killed', often: 5, hurt: (scene, chance) => kill(scene, chance, 'start') },
  { kind: 'worker killed', often: 7, hurt: (scene, chance) => kill(scene, chance, 'worker') },
  { kind: 'process stopped', often: 1, hurt: stop },
  { kind: 'database connections cut', often: 2, hurt: cut },
  {
    kind: 'one process cut off',
    often: 2,
    hurt: ({ cluster, database }, { random }) => cluster.cutOffOne(database, random()),
  },
  { kind: 'database silent', often: 1, hurt: hush },
  { kind: 'Postgres killed', often: 1, hurt: ({ cluster }) => cluster.killServer().catch(() => undefined) },
  {
    kind: 'Postgres backend killed',
    often: 1,
    hurt: ({ cluster, database }, { random }) => cluster.killBackend(database, random()),
  },
  { kind: 'feeds break off', often: 1, hurt: ({ publisher }, chance) => breakOff(publisher, chance) },
  { kind: 'receivers break off', often: 1, hurt: ({ hooks }, chance) => breakOff(hooks, chance) },
  { kind: 'disk full', often: 1, hurt: fillDisk },
  { kind: 'clock set', often: 1, hurt: setClock },
]

async function kill({ fleet }: Scene, { random }: Chance, kind: Post['kind']): Promise<void> {
  const posts = fleet.posts.filter((post) => post.kind === kind)
  const ready = posts.filter(({ isReady }) => isReady)
  const among = ready.length > 0 && random() < 0.85 ? ready : posts
  among[Math.floor(random() * among.length)]?.child.kill('SIGKILL')
  await sleep(1)
}

/** The others go on meanwhile, and take over what it held when it is stopped for long. */
async function stop({ fleet }: Scene, { random, longestStopMs }: Chance): Promise<void> {
  const ready = fleet.posts.filter(({ isReady, isStopped }) => isReady && !isStopped)
  const post = ready[Math.floor(random() * ready.length)]
  if (post === undefined) return
  const { child } = post
  child.kill('SIGSTOP')
  post.isStopped = true
  setTimeout(() => {
    child.kill('SIGCONT')
    if (post.child === child) post.isStopped = false
  }, random() * longestStopMs)
  await sleep(1)
}

async function cut({ gate }: Scene, { random }: Chance): Promise<void> {
  gate.shut()
  await sleep(random() * 1000)
  gate.open()
}

async function hush({ gate }: Scene, { random }: Chance): Promise<void> {
  gate.hush()
  await sleep(500 + random() * 2500)
  gate.open()
}

async function breakOff(peer: { breakOff(): void; mend(): void }, { random }: Chance): Promise<void> {
  peer.breakOff()
  await sleep(random() * 2000)
  peer.mend()
}

async function fillDisk({ cluster }: Scene, { random }: Chance): Promise<void> {
  const free = await cluster.fillDisk?.()
  await sleep(500 + random() * 1500)
  await free?.()
}

/** An hour forward, or back to where it was. */
async function setClock(scene: Scene, { random }: Chance): Promise<void> {
  const back = scene.clockOffset() >= 6 * hourMs || (scene.clockOffset() > 0 && random() < 0.5)
  await scene.setClock(scene.clockOffset() + (back ? -hourMs : hourMs))
}
