import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { WatchItem } from '../../src/matching/watch-item.ts'
import { faultsOf, looks, openBrowser, openSite, type Look, type Site } from '../support/browser.ts'
import { falcon as falconItem } from '../support/falcon.ts'
import { falconSince, falconSystem, news, type FalconSystem } from '../support/falcon-system.ts'
import { pagesOver } from '../support/pages.ts'

const payload = '<img src=x onerror=alert(1)>"\'><script>alert(2)</script>'
const browser = await openBrowser()

const other = (id: string, more: Partial<WatchItem> = {}): WatchItem =>
  falconItem(falconSince, { id, question: `When will ${id} come?`, subject: [id], topic: 'birds', ...more })

describe.skipIf(browser === null)('the board in a browser', () => {
  let falcon: FalconSystem
  let site: Site

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
    site = await openSite(browser, pagesOver(falcon.system))
  })

  afterAll(async () => {
    await site.close()
    await falcon.system.end()
  })

  const open = (look?: Look) => site.open('/', look)

  test.each(looks)('it is sound: $name', async (look) => {
    const shown = await open(look)
    expect(await faultsOf(shown)).toEqual([])
    await shown.close()
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
    await expect.poll(() => moment.textContent()).toContain('10:00')
    await expect.poll(() => moment.getAttribute('title')).toBe('1 September 2025, 08:00 UTC')
    await close()
  })

  test('filters apply while they are typed, keep the focus, and stand in the address', async () => {
    const { page, close } = await open()
    await page.getByLabel('Search').pressSequentially('swift')
    await page.getByRole('heading', { level: 1, name: '1 of 4 questions' }).waitFor()
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('board_text')
    await expect.poll(() => new URL(page.url()).search).toBe('?q=swift')
    await expect
      .poll(() => page.locator('#the_board h3').allTextContents())
      .toEqual(['When will swift come?'])
    await close()
  })

  test('without scripts filters are a form and links', async () => {
    const { page, close } = await open({ scripts: false })
    await page.getByLabel('Search').fill('swift')
    await page.getByRole('button', { name: 'Filter' }).click()
    await page.getByRole('heading', { level: 1, name: '1 of 4 questions' }).waitFor()
    await page.getByRole('link', { name: /^announced/ }).click()
    await page.waitForURL((url) => url.search === '?q=swift&status=announced')
    await page.getByText('No question is like that').waitFor()
    await close()
  })

  test('by keyboard alone a question is reached, the content first', async () => {
    const { page, close } = await open()
    await page.keyboard.press('Tab')
    await page.locator('.skip:focus').waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => url.hash !== '')
    await expect
      .poll(async () => {
        await page.keyboard.press('Tab')
        return page.evaluate('document.activeElement.matches("#the_board h3 a")')
      })
      .toBe(true)
    await page.keyboard.press('Enter')
    await page.waitForURL('**/items/*')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await close()
  })

  test('news swap the card in place: who is on it stays on it, and is told', async () => {
    const { page, consoleFaults, close } = await open()
    await page.locator('#falcon h3 a').focus()
    await page.evaluate('document.getElementById("swift").dataset.known = "yes"')
    await falcon.came(news('2025-08-30', 'press.test', 'Acme releases Falcon 3'))
    await page.locator('#falcon.happened').waitFor()
    await expect
      .poll(() => page.evaluate('document.activeElement.textContent'))
      .toBe('When will Acme release Falcon 3?')
    await expect
      .poll(() => page.getByRole('status').textContent())
      .toBe('When will Acme release Falcon 3? Now happened.')
    // the others were left as they are
    expect(await page.locator('#swift').getAttribute('data-known')).toBe('yes')
    expect(consoleFaults).toEqual([])
    await close()
  })
})
