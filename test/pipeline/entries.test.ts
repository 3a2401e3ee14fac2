import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Entry } from '../../src/matching/entry.ts'
import { documentOf } from '../../src/matching/document.ts'
import { evaluate } from '../../src/matching/evaluate.ts'
import { parseQuery } from '../../src/matching/parse-query.ts'
import { previewSteps, type PreviewStep } from '../../src/pipeline/preview.ts'
import { proposeItem } from '../../src/pipeline/propose-item.ts'
import { searchEntries, type EntrySearch, type FoundEntry } from '../../src/pipeline/search-entries.ts'
import { readStretch } from '../../src/store/entry-search.ts'
import { falcon } from '../support/falcon.ts'
import { falconSince, falconSystem, type FalconSystem } from '../support/falcon-system.ts'

const begun = new Date('2025-09-01T08:00:00Z')

let falcons: FalconSystem

/** One a day, 60 of them; every tenth has the rocket in it, in ways that are hard to find. */
const writings = ['Falcon 3', 'FALCON-3', 'Fálcon: 3', 'Fal\u00ADcon 3', 'Falcons 3', 'ＦＡＬＣＯＮ　３']
const entries: Entry[] = Array.from({ length: 60 }, (_, day) => ({
  id: String(day),
  title: day % 10 === 0 ? `Acme releases ${writings[day / 10] ?? ''}` : `Rain on day ${day}`,
  text: day % 10 === 5 ? 'Nobody said a word about the Falcon 30, or about falcons.' : 'It says no more.',
  url: `https://press.test/${day}`,
  outlet: day % 2 === 0 ? 'press.test' : 'gazette.test',
  author: null,
  discussionUrl: null,
  publishedAt: new Date(Date.UTC(2025, 5, 1 + day)),
}))

beforeAll(async () => {
  falcons = await falconSystem(begun)
  await falcons.came(...entries)
})
afterAll(() => falcons.system.end())

const pool = () => falcons.system.db.pool

async function all(search: EntrySearch): Promise<FoundEntry[]> {
  const found: FoundEntry[] = []
  for (let cursor: string | undefined; ;) {
    const searched = await searchEntries({ ...search, cursor }, pool())
    if (searched.kind !== 'found') throw new Error(searched.kind)
    found.push(...searched.entries)
    if (searched.next === null) return found
    cursor = searched.next
  }
}

const titles = (found: readonly FoundEntry[]) => found.map(({ revision }) => revision.title)

test.each([
  '"falcon 3"',
  'falcon*',
  'title:rain NOT 7',
  'acme NEAR/3 falcon',
  'outlet:gazette.test rain',
  'falcon OR 59',
])(
  'a search for %s finds exactly what the query means, the newest first, whatever the size of a page',
  async (query) => {
    const parsed = parseQuery(query)
    if (!parsed.ok) throw new Error(parsed.error.message)
    const wanted = entries.filter((entry) => evaluate(parsed.query, documentOf(entry))).reverse()
    expect(wanted.length).toBeGreaterThan(0)
    for (const limit of [1, 7, 100])
      expect(titles(await all({ query, limit }))).toEqual(wanted.map(({ title }) => title))
  },
)

test('every writing of a name passes the sieve of the database', async () => {
  expect(titles(await all({ query: '"falcon 3"' }))).toEqual(
    writings.map((one) => `Acme releases ${one}`).reverse(),
  )
})

test('a search can be kept to an outlet, a feed and a time', async () => {
  const within = { since: new Date('2025-06-11'), until: new Date('2025-06-21') }
  expect((await all({ query: '', ...within })).length).toBe(10)
  const found = await all({ query: 'rain', outlet: 'gazette.test', ...within })
  expect(new Set(found.map(({ revision }) => revision.outlet))).toEqual(new Set(['gazette.test']))
  const [one] = found
  expect(await all({ query: 'rain', feedId: one?.feed.id })).toHaveLength(54)
  expect(await all({ query: 'rain', feedId: 999 })).toEqual([])
})

test('what was found says where it meets the query, and which questions it has met', async () => {
  const [newest] = await all({ query: 'falcon* acme', limit: 1 })
  const { revision, spans, items } = newest ?? { revision: null, spans: [], items: [] }
  expect(spans.map(({ start, end }) => revision?.title.slice(start, end))).toEqual(['Acme', 'ＦＡＬＣＯＮ'])
  expect(items).toEqual(['falcon'])
})

test('a mistake in a query points at its column, and a cursor of nobody is refused', async () => {
  expect(await searchEntries({ query: 'acme AND (falcon' }, pool())).toMatchObject({
    kind: 'bad-query',
    error: { column: 10 },
  })
  for (const cursor of [
    'x',
    'eCB4',
    Buffer.from('2025-06-01T00:00:00.000Z 99999999999999999999').toString('base64url'),
  ])
    expect(await searchEntries({ query: 'acme', cursor }, pool())).toEqual({ kind: 'bad-cursor' })
})

test('stretches cover every entry once, whatever their size, also where many count at one time', async () => {
  for (const size of [1, 7, 60, 500]) {
    const seen: string[] = []
    for (let before; ;) {
      const stretch = await readStretch(pool(), { kind: 'everything' }, { ...(before && { before }), size })
      seen.push(...stretch.revisions.map(({ key }) => key))
      if (stretch.next === null) break
      before = stretch.next
    }
    expect(new Set(seen).size).toBe(60)
    expect(seen.length).toBe(60)
  }
})

async function steps(item = falcon(falconSince), signal?: AbortSignal): Promise<PreviewStep[]> {
  const seen: PreviewStep[] = []
  const { db, config } = falcons.system
  for await (const step of previewSteps(db, item, config(), signal && { signal })) seen.push(step)
  return seen
}

test('a preview first looks, newest first, then judges, oldest first, and then is done', async () => {
  const seen = await steps()
  expect(seen.map(({ kind }) => kind)).toEqual(['looking', 'judging', 'done'])
  const [looking, judging, done] = seen
  expect(looking).toMatchObject({ done: 60, total: 60, matches: 6, keywordAlerts: 6, backTo: null })
  if (looking?.kind !== 'looking' || judging?.kind !== 'judging' || done?.kind !== 'done')
    throw new Error('order')
  expect(looking.found.map(({ title }) => title)).toEqual(
    writings
      .slice(1)
      .map((one) => `Acme releases ${one}`)
      .reverse(),
  )
  expect(judging.changes).toEqual(done.preview.changes)
  expect(done.preview.changes.map(({ decision }) => decision.at)).toEqual([entries[0]?.publishedAt])
})

test('a preview that nobody waits for any more ends without a result', async () => {
  expect(await steps(falcon(falconSince), AbortSignal.abort())).toEqual([])
  const leaving = new AbortController()
  const { db, config } = falcons.system
  const seen: string[] = []
  for await (const step of previewSteps(db, falcon(falconSince), config(), { signal: leaving.signal })) {
    seen.push(step.kind)
    leaving.abort()
  }
  expect(seen).toEqual(['looking'])
  // and gives its turn back: more than may go at a time come one after the other
  const many = await Promise.all(Array.from({ length: 8 }, () => steps()))
  expect(many.map((one) => one.at(-1)?.kind)).toEqual(Array.from({ length: 8 }, () => 'done'))
})

test('a proposal takes from what is stored who told of it, which outlet is official and what is asked already', async () => {
  const proposing = await proposeItem('When will Acme release Falcon 3?', falcons.system)
  if (proposing.kind !== 'proposed') throw new Error(proposing.kind)
  const { proposal } = proposing
  expect(proposal).toMatchObject({
    id: { value: 'when-will-acme-release-falcon-3' },
    topic: { value: 'rockets' },
    alike: [{ id: 'falcon' }],
    looked: { entries: 60, naming: 6 },
  })
  expect(proposal.feeds).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ what: 'http://feed.test/', isPolled: true, isAdvised: false }),
      expect.objectContaining({ what: 'news:"Falcon 3"', isPolled: false, isAdvised: false }),
    ]),
  )
  const unheard = await proposeItem('Will Borealis 9 launch?', falcons.system)
  if (unheard.kind !== 'proposed') throw new Error(unheard.kind)
  expect(unheard.proposal.feeds.filter(({ isAdvised }) => isAdvised).map(({ what }) => what)).toEqual([
    'news:"Borealis 9"',
  ])
  expect(await proposeItem(' ? ', falcons.system)).toEqual({ kind: 'no-question' })
})
