import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildServer } from '../../src/web/server.ts'
import { queueFor, statusAlert, webhook } from '../support/alerts.ts'
import {
  axeFaults,
  looks,
  openBrowser,
  openPage,
  overflowOf,
  type Look,
  type WatchedPage,
} from '../support/browser.ts'
import { startFeedServer, type FeedServer } from '../support/feed-server.ts'
import { rss } from '../support/feed-text.ts'
import { startReceiver, type Receiver } from '../support/receiver.ts'
import { addTestFeed } from '../support/stored-feed.ts'
import { testConfig, testSystem, type TestSystem } from '../support/system.ts'

const browser = await openBrowser()
const payload = '<img src=x onerror="document.title=1"><script>document.title=1</script>'

let system: TestSystem
let site: FeedServer
let hook: Receiver
let app: ReturnType<typeof buildServer>
let base: string
let feedPath: string
let alertPath: string

beforeAll(async () => {
  if (browser === null) return
  site = await startFeedServer()
  hook = await startReceiver()
  hook.answer = { status: 404 }
  const now = new Date()
  system = await testSystem({ config: await testConfig({ channels: [webhook('hook', hook.url)] }) })
  app = buildServer({
    report: () => system.report(),
    installation: 'this-one',
    notReady: () => Promise.resolve(null),
    desk: system,
  })
  base = await app.listen({ host: '127.0.0.1', port: 0 })
  site.set('/good.xml', {
    body: rss([{ id: '1', title: `A long title ${'that goes on '.repeat(12)}`, at: now }], 'Good'),
  })
  const good = await addTestFeed(system, `${site.url}/good.xml`, now)
  const bad = await addTestFeed(system, `${site.url}/${'a-long-address-'.repeat(12)}.xml`, now)
  for (const feed of [good, bad]) await system.pollFeed(feed)
  await system.db.pool.query(`update feed set title = $2, last_error = $2 where id = $1`, [bad.id, payload])
  await queueFor(system.db, [statusAlert(now)], ['hook'], now)
  await system.deliveries.drain('hook', () => undefined)
  feedPath = `/feeds/${good.id}`
  const { rows } = await system.db.pool.query<{ id: string }>('select id from delivery')
  alertPath = `/alerts/${rows[0]?.id ?? ''}`
}, 60_000)

afterAll(async () => {
  await browser?.close()
  if (browser === null) return
  await app.close()
  await system.end()
  await site.close()
  await hook.close()
})

function open(look: Look): Promise<WatchedPage> {
  if (browser === null) throw new Error('there is no browser')
  return openPage(browser, base, look)
}

describe.skipIf(browser === null)('feeds, alerts and settings', () => {
  it.each(looks)(
    'have no fault that axe finds, fit and keep to themselves: $name',
    async (look) => {
      for (const path of ['/feeds', feedPath, '/alerts', alertPath, '/settings']) {
        const shown = await open(look)
        expect((await shown.page.goto(path))?.status()).toBe(200)
        expect(await axeFaults(shown.page), path).toEqual([])
        expect(await overflowOf(shown.page), path).toBe(0)
        expect([...shown.consoleFaults, ...shown.otherHosts], path).toEqual([])
        expect(await shown.page.title(), path).not.toBe('1')
        await shown.close()
      }
    },
    120_000,
  )

  it('work without scripts: a feed is added, tested and paused, an alert is tried again', async () => {
    const shown = await open({ scripts: false })
    const { page } = shown
    site.set('/new.xml', { body: rss([{ id: '1', title: 'New one', at: new Date() }], 'New feed') })
    await page.goto('/feeds')
    await page.getByLabel('Address or shorthand').fill(`${site.url}/new.xml`)
    await page.getByRole('button', { name: 'Add the feed' }).click()
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('New feed')
    await page.getByRole('button', { name: 'Test it' }).click()
    expect(await page.getByRole('heading', { name: 'it can be read' }).count()).toBe(1)
    await page.getByRole('button', { name: 'Pause' }).click()
    expect(await page.getByRole('status').textContent()).toContain('is paused')
    await page.goto('/feeds')
    await page.getByLabel('Address or shorthand').fill(`${site.url}/nowhere`)
    await page.getByRole('button', { name: 'Add the feed' }).click()
    expect(await page.locator('#what-fault').textContent()).toContain('answered 404')
    await page.goto('/alerts?state=dead')
    await page.getByRole('button', { name: 'Try all that were given up again' }).click()
    expect(await page.getByRole('status').textContent()).toContain('1 alert is tried again')
    await shown.close()
  }, 60_000)
})
