import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faultsOf, looks, noticeOf, openBrowser, openSite, type Look, type Site } from '../support/browser.ts'
import { falconSystem, news, type FalconSystem } from '../support/falcon-system.ts'
import { pagesOver } from '../support/pages.ts'

const payload = '<img src=x onerror=alert(1)>"\'><script>alert(2)</script>'
const browser = await openBrowser()

describe.skipIf(browser === null)('the page of a question in a browser', () => {
  let falcon: FalconSystem
  let site: Site

  beforeAll(async () => {
    falcon = await falconSystem(new Date('2025-09-01T08:00:00Z'), {
      falcon: { question: `When will Acme release Falcon 3? ${payload}`, expected: 'June 2025' },
    })
    await falcon.came(news('2025-05-01', 'acme.test', 'Acme will release Falcon 3 in June 2025'))
    await falcon.came(
      news('2025-07-01', 'press.test', `Acme delays Falcon 3 to August 2025`, { url: 'javascript:alert(3)' }),
    )
    await falcon.came(news('2025-07-02', 'gazette.test', `Acme delays Falcon 3 ${payload}`))
    site = await openSite(browser, pagesOver(falcon.system))
  })

  afterAll(async () => {
    await site.close()
    await falcon.system.end()
  })

  const open = (look?: Look) => site.open('/items/falcon', look)

  test.each(looks)('it is sound: $name', async (look) => {
    const shown = await open(look)
    expect(await faultsOf(shown)).toEqual([])
    await shown.close()
  })

  test('what feeds and people wrote is text: nothing of it runs', async () => {
    const { page, consoleFaults, close } = await open()
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain(payload)
    expect(await page.locator('main img, main script').count()).toBe(0)
    expect(await page.locator('a[href^="javascript"]').count()).toBe(0)
    expect(consoleFaults).toEqual([])
    await close()
  })

  test('a point of the picture is reached by keyboard and leads to what was said', async () => {
    const { page, close } = await open()
    const point = page.getByRole('link', { name: /1 July 2025, press\.test, reported: delayed/ })
    await point.focus()
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => url.hash === '#change_2')
    expect(await page.locator('#change_2').textContent()).toContain('Acme delays Falcon 3 to August 2025')
    await close()
  })

  test.each([{ scripts: true }, { scripts: false }])(
    'what is wrong is rejected and taken back, with scripts or without: %j',
    async (look) => {
      const { page, close } = await open(look)
      await page.locator('#change_2 summary').click()
      await page.locator('#change_2').getByLabel('It does not say that').check()
      await page.locator('#change_2').getByRole('button', { name: 'Reject it' }).click()
      await noticeOf(page, /^Corrected/)
      await page.locator('#change_2').getByText('rejected by a person').waitFor()
      await page
        .locator('#change_2')
        .getByRole('button', { name: /count again/ })
        .click()
      await noticeOf(page, 'The story counts again.')
      expect(await page.locator('#change_2').textContent()).not.toContain('rejected by a person')
      await close()
    },
  )

  test('its alerts are held for a week with one press', async () => {
    const { page, close } = await open()
    await page.getByRole('button', { name: 'for a week' }).click()
    await page.getByText(/^snoozed until/).waitFor()
    await page.getByRole('button', { name: 'not any more' }).click()
    await noticeOf(page, 'not held any more')
    expect(await page.getByText(/^snoozed until/).count()).toBe(0)
    await close()
  })
})
