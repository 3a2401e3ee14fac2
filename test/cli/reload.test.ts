import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { reload } from '../../src/cli/reload.ts'
import { configFolder } from '../config/folder.ts'
import { testConfig, testSystem, type TestSystem } from '../support/system.ts'

const items = (...ids: string[]) =>
  JSON.stringify({
    items: ids.map((id) => ({ id, question: `Will ${id} be released?`, subject: [id], topic: 'things' })),
  })

/** A system whose configuration is a folder that it may write, with one question in it. */
async function watching(told: (event: string) => void) {
  const directory = await configFolder({ 'watch/a.yaml': items('gizmo') })
  const destination = { write: (line: string) => told((JSON.parse(line) as { event: string }).event) }
  const system = await testSystem({
    config: { ...(await testConfig({ watchItems: [] })), directory },
    logger: pino({ level: 'info' }, destination),
  })
  return { directory, system }
}

const silent = { cwd: '/', env: {}, now: () => new Date(), width: () => 80, colour: false, progress: false }

async function watched(system: TestSystem): Promise<string[]> {
  const { items: reported } = await system.report()
  return reported.map(({ id }) => id)
}

test('a change that the database could not take is taken as soon as it can, as the files are by then', async () => {
  const events: string[] = []
  const { directory, system } = await watching((event) => events.push(event))
  const ending = new AbortController()
  const io = { ...silent, out: () => undefined, err: () => undefined }
  try {
    await system.db.pool.query('alter table watch_item rename to out_of_reach')
    await writeFile(join(directory, 'watch/a.yaml'), items('gizmo', 'widget'))
    const reloaded = reload(io, system, { signal: ending.signal, everyMs: 10 })
    while (!events.includes('config-reload-failed')) await sleep(5)
    await writeFile(join(directory, 'watch/a.yaml'), items('gizmo', 'gadget'))
    await system.db.pool.query('alter table out_of_reach rename to watch_item')
    await reloaded
    expect((await watched(system)).sort()).toEqual(['gadget', 'gizmo'])
    // that it failed more than once is not told again
    expect(events.filter((event) => event.startsWith('config-'))).toEqual([
      'config-reload-failed',
      'config-reloaded',
    ])
  } finally {
    ending.abort()
    await system.end()
  }
})

test('who stops does not wait for a change to be taken', async () => {
  const ending = new AbortController()
  const { system } = await watching((event) => event === 'config-reload-failed' && ending.abort())
  const io = { ...silent, out: () => undefined, err: () => undefined }
  try {
    await system.db.pool.query('alter table watch_item rename to out_of_reach')
    await reload(io, system, { signal: ending.signal, everyMs: 3_600_000 })
    expect(ending.signal.aborted).toBe(true)
  } finally {
    await system.end()
  }
})
