import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listDeliveries } from '../../src/store/deliveries.ts'
import { configFolder } from '../config/folder.ts'
import { queueFor, statusAlert, webhook } from '../support/alerts.ts'
import { startReceiver, type Receiver } from '../support/receiver.ts'
import { testConfig, testSystem, type TestSystem } from '../support/system.ts'
import { command, linesWiderThan } from './command.ts'
import { inProcess, type Said } from './in-process.ts'

const cleaning: (() => Promise<void>)[] = []
let system: TestSystem
let hook: Receiver
let env: Record<string, string>

beforeAll(async () => {
  hook = await startReceiver()
  system = await testSystem({ config: await testConfig({ channels: [webhook('hook', hook.url)] }) })
  const folder = await configFolder(
    { 'openwatch.yaml': `channels:\n  hook: { type: webhook, url: "${hook.url}" }\n` },
    (clean) => void cleaning.push(clean),
  )
  env = {
    OPENWATCH_CONFIG: folder,
    DATABASE_URL: system.db.connection.connectionString ?? '',
    LOG_LEVEL: 'silent',
  }
})

afterAll(async () => {
  await system.end()
  await hook.close()
  for (const clean of cleaning) await clean()
})

beforeEach(async () => {
  await system.db.pool.query('truncate alert, channel_state cascade')
  hook.received.length = 0
  hook.answer = { status: 204 }
})

const run = (...args: string[]): Promise<Said> => inProcess(['alerts', ...args], { env })
const deliver = () => system.deliveries.drain('hook', () => undefined)
const idOf = async () => (await listDeliveries(system.db.pool, 1))[0]?.id ?? ''

/** Runs a command that must come to a good end, and gives what it printed. */
async function done(...args: string[]): Promise<string> {
  const { code, out, err } = await run(...args)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return out
}

async function queue(): Promise<void> {
  const now = new Date()
  await queueFor(system.db, [statusAlert(now)], ['hook'], now)
}

describe('openwatch alerts', () => {
  it('lists what was sent, is waiting, or was given up, as a table and as JSON', async () => {
    expect(await done('list')).toContain('no alert has been sent yet')
    await queue()
    const table = await done('list', '--state', 'waiting')
    expect(table).toContain('open → announced: When will it be released?')
    expect(await done('list', '--state', 'dead')).toContain('no such alert')
    const [one] = JSON.parse(await done('list', '--json', '--item', 'release-timing')) as unknown[]
    expect(one).toMatchObject({
      id: await idOf(),
      channel: 'hook',
      state: 'waiting',
      attempts: 0,
      alert: { kind: 'status-changed', item: 'release-timing' },
    })
  })

  it('cuts nothing in a pipe, also of what came back', async () => {
    hook.answer = { status: 404 }
    const now = new Date()
    const question = `When will it be released, ${'and to whom, '.repeat(9)}if at all?`
    const item = { id: 'release-timing', question, topic: 'test' }
    await queueFor(system.db, [statusAlert(now, { item })], ['hook'], now)
    await deliver()
    const table = await done('list')
    expect(table).toContain(question)
    expect(table).toContain('answered 404')
    expect(table).not.toContain('…')
  })

  it('says what one waits for', async () => {
    await queue()
    const set = (until: string | null) =>
      system.db.pool.query(`update watch_item set snoozed_until = $1 where id = 'release-timing'`, [until])
    await set(new Date(Date.now() + 21 * 3_600_000 + 60_000).toISOString())
    try {
      await deliver()
      expect(await done('explain', (await idOf()).slice(0, 8))).toMatch(
        /goes in 21 h.*: when the snooze of its question ends\./,
      )
    } finally {
      await set(null)
    }
  })

  it('tells what became of one, and tries a dead letter again under its key', async () => {
    hook.answer = { status: 404 }
    await queue()
    await deliver()
    const id = (await idOf()).slice(0, 8)
    expect((await command(['alerts', 'list'], env)).out).toContain(`openwatch alerts retry <id>`)
    const why = await done('explain', id)
    expect(why).toContain('given up')
    expect(why).toContain('answered 404')
    expect(why).toContain(`openwatch alerts retry ${id}`)
    expect(linesWiderThan(80, why)).toEqual([])

    hook.answer = { status: 204 }
    expect(await done('retry', id)).toContain('1 alert is tried again')
    await deliver()
    expect(await done('explain', id)).toMatch(/taken after .*answered 204/)
    expect(new Set(hook.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(hook.received).toHaveLength(2)
    expect((await run('retry', id)).err).toContain('is sent')
  })

  it('tries all again, or all of a channel', async () => {
    hook.answer = { status: 404 }
    await queue()
    await queue()
    await deliver()
    expect(await done('retry', '--channel', 'hook')).toContain('2 alerts are tried again')
    await deliver()
    expect(await done('retry', '--all')).toContain('2 alerts are tried again')
    hook.answer = { status: 204 }
    await deliver()
    expect(await done('retry', '--all')).toContain('nothing to try again')
  })

  it('says what is wrong with what was typed', async () => {
    for (const [args, message] of [
      [['retry', 'abcd', '--all'], 'say which'],
      [['retry', '--channel', 'hok'], 'there is no channel "hok"; there is hook'],
      [['explain', 'abcd'], 'there is no alert "abcd"'],
      [['list', '--channel', 'hok'], 'there is no channel "hok"; there is hook'],
      [['list', '--item', 'nonsense'], 'there is no watch item "nonsense"; there are: '],
      [['list', '--state', 'lost'], 'Allowed choices are'],
    ] as const) {
      const { code, err } = await run(...args)
      expect({ code, told: err.includes(message), err }).toMatchObject({ code: 2, told: true })
    }
  })
})
