import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { frame } from '../../src/cli/watch-status.ts'
import { configFolder } from '../config/folder.ts'
import { testConfig, testSystem, type TestSystem } from '../support/system.ts'
import { startCommand } from './command.ts'
import { inProcess } from './in-process.ts'

const cleaning: (() => Promise<void>)[] = []
let system: TestSystem
let folder: string
let env: Record<string, string>

beforeAll(async () => {
  system = await testSystem({ config: await testConfig() })
  folder = await configFolder({ 'openwatch.yaml': '' }, (clean) => void cleaning.push(clean))
  env = {
    OPENWATCH_CONFIG: folder,
    DATABASE_URL: system.db.connection.connectionString ?? '',
    LOG_LEVEL: 'silent',
  }
})

afterAll(async () => {
  await system.end()
  for (const clean of cleaning) await clean()
})

describe('openwatch status --watch', () => {
  it('prints the report and then each change in a pipe, and leaves at Ctrl-C', async () => {
    const running = startCommand(['status', '--watch'], env)
    await running.saying('questions')
    await system.db.pool.query(`update watch_item set state = 'paused' where id = 'release-timing'`)
    await running.saying(/UTC {2}release-timing: paused\n/)
    await system.db.pool.query(`update watch_item set state = 'watching' where id = 'release-timing'`)
    await running.saying(/UTC {2}release-timing: watching\n/)
    running.child.kill('SIGINT')
    const { code, out, err } = await running.ended
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).not.toContain('\u001B')
    expect(out.match(/UTC {2}/g)).toHaveLength(2)
  }, 60_000)

  it('is not for programs that want one document', async () => {
    const { code, err } = await inProcess(['status', '--watch', '--json'], { env })
    expect(code).toBe(2)
    expect(err).toContain('cannot be used with')
  })
})

describe('a frame of the watched report', () => {
  it('begins at the top, erases what each line leaves, and clears the rest', () => {
    expect(frame('one\ntwo\n', 10)).toBe(
      '\u001B[?2026h\u001B[Hone\u001B[K\r\ntwo\u001B[K\u001B[J\u001B[?2026l',
    )
  })

  it('never scrolls: what does not fit is counted', () => {
    const text = Array.from({ length: 30 }, (_, at) => `line ${at}`).join('\n')
    const lines = frame(text, 10).split('\r\n')
    expect(lines).toHaveLength(10)
    expect(lines.at(-1)).toContain('… 21 more lines')
  })
})

describe('with a broken configuration', () => {
  it.each([
    [['status'], /questions/],
    [['alerts', 'list'], /no alert has been sent yet/],
    [['feeds', 'list'], /there are no feeds yet/],
    [['items', 'show', 'release-timing'], /snoozed +-/],
  ])('%s shows what is stored, and warns', async (args, shows) => {
    await writeFile(join(folder, 'openwatch.yaml'), 'pollling: {}\n')
    try {
      const { code, out, err } = await inProcess(args, { env })
      expect(out).toMatch(shows)
      expect(err).toMatch(/1 mistake in the configuration \(.*openwatch\.yaml:1\)/)
      expect(err).toContain('openwatch check-config')
      expect(code).toBe(0)
    } finally {
      await writeFile(join(folder, 'openwatch.yaml'), '')
    }
  })
})
