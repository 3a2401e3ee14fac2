import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { connectionUrl } from '../../src/store/embedded/connection.ts'
import type { Cluster } from './cluster.ts'
import { startFleet, type Fleet, type FleetOptions } from './fleet.ts'
import { openGate, type Gate } from './gate.ts'
import { startHooks, type Hooks } from './hooks.ts'
import { startPublisher, type Publisher } from './publisher.ts'
import { seeded, type World } from './world.ts'

export const feeds = 12
const hosts = 6
const channels = ['one-by-one', 'together'] as const
const timeZone = 'America/New_York'

/** When the clock of a run begins: an hour and a half before the clocks were last changed. */
export function beginMs(): number {
  return changeMs() - 90 * 60_000
}

/** When the clocks were last changed. */
function changeMs(): number {
  const change = Temporal.Now.zonedDateTimeISO(timeZone).getTimeZoneTransition('previous')
  if (change === null) throw new Error(`${timeZone} has never changed its clocks`)
  return change.epochMilliseconds
}

export interface SceneOptions extends Pick<FleetOptions, 'kinds' | 'wrote'> {
  readonly seed: number
  readonly night?: boolean
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
  /** How often that went over the hour in which the clocks are changed. */
  clockChanges(): number
  setClock(offset: number): Promise<void>
  close(): Promise<void>
}

/** Starts the world and whoever watches it. `night`: a channel is quiet in the night in which the clocks change. */
export async function openScene(
  cluster: Cluster,
  world: World,
  database: string,
  { seed, kinds, wrote, night = false }: SceneOptions,
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
  let clockChanges = 0
  const clock = (): Date => new Date(Date.now() + begin + clockOffset)
  return {
    ...{ cluster, database, publisher, hooks, gate, fleet },
    clockOffset: () => clockOffset,
    clock,
    clockChanges: () => clockChanges,
    async setClock(offset) {
      const before = clock().getTime() >= changeMs()
      clockOffset = offset
      if (before !== clock().getTime() >= changeMs()) clockChanges += 1
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
