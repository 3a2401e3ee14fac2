import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { beforeEach, expect, test } from 'vitest'
import { startDaemon, type Daemon } from '../../src/pipeline/daemon.ts'
import { listDeliveries, queueAlerts } from '../../src/store/alerts.ts'
import { startReceiver, type Receiver } from '../support/receiver.ts'
import { testConfig, testSystem, type TestSystem } from '../support/system.ts'

let receivers: Receiver[]
let system: TestSystem
let daemon: Daemon

beforeEach(async () => {
  receivers = [await startReceiver(), await startReceiver()]
  const channels = receivers.map(({ url }, n) => ({
    id: `hook${n}`,
    type: 'webhook' as const,
    group: false,
    url,
    headers: {},
    timeout: 2000,
    secret: undefined,
  }))
  system = await testSystem({ config: await testConfig({ channels }) })
  daemon = await startDaemon({
    ...system,
    logger: pino({ level: 'silent' }),
    concurrency: 4,
    every: '*/2 * * * * *',
    graceMs: 15_000,
  })
  return async () => {
    await daemon.stop()
    await system.end()
    await Promise.all(receivers.map((receiver) => receiver.close()))
  }
})

async function queue(count: number): Promise<string[]> {
  const now = new Date()
  const alerts = Array.from({ length: count }, (_, n) => ({
    body: {
      id: randomUUID(),
      kind: 'status-changed',
      from: 'open',
      to: 'announced',
      since: now,
      at: now,
      expected: null,
      item: { id: 'release-timing', question: `Question ${n}`, topic: 'test' },
      reportUrl: null,
      slippage: [],
      evidence: [],
      origins: 1,
      reason: 'a test',
    },
    statusChangeId: null,
    channels: ['hook0', 'hook1'],
  }))
  await system.db.transaction((tx) => queueAlerts(tx, alerts, now))
  return alerts.map((alert) => alert.body.id)
}

async function sent(channel: string): Promise<number> {
  const all = await listDeliveries(system.db.prisma, 1000)
  return all.filter((one) => one.channel === channel && one.state === 'sent').length
}

async function until(done: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await done()); tries++) {
    if (tries > 400) throw new Error('still waiting after 20 s')
    await sleep(50)
  }
}

test('a burst of thirty alerts reaches both channels, each once', async () => {
  await queue(30)
  await until(async () => (await sent('hook0')) === 30 && (await sent('hook1')) === 30)
  await sleep(300)
  for (const { received } of receivers) {
    expect(received).toHaveLength(30)
    expect(new Set(received.map((request) => request.headers['webhook-id'])).size).toBe(30)
  }
})

test('a channel that is down holds nothing up, and nothing of its own is lost', async () => {
  const [good, bad] = receivers
  if (good === undefined || bad === undefined) throw new Error('there are two receivers')
  bad.answer = { status: 503 }
  await queue(10)
  await until(async () => (await sent('hook0')) === 10)
  const waiting = (await listDeliveries(system.db.prisma, 100)).filter((one) => one.channel === 'hook1')
  expect(waiting).toHaveLength(10)
  expect(waiting.every((one) => one.state === 'waiting')).toBe(true)
  bad.answer = { status: 204 }
  await until(async () => (await sent('hook1')) === 10)
}, 60_000)
