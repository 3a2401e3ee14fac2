import { afterAll, beforeAll, expect, test } from 'vitest'
import { shippedDirectory } from '../../src/config/directory.ts'
import { loadConfig } from '../../src/config/load.ts'
import type { WatchItem } from '../../src/matching/watch-item.ts'
import { explainEntry } from '../../src/pipeline/explain.ts'
import { preview } from '../../src/pipeline/preview.ts'
import { listItems } from '../../src/store/watch-items.ts'
import { countRows, testConfig, testSystem, type TestSystem } from '../support/system.ts'

let system: TestSystem

beforeAll(async () => {
  const loaded = await loadConfig({ directory: shippedDirectory(), env: {}, now: new Date() })
  if (!loaded.ok) throw new Error('the shipped configuration has mistakes')
  system = await testSystem({ config: await testConfig({ historyFiles: loaded.config.historyFiles }) })
})

afterAll(() => system.end())

const shipped = (id: string): WatchItem => {
  const item = system.config().watchItems.find((one) => one.id === id)
  if (item === undefined) throw new Error(`there is no item ${id}`)
  return item
}

test('a preview tells what live polling recorded, and keeps nothing', async () => {
  const before = await countRows(system.db, 'claim')
  const seen = await preview(system.db, shipped('release-timing'), system.config())
  const [live] = (await system.report(['release-timing'])).items
  expect(seen.changes.map(({ decision }) => decision.at)).toEqual(
    live?.changes.toSorted((a, b) => a.at.getTime() - b.at.getTime()).map((change) => change.at),
  )
  expect(seen.standing.status).toBe('happened')
  expect(await countRows(system.db, 'claim')).toBe(before)
})

test('it says how many a keyword alert would have sent, and which entries came near and why they were not enough', async () => {
  const seen = await preview(system.db, shipped('release-timing'), system.config())
  expect(seen.keywordAlerts).toBeGreaterThan(3 * seen.changes.length)
  expect(seen.misses.length).toBeGreaterThan(5)
  for (const miss of seen.misses) expect(miss.reason).not.toBe('')
  const claimed = seen.misses.map((miss) => miss.claimed)
  expect(claimed).toEqual(claimed.toSorted((a, b) => Number(b) - Number(a)))
})

test('words of what the question is about narrow the matches, not what a keyword alert would send', async () => {
  const wide = await preview(system.db, { ...shipped('safety-measures'), about: [] }, system.config())
  const narrow = await preview(system.db, shipped('safety-measures'), system.config())
  expect(narrow.matches).toBeLessThan(wide.matches)
  expect(narrow.keywordAlerts).toBe(wide.keywordAlerts)
})

test('outlets that are muted decide nothing in a preview either', async () => {
  const item = shipped('release-timing')
  const all = await preview(system.db, item, system.config())
  const [first] = all.changes
  const outlet = first?.claim.outlet ?? ''
  const seen = await preview(system.db, item, system.config(), undefined, { muted: [outlet], rejected: [] })
  expect(seen.matches).toBe(all.matches)
  expect(seen.changes.filter(({ claim }) => claim.outlet === outlet)).toEqual([])
  expect(seen.misses.map((miss) => miss.reason)).toContain(`${outlet} is muted for this question`)
})

test('progress counts every entry', async () => {
  const steps: [number, number][] = []
  const seen = await preview(
    system.db,
    { ...shipped('release-timing'), since: new Date(0) },
    system.config(),
    (done, total) => steps.push([done, total]),
  )
  expect(steps.at(-1)).toEqual([seen.entries, seen.entries])
})

const explained = async (url: string) => {
  const found = await explainEntry(system.db.pool, url, await listItems(system.db.pool), system.config())
  return found.map(({ revision, items }) => ({
    revision,
    item: (id: string) => items.find((one) => one.stored.item.id === id),
  }))
}

test('an entry that decided is explained by its claim and the decision', async () => {
  const [one] = await explained('https://openai.com/index/introducing-gpt-oss')
  expect(one?.revision.outlet).toBe('openai.com')
  const release = one?.item('release-timing')
  expect(release?.match.matched).toBe(true)
  expect(release?.decided[0]).toMatchObject({ signal: 'happened', decision: 'status-changed' })
  expect(`${one?.revision.title}\n${one?.revision.text}`).toContain(release?.claims[0]?.quote)
})

test('an entry from before the watch began says so', async () => {
  const [one] = await explained('https://openai.com/index/introducing-gpt-oss/')
  expect(one?.item('further-models')?.notJudged).toContain('before the watch began')
})

test('an entry about another maker is explained by the word that it lacks', async () => {
  const [one] = await explained('https://qwenlm.github.io/blog/qwen3/')
  const release = one?.item('release-timing')
  expect(release?.match.matched).toBe(false)
  expect(release?.match.summary).toContain('context')
})

test('an entry that was never seen has no explanation', async () => {
  expect(await explained('https://example.org/never')).toEqual([])
})
