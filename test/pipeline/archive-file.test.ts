import { readFile } from 'node:fs/promises'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { shippedDirectory } from '../../src/config/directory.ts'
import { loadConfig } from '../../src/config/load.ts'
import { configFolder } from '../config/folder.ts'
import { countRows, testConfig, testSystem } from '../support/system.ts'

test('a history that cannot be read is named in the log, and the others are read', async () => {
  const shipped = await loadConfig({ directory: shippedDirectory(), env: {}, now: new Date() })
  if (!shipped.ok) throw new Error('the shipped configuration has mistakes')
  const good = await readFile(shipped.config.historyFiles[0] ?? '', 'utf8')
  const directory = await configFolder({ 'history/a-broken.json': '{ "items": [', 'history/b.json': good })
  const loaded = await loadConfig({ directory, env: {}, now: new Date() })
  if (!loaded.ok) throw new Error('the configuration has mistakes')
  const lines: string[] = []
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk))
      done()
    },
  })
  const { historyFiles } = loaded.config
  const missing = `${directory}/history/gone.json`
  const system = await testSystem({
    config: await testConfig({ historyFiles: [missing, ...historyFiles] }),
    logger: pino({ level: 'error' }, stream),
  })
  expect(lines).toHaveLength(2)
  expect(lines[0]).toContain(missing)
  expect(lines[1]).toContain('history/a-broken.json')
  expect(await countRows(system.db, 'entry')).toBeGreaterThan(20)
  await system.end()
})
