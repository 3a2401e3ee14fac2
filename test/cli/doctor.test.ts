import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkDataDirectory, checkNode, checkZone } from '../../src/cli/doctor-ground.ts'
import type { Check } from '../../src/cli/doctor-check.ts'
import { configFolder } from '../config/folder.ts'
import { startFeedServer, type FeedServer } from '../support/feed-server.ts'
import { rss } from '../support/feed-text.ts'
import { addTestFeed } from '../support/stored-feed.ts'
import { testConfig, testSystem, type TestSystem } from '../support/system.ts'
import { command } from './command.ts'
import { inProcess } from './in-process.ts'

const cleaning: (() => Promise<void>)[] = []
let system: TestSystem
let site: FeedServer
let folder: string
let env: Record<string, string>

beforeAll(async () => {
  site = await startFeedServer()
  system = await testSystem({ config: await testConfig() })
  folder = await configFolder(
    { 'openwatch.yaml': 'polling: { allowPrivateHosts: [127.0.0.1] }\n' },
    (clean) => void cleaning.push(clean),
  )
  env = { OPENWATCH_CONFIG: folder, DATABASE_URL: system.db.connection.connectionString ?? '' }
})

afterAll(async () => {
  await system.end()
  await site.close()
  for (const clean of cleaning) await clean()
})

/** The checks by name, and the exit code. */
async function doctor(): Promise<{ code: number | null; checks: ReadonlyMap<string, Check> }> {
  const { code, out } = await inProcess(['doctor', '--json'], { env })
  const checks = JSON.parse(out) as Check[]
  return { code, checks: new Map(checks.map((check) => [check.name, check])) }
}

describe('openwatch doctor', () => {
  it('says what is well, and that nobody polls', async () => {
    site.set('/good.xml', { body: rss([{ id: '1', title: 'One', at: new Date() }]) })
    await system.pollFeed(await addTestFeed(system, `${site.url}/good.xml`, new Date()))
    const { code, checks } = await doctor()
    const states = Object.fromEntries([...checks].map(([name, { state }]) => [name, state]))
    expect(states).toEqual({
      ...{ 'Node.js': 'ok', settings: 'ok', data: 'ok', time: 'ok', database: 'ok', network: 'ok' },
      ...{ feeds: 'ok', channel: 'ok', daemon: 'fail', page: 'warn' },
    })
    expect(checks.get('database')?.says).toMatch(
      /^Postgres \d+.*, \d+ migrations, \d+ MB, answers in \d+ ms$/,
    )
    expect(checks.get('daemon')?.fix).toContain('openwatch start')
    expect(code).toBe(1)
  })

  it('says why feeds and the network are not, and what to do', async () => {
    site.set('/good.xml', { status: 500 })
    await system.db.pool.query(
      `update feed set failures = 3, failing_since = now(), last_error = 'answered 500'`,
    )
    const { checks } = await doctor()
    expect(checks.get('feeds')).toMatchObject({ state: 'fail' })
    expect(checks.get('network')?.says).toContain('answered 500')
    const told = await command(['doctor'], env)
    expect(told.out).toMatch(/✗ fail feeds/)
    expect(told.out).toContain('→ openwatch feeds list')
    expect(told.out).toMatch(/\d+ things are wrong, 1 needs a look\.\n$/)
  })

  it('looks at the rest when the configuration is broken, or the database away', async () => {
    await writeFile(join(folder, 'openwatch.yaml'), 'pollling: {}\n')
    const broken = (await doctor()).checks
    expect(broken.get('settings')).toMatchObject({
      state: 'fail',
      fix: expect.stringContaining('check-config') as string,
    })
    expect(broken.get('database')?.state).toBe('ok')
    const url = 'postgresql://openwatch:hush@127.0.0.1:9/none'
    const away = await inProcess(['doctor'], { env: { ...env, DATABASE_URL: url } })
    expect(away.out).toMatch(/✗ fail database/)
    expect(away.out).not.toContain('hush')
    expect(away.code).toBe(1)
  })
})

describe('a check', () => {
  it('of Node.js goes by its number', () => {
    expect(['20.19.0', '22.1.0', '20.18.9', '18.20.0'].map((version) => checkNode(version).state)).toEqual([
      ...['ok', 'ok', 'fail', 'fail'],
    ])
  })

  it('of the time sees a clock that was never set', () => {
    expect(checkZone(new Date('1970-01-01T00:10:00Z')).state).toBe('fail')
    expect(checkZone(new Date('2026-01-01T00:10:00Z')).state).toBe('ok')
  })

  it('of the data directory says where there is none yet', async () => {
    const check = await checkDataDirectory({ OPENWATCH_DATA: join(folder, 'nowhere') })
    expect(check.says).toContain('is not there yet')
    expect((await checkDataDirectory({ OPENWATCH_DATA: folder })).says).toMatch(/GB free$/)
  })
})
