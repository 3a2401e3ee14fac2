import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { queueFor, statusAlert, webhook } from '../support/alerts.ts'
import { faultsOf, looks, noticeOf, openBrowser, openSite, type Site } from '../support/browser.ts'
import { startFeedServer, type FeedServer } from '../support/feed-server.ts'
import { rss } from '../support/feed-text.ts'
import { pagesOver } from '../support/pages.ts'
import { startReceiver, type Receiver } from '../support/receiver.ts'
import { addTestFeed } from '../support/stored-feed.ts'
import { testConfig, testSystem, type TestSystem } from '../support/system.ts'

const browser = await openBrowser()
const payload = '<img src=x onerror="document.title=1"><script>document.title=1</script>'

let system: TestSystem
let feeds: FeedServer
let hook: Receiver
let site: Site
let feedPath: string
let alertPath: string

beforeAll(async () => {
  if (browser === null) return
  feeds = await startFeedServer()
  hook = await startReceiver()
  hook.answer = { status: 404 }
  const now = new Date()
  system = await testSystem({ config: await testConfig({ channels: [webhook('hook', hook.url)] }) })
  site = await openSite(browser, pagesOver(system))
  feeds.set('/good.xml', {
    body: rss([{ id: '1', title: `A long title ${'that goes on '.repeat(12)}`, at: now }], 'Good'),
  })
  const good = await addTestFeed(system, `${feeds.url}/good.xml`, now)
  const bad = await addTestFeed(system, `${feeds.url}/${'a-long-address-'.repeat(12)}.xml`, now)
  for (const feed of [good, bad]) await system.pollFeed(feed)
  await system.db.pool.query(`update feed set title = $2, last_error = $2 where id = $1`, [bad.id, payload])
  await queueFor(system.db, [statusAlert(now)], ['hook'], now)
  await system.deliveries.drain('hook', () => undefined)
  feedPath = `/feeds/${good.id}`
  const { rows } = await system.db.pool.query<{ id: string }>('select id from delivery')
  alertPath = `/alerts/${rows[0]?.id ?? ''}`
}, 60_000)

afterAll(async () => {
  if (browser === null) return
  await site.close()
  await system.end()
  await feeds.close()
  await hook.close()
})

describe.skipIf(browser === null)('feeds, alerts and settings', () => {
  it.each(looks)(
    'are sound: $name',
    async (look) => {
      for (const path of ['/feeds', feedPath, '/alerts', alertPath, '/settings']) {
        const shown = await site.open(path, look)
        expect(await faultsOf(shown), path).toEqual([])
        expect(await shown.page.title(), path).toMatch(/openwatch$/)
        await shown.close()
      }
    },
    120_000,
  )

  it('work without scripts: a feed is added, tested, paused and, after a question, removed; an alert is tried again', async () => {
    feeds.set('/new.xml', { body: rss([{ id: '1', title: 'New one', at: new Date() }], 'New feed') })
    const { page, close } = await site.open('/feeds', { scripts: false })
    await page.getByLabel('Address or shorthand').fill(`${feeds.url}/new.xml`)
    await page.getByRole('button', { name: 'Add the feed' }).click()
    await page.getByRole('heading', { level: 1, name: 'New feed' }).waitFor()
    await page.getByRole('button', { name: 'Test it' }).click()
    await page.getByRole('heading', { name: 'it can be read' }).waitFor()
    await page.getByRole('button', { name: 'Pause' }).click()
    await noticeOf(page, 'is paused')
    await page.getByText('Remove it…').click()
    await page.getByRole('button', { name: 'Remove the feed' }).click()
    await noticeOf(page, 'is not polled any more')
    await page.goto('/feeds')
    await page.getByLabel('Address or shorthand').fill(`${feeds.url}/nowhere`)
    await page.getByRole('button', { name: 'Add the feed' }).click()
    await page.locator('#what-fault', { hasText: 'answered 404' }).waitFor()
    await page.goto('/alerts?state=dead')
    await page.getByRole('button', { name: 'Try all that were given up again' }).click()
    await noticeOf(page, '1 alert is tried again')
    await close()
  }, 60_000)
})
