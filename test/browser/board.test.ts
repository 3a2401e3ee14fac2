import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { WatchItem } from '../../src/matching/watch-item.ts'
import { buildServer } from '../../src/web/server.ts'
import { axeFaults, looks, openBrowser, openPage, overflowOf, type WatchedPage } from '../support/browser.ts'
import { falcon as falconItem } from '../support/falcon.ts'
import { falconSince, falconSystem, news, type FalconSystem } from '../support/falcon-system.ts'

const payload = '<img src=x onerror=alert(1)>"\'><script>alert(2)</script>'
const browser = await openBrowser()

const other = (id: string, more: Partial<WatchItem> = {}): WatchItem =>
  falconItem(falconSince, { id, question: `When will ${id} come?`, subject: [id], topic: 'birds', ...more })

describe.skipIf(browser === null)('the board in a browser', () => {
  let falcon: FalconSystem
  let app: ReturnType<typeof buildServer>
  let base: string

  beforeAll(async () => {
    falcon = await falconSystem(new Date('2025-09-01T08:00:00Z'), {
      items: [
        other('kestrel', { expected: 'June 2025' }),
        other('heron', { question: payload, topic: payload }),
        other('swift'),
      ],
    })
    await falcon.came(
      news('2025-08-01', 'press.test', 'Acme will release Falcon 3 in October 2025', { author: payload }),
      news('2025-08-02', 'press.test', `The heron comes ${payload}`, { url: 'javascript:alert(3)' }),
    )
    app = buildServer({
      report: () => falcon.system.report(),
      installation: 'this-one',
      notReady: () => Promise.resolve(null),
      desk: falcon.system,
    })
    base = await app.listen({ host: '127.0.0.1', port: 0 })
  })

  afterAll(async () => {
    await browser?.close()
    await app.close()
    await falcon.system.end()
  })

  async function open(look: Parameters<typeof openPage>[2] = {}, path = '/'): Promise<WatchedPage> {
    if (browser === null) throw new Error('there is no browser')
    const opened = await openPage(browser, base, look)
    await opened.page.goto(path)
    return opened
  }

  test.each(looks)('axe finds nothing, nothing is to be scrolled sideways: $name', async (look) => {
    const { page, consoleFaults, otherHosts, close } = await open(look)
    expect(await axeFaults(page)).toEqual([])
    expect(await overflowOf(page)).toBe(0)
    expect(consoleFaults).toEqual([])
    expect(otherHosts).toEqual([])
    await close()
  })

  test('what feeds and people wrote is text: nothing of it runs', async () => {
    const { page, consoleFaults, close } = await open()
    expect(await page.getByText(payload).count()).toBeGreaterThan(0)
    expect(await page.locator('main img, main script').count()).toBe(0)
    expect(await page.locator('a[href^="javascript"]').count()).toBe(0)
    expect(consoleFaults).toEqual([])
    await close()
  })

  test('times are those of the reader, with UTC on hover', async () => {
    const { page, close } = await open()
    const moment = page.locator('#as_of time')
    expect(await moment.textContent()).toContain('10:00')
    expect(await moment.getAttribute('title')).toBe('1 September 2025, 08:00 UTC')
    await close()
  })

  test('filters apply while they are typed, keep the focus, and stand in the address', async () => {
    const { page, close } = await open()
    await page.getByLabel('Search').pressSequentially('swift')
    await page.getByRole('heading', { level: 1, name: '1 of 4 questions' }).waitFor()
    expect(await page.evaluate('document.activeElement.id')).toBe('board_text')
    expect(new URL(page.url()).search).toBe('?q=swift')
    expect(await page.locator('#the_board h3').allTextContents()).toEqual(['When will swift come?'])
    await close()
  })

  test('without scripts filters are a form and links', async () => {
    const { page, close } = await open({ scripts: false })
    await page.getByLabel('Search').fill('swift')
    await page.getByRole('button', { name: 'Filter' }).click()
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('1 of 4 questions')
    await page.getByRole('link', { name: /^announced/ }).click()
    expect(new URL(page.url()).search).toBe('?q=swift&status=announced')
    expect(await page.getByText('No question is like that').count()).toBe(1)
    await close()
  })

  test('by keyboard alone a question is reached, the content first', async () => {
    const { page, close } = await open()
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toContain('Skip to the content')
    await page.keyboard.press('Enter')
    for (let n = 0; n < 20; n++) {
      await page.keyboard.press('Tab')
      if (await page.evaluate('document.activeElement.matches("#the_board h3 a")')) break
    }
    await page.keyboard.press('Enter')
    await page.waitForURL('**/items/*')
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1)
    await close()
  })

  test('news swap the card in place: who is on it stays on it, and is told', async () => {
    const { page, consoleFaults, close } = await open()
    await page.locator('#falcon h3 a').focus()
    await page.evaluate('document.getElementById("swift").dataset.known = "yes"')
    await falcon.came(news('2025-08-30', 'press.test', 'Acme releases Falcon 3'))
    await page.locator('#falcon.happened').waitFor()
    expect(await page.evaluate('document.activeElement.textContent')).toBe('When will Acme release Falcon 3?')
    expect(await page.getByRole('status').textContent()).toBe(
      'When will Acme release Falcon 3? Now happened.',
    )
    expect(await page.locator('#swift').getAttribute('data-known')).toBe('yes')
    expect(consoleFaults).toEqual([])
    await close()
  })
})
