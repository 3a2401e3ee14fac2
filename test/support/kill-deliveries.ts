import { fork, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Database } from '../../src/store/database.ts'
import { queueFor, statusAlert } from './alerts.ts'
import type { DeliveringSettings } from './delivering-process.ts'

export interface KillOptions {
  readonly db: Database
  readonly databaseUrl: string
  readonly kills: number
  /** Alerts that are queued before each kill, for each of the channels. */
  readonly alertsPerKill: number
  readonly random: () => number
  readonly progress?: (kills: number) => void
}

/** What receivers saw of deliveries whose process was killed again and again. */
export interface KillTally {
  readonly kills: number
  /** Kills at which a message was on its way: received or being received, and not written down. */
  readonly killsMidway: number
  /** Alerts times channels: what was to be delivered. */
  readonly wanted: number
  /** Of them, what no receiver ever saw. */
  readonly lost: number
  /** What came under two keys: a receiver that drops repeated keys has it twice. */
  readonly twice: number
  /** Keys that came more than once: the repeats that such a receiver drops. */
  readonly repeatedKeys: number
  /** Keys under which two different contents came. */
  readonly changed: number
}

const program = fileURLToPath(new URL('./delivering-process.ts', import.meta.url))
const compiler = new URL('./typescript-loader.mjs', import.meta.url).href
const channels = ['one-by-one', 'together', 'slowly'] as const

/** Queues alerts for three webhooks and kills whoever delivers them (-9) at random moments, then lets one finish. */
export async function killWhileDelivering(options: KillOptions): Promise<KillTally> {
  const { db, kills, alertsPerKill, random } = options
  const hooks = await Promise.all(channels.map((id) => startHook(id === 'slowly' ? 25 : 3, random)))
  const settings: DeliveringSettings = {
    databaseUrl: options.databaseUrl,
    hooks: channels.map((id, n) => ({ id, url: hooks[n]?.url ?? '', group: id === 'together' })),
  }
  const alertIds: string[] = []
  let killsMidway = 0
  let next = start(settings)
  for (let kill = 1; kill <= kills; kill++) {
    const { child, delivering } = next
    await delivering
    // takes over where the other one is killed, and may meet it before
    next = start(settings)
    const queued = queueSome(db, alertsPerKill, random)
    await sleep(random() * 400)
    child.kill('SIGKILL')
    await once(child, 'exit')
    alertIds.push(...(await queued))
    if (await isMidway(db, hooks)) killsMidway++
    options.progress?.(kill)
  }
  await allSent(db)
  next.child.kill('SIGKILL')
  await once(next.child, 'exit')
  await Promise.all(hooks.map((hook) => hook.close()))
  return { kills, killsMidway, ...tally(hooks, alertIds) }
}

function start(settings: DeliveringSettings): { child: ChildProcess; delivering: Promise<unknown> } {
  const child = fork(program, [JSON.stringify(settings)], { execArgv: ['--import', compiler] })
  return { child, delivering: once(child, 'message') }
}

/** Queues alerts in several transactions, as polls do, while they are being delivered. */
async function queueSome(db: Database, count: number, random: () => number): Promise<string[]> {
  const ids: string[] = []
  while (ids.length < count) {
    const now = new Date()
    const alerts = Array.from({ length: Math.min(count - ids.length, 1 + Math.floor(random() * 5)) }, () =>
      statusAlert(now),
    )
    await queueFor(db, alerts, channels, now)
    ids.push(...alerts.map(({ id }) => id))
    await sleep(random() * 40)
  }
  return ids
}

interface Hook {
  readonly url: string
  readonly received: { readonly key: string; readonly alertIds: readonly string[]; readonly hash: string }[]
  close(): Promise<void>
}

interface Payload {
  readonly data: { readonly id?: string; readonly alerts?: readonly { readonly id: string }[] }
}

/** A receiver that takes its time, up to twice `delayMs`, on average that long. */
async function startHook(delayMs: number, random: () => number): Promise<Hook> {
  const received: Hook['received'] = []
  const server = createServer((request, response) => {
    text(request).then(
      async (body) => {
        const { data } = JSON.parse(body) as Payload
        const alertIds = data.alerts?.map(({ id }) => id) ?? [data.id ?? '']
        const hash = createHash('sha256').update(body).digest('hex')
        received.push({ key: String(request.headers['webhook-id']), alertIds, hash })
        await sleep(random() * 2 * delayMs)
        response.writeHead(204).end()
      },
      // killed while it was sending: nothing was received
      () => undefined,
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    received,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function isMidway(db: Database, hooks: readonly Hook[]): Promise<boolean> {
  const keys = hooks.flatMap(({ received }) => received.map(({ key }) => key))
  const { rows } = await db.pool.query<{ midway: boolean }>(
    `select exists (select from delivery where state = 'waiting' and message_id = any($1::uuid[])) as midway`,
    [keys],
  )
  return rows[0]?.midway === true
}

async function allSent(db: Database): Promise<void> {
  for (let tries = 0; ; tries++) {
    const { rows } = await db.pool.query<{ left: number }>(
      `select count(*)::int as left from delivery where state <> 'sent'`,
    )
    if (rows[0]?.left === 0) return
    if (tries > 1200) throw new Error(`still ${rows[0]?.left ?? 0} deliveries not sent after two minutes`)
    await sleep(100)
  }
}

function tally(hooks: readonly Hook[], alertIds: readonly string[]) {
  let lost = 0
  let twice = 0
  let repeatedKeys = 0
  let changed = 0
  for (const { received } of hooks) {
    const keysOf = new Map<string, Set<string>>(alertIds.map((id) => [id, new Set()]))
    const hashesOf = new Map<string, string[]>()
    for (const { key, alertIds: ids, hash } of received) {
      for (const id of ids) keysOf.get(id)?.add(key)
      hashesOf.set(key, [...(hashesOf.get(key) ?? []), hash])
    }
    lost += [...keysOf.values()].filter((keys) => keys.size === 0).length
    twice += [...keysOf.values()].filter((keys) => keys.size > 1).length
    repeatedKeys += [...hashesOf.values()].filter((hashes) => hashes.length > 1).length
    changed += [...hashesOf.values()].filter((hashes) => new Set(hashes).size > 1).length
  }
  return { wanted: alertIds.length * hooks.length, lost, twice, repeatedKeys, changed }
}
