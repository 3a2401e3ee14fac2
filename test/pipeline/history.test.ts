import { afterAll, beforeAll, expect, test } from 'vitest'
import { shippedDirectory } from '../../src/config/directory.ts'
import { loadConfig } from '../../src/config/load.ts'
import type { StatusReport } from '../../src/report/status-report.ts'
import { countRows, testConfig, testSystem, type TestSystem } from '../support/system.ts'

let system: TestSystem
let report: StatusReport

beforeAll(async () => {
  const loaded = await loadConfig({ directory: shippedDirectory(), env: {}, now: new Date() })
  if (!loaded.ok) throw new Error('the shipped configuration has mistakes')
  system = await testSystem({ config: await testConfig({ historyFiles: loaded.config.historyFiles }) })
  report = await system.report()
})

afterAll(() => system.end())

const item = (id: string) => report.items.find((one) => one.id === id)
const path = (id: string) =>
  item(id)?.changes.map((change) => `${change.kind} ${change.to} ${change.at.toISOString().slice(0, 10)}`)

test('the release was promised, slipped twice and happened on 5 August 2025', () => {
  expect(item('release-timing')).toMatchObject({ status: 'happened', disputed: false })
  expect(item('release-timing')?.since.toISOString()).toMatch(/^2025-08-05/)
  const moves = path('release-timing') ?? []
  expect(moves).toContain('status announced 2025-03-31')
  expect(moves).toContain('status delayed 2025-06-10')
  expect(moves).toContain('date delayed 2025-07-11')
  expect(moves.at(-1)).toBe('status happened 2025-08-05')
})

test('its slippage ends with no date and then the day itself', () => {
  expect(item('release-timing')?.slippage.slice(-3)).toEqual([
    'later this summer',
    'no date',
    '5 August 2025',
  ])
})

test('the safety measures were promised and then published', () => {
  expect(item('safety-measures')).toMatchObject({ status: 'happened' })
  expect(item('safety-measures')?.since.toISOString()).toMatch(/^2025-08-05/)
  expect(path('safety-measures')?.[0]).toBe('status announced 2025-03-31')
})

test('a further model came in October 2025', () => {
  expect(item('further-models')).toMatchObject({ status: 'happened' })
  expect(item('further-models')?.since.toISOString()).toMatch(/^2025-10-29/)
})

test('every change quotes the sentence that proves it, word for word, with its link', async () => {
  const { rows } = await system.db.pool.query<{ quote: string; title: string; text: string; url: string }>(
    `select c.quote, r.title, r.text, c.url from evidence e join claim c on c.id = e.claim_id
     join match m on m.id = c.match_id join revision r on r.id = m.revision_id`,
  )
  expect(rows.length).toBeGreaterThanOrEqual(report.items.flatMap((one) => one.changes).length)
  for (const { quote, title, text, url } of rows) {
    expect(`${title}\n${text}`).toContain(quote)
    expect(url).toMatch(/^https:/)
  }
})

test('nobody was told: history is silent', async () => {
  expect(await countRows(system.db, 'alert')).toBe(0)
  expect(system.written).toEqual([])
})

test('bringing the history in again changes nothing', async () => {
  const before = await countRows(system.db, 'status_change')
  await system.bringIn()
  expect(await countRows(system.db, 'status_change')).toBe(before)
  expect(await countRows(system.db, 'backfill')).toBe(1)
})
