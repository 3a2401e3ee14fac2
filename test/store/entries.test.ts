import { beforeEach, expect, test } from 'vitest'
import type { Entry } from '../../src/matching/entry.ts'
import { insertEntries, type Listed } from '../../src/store/entries.ts'
import { addTestFeed } from '../support/stored-feed.ts'
import { countRows, testConfig, testSystem, type TestSystem } from '../support/system.ts'

const now = new Date('2026-06-01T12:00:00Z')
const dayMs = 86_400_000
let system: TestSystem
let feedId: number

beforeEach(async () => {
  system = await testSystem({ config: await testConfig({ watchItems: [] }) })
  feedId = (await addTestFeed(system, 'https://example.org/feed', now)).id
  return () => system.end()
})

function entry(id: string, text = `What ${id} says`): Entry {
  const url = `https://example.org/${id}`
  const rest = { outlet: 'example.org', author: null, publishedAt: now, discussionUrl: null }
  return { id, url, title: `Title ${id}`, text, ...rest }
}

function insert(entries: readonly Entry[], at = now, listing: Listed['listing'] = 'whole') {
  return system.db.transaction((tx) => insertEntries(tx, [{ feedId, entries, listing }], at))
}

async function listedAt(): Promise<(Date | null)[]> {
  const { rows } = await system.db.pool.query<{ at: Date | null }>(
    'select listed_at as at from entry order by id',
  )
  return rows.map(({ at }) => at)
}

test('new entries get ids in their order, and are what was given', async () => {
  const found = await insert([entry('a'), entry('b')])
  expect(found.map((one) => [one.entry.title, one.isNewEntry])).toEqual([
    ['Title a', true],
    ['Title b', true],
  ])
  expect(Number(found[1]?.entryId)).toBeGreaterThan(Number(found[0]?.entryId))
})

test('what is known comes back only with other words, as a revision of the same entry', async () => {
  const [first] = await insert([entry('a'), entry('b')])
  const found = await insert([entry('a', 'Something else'), entry('b'), entry('c')])
  expect(found.map((one) => [one.entry.title, one.isNewEntry])).toEqual([
    ['Title a', false],
    ['Title c', true],
  ])
  expect(found[0]).toMatchObject({ entryId: first?.entryId })
})

test('two that are one entry under new ids, with the same new words, are one revision', async () => {
  const before = { ...entry('a', 'Short'), url: 'https://example.org/same' }
  await insert([before])
  const again = (id: string) => ({ ...before, id, text: 'Other words' })
  expect(await insert([again('x'), again('y')])).toHaveLength(1)
  expect(await countRows(system.db, 'revision')).toBe(2)
})

test('that an entry is still listed is noted once a week, not at every poll', async () => {
  await insert([entry('a'), entry('b')])
  await insert([entry('a')], new Date(now.getTime() + 6 * dayMs))
  expect(await listedAt()).toEqual([null, null])
  const later = new Date(now.getTime() + 8 * dayMs)
  await insert([entry('a')], later)
  expect(await listedAt()).toEqual([later, null])
})

test('a feed that is deleted by hand takes its entries and their texts along', async () => {
  await insert([entry('a'), entry('b')])
  await system.db.pool.query('delete from feed where id = $1', [feedId])
  expect([await countRows(system.db, 'entry'), await countRows(system.db, 'revision')]).toEqual([0, 0])
})
