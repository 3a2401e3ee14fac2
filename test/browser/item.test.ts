import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildServer } from '../../src/web/server.ts'
import { axeFaults, looks, openBrowser, openPage, overflowOf, type WatchedPage } from '../support/browser.ts'
import { falconSystem, news, type FalconSystem } from '../support/falcon-system.ts'

const payload = '<img src=x onerror=alert(1)>"\'><script>alert(2)</script>'
const browser = await openBrowser()

describe.skipIf(browser === null)('the page of a question in a browser', () => {
  let falcon: FalconSystem
  let app: ReturnType<typeof buildServer>
  let base: string

  beforeAll(async () => {
    falcon = await falconSystem(new Date('2025-09-01T08:00:00Z'), {
      falcon: { question: `When will Acme release Falcon 3? ${payload}`, expected: 'June 2025' },
    })
    await falcon.came(news('2025-05-01', 'acme.test', 'Acme will release Falcon 3 in June 2025'))
    await falcon.came(
      news('2025-07-01', 'press.test', `Acme delays Falcon 3 to August 2025`, { url: 'javascript:alert(3)' }),
    )
    await falcon.came(news('2025-07-02', 'gazette.test', `Acme delays Falcon 3 ${payload}`))
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

  async function open(look: Parameters<typeof openPage>[2] = {}): Promise<WatchedPage> {
    if (browser === null) throw new Error('there is no browser')
    const opened = await openPage(browser, base, look)
    await opened.page.goto('/items/falcon')
    return opened
  }

  test.each(looks)('axe finds nothing, nothing is to be scrolled sideways: $name', async (look) => {
    const { page, consoleFaults, otherHosts, close } = await open(look)
    for (const closed of await page.locator('summary').all()) await closed.click()
    expect(await axeFaults(page)).toEqual([])
    expect(await overflowOf(page)).toBe(0)
    expect(consoleFaults).toEqual([])
    expect(otherHosts).toEqual([])
    await close()
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
    expect(new URL(page.url()).hash).toBe('#change_2')
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
      expect(await page.getByRole('status').textContent()).toMatch(/^Corrected/)
      expect(await page.locator('#change_2').textContent()).toContain('rejected by a person')
      await page
        .locator('#change_2')
        .getByRole('button', { name: /count again/ })
        .click()
      expect(await page.getByRole('status').textContent()).toBe('The story counts again.')
      expect(await page.locator('#change_2').textContent()).not.toContain('rejected by a person')
      await close()
    },
  )

  test('its alerts are held for a week with one press', async () => {
    const { page, close } = await open()
    await page.getByRole('button', { name: 'for a week' }).click()
    expect(await page.getByText(/^snoozed until/).count()).toBe(1)
    await page.getByRole('button', { name: 'not any more' }).click()
    expect(await page.getByText(/^snoozed until/).count()).toBe(0)
    await close()
  })
})
