import { expect, it } from 'vitest'
import type { WatchItem } from '../../src/matching/watch-item.ts'
import { createWatchSet } from '../../src/pipeline/watch-set.ts'
import type { Queryable } from '../../src/store/database.ts'
import { initialStanding } from '../../src/status/standing.ts'
import { insertItem, markCaughtUp, setItemState, updateItem } from '../../src/store/watch-items.ts'
import { falcon } from '../support/falcon.ts'
import { falconSince } from '../support/falcon-system.ts'
import { testConfig, testSystem } from '../support/system.ts'

const now = new Date('2025-06-01T00:00:00Z')
const headline = {
  ...{ id: 'a', key: '1', url: null, outlet: 'press.test', author: null, discussionUrl: null, text: '' },
  ...{ title: 'Falcon 3 and Osprey 9 are released', publishedAt: now, at: now },
}
const osprey: WatchItem = {
  ...falcon(falconSince, { official: [] }),
  ...{
    id: 'osprey',
    question: 'When will Osprey 9 be released?',
    subject: ['Osprey 9'],
    context: [],
    about: [],
  },
}

it('the compiled set follows what is added, changed, paused and resumed, and keeps the rest as it is', async () => {
  const system = await testSystem({ config: await testConfig({}), clock: { now: () => now } })
  const { pool } = system.db
  const set = createWatchSet(() => system.config())
  const met = async (): Promise<string[]> =>
    (await set.current(pool)).judge.read(headline).map(({ itemId }) => itemId)

  const { judge } = await set.current(pool)
  await insertItem(pool, osprey, { origin: 'user', standing: initialStanding(osprey), now })
  expect(await met(), 'before what is stored was judged for it').toEqual([])
  await markCaughtUp(pool, osprey.id, now)
  expect(await met()).toEqual(['osprey'])
  expect((await set.current(pool)).judge).toBe(judge)
  await updateItem(pool, { ...osprey, subject: ['Kestrel 9'] }, { origin: 'user', now })
  expect(await met()).toEqual([])
  await updateItem(pool, osprey, { origin: 'user', now })
  await setItemState(pool, osprey.id, 'paused', now)
  expect(await met()).toEqual([])
  await setItemState(pool, osprey.id, 'watching', now)
  expect(await met()).toEqual(['osprey'])
  await system.end()
})

it('what one poll found out about the set is not undone by another that began before it', async () => {
  const system = await testSystem({ config: await testConfig({}), clock: { now: () => now } })
  const { pool } = system.db
  await insertItem(pool, osprey, { origin: 'user', standing: initialStanding(osprey), now })
  const set = createWatchSet(() => system.config())
  let answered = (): void => undefined
  let release = (): void => undefined
  const isAnswered = new Promise<void>((resolve) => (answered = resolve))
  const isReleased = new Promise<void>((resolve) => (release = resolve))
  /** The database as it answers on a busy machine: what it says of the items comes late. */
  const query = async (asked: string, values?: unknown[]): Promise<unknown> => {
    const answer = await pool.query(asked, values)
    if (!JSON.stringify(asked).includes('from watch_item')) return answer
    answered()
    await isReleased
    return answer
  }
  const slow = { query } as unknown as Queryable
  const before = set.current(slow)
  await isAnswered
  await markCaughtUp(pool, osprey.id, now)
  const { judge } = await set.current(pool)
  release()
  await before
  expect(judge.read(headline).map(({ itemId }) => itemId)).toEqual(['osprey'])
  await system.end()
})
