import { expect, test } from 'vitest'
import { initialStanding } from '../../src/status/standing.ts'
import { insertItem, listItems } from '../../src/store/watch-items.ts'
import { falcon } from '../support/falcon.ts'
import { startFeedServer } from '../support/feed-server.ts'
import { rss } from '../support/feed-text.ts'
import { addTestFeed } from '../support/stored-feed.ts'
import { testConfig, testSystem } from '../support/system.ts'

const minute = 60_000

test('a question of which the adding was cut off is watched all the same, a while later', async () => {
  let now = new Date('2026-05-01T12:00:00Z')
  const server = await startFeedServer()
  const at = new Date(now.getTime() - minute)
  server.set('/feed', {
    body: rss([{ id: '1', title: 'Acme releases Falcon 3', link: 'https://acme.com/1', at }]),
  })
  const system = await testSystem({
    config: await testConfig({ watchItems: [] }),
    clock: { now: () => now },
  })
  const { pool } = system.db
  const status = async (): Promise<unknown> => (await listItems(pool, ['falcon']))[0]?.standing.status
  const item = falcon(new Date('2026-04-01T00:00:00Z'))
  // what would have had it catch up never came
  await insertItem(pool, item, { origin: 'user', standing: initialStanding(item), now })
  await system.pollFeed(await addTestFeed(system, `${server.url}/feed`, now))
  await system.attend()
  expect(await status(), 'while it may be under way').toBe('open')
  now = new Date(now.getTime() + 11 * minute)
  await system.attend()
  expect(await status()).toBe('happened')
  await system.end()
  await server.close()
})
