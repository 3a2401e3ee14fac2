import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faultsOf, looks, openBrowser, openSite, type Site } from '../support/browser.ts'
import { pagesOver } from '../support/pages.ts'
import { testConfig, testSystem, type TestSystem } from '../support/system.ts'

const browser = await openBrowser()

describe.skipIf(browser === null)('the page about the API in a browser', () => {
  let system: TestSystem
  let site: Site

  beforeAll(async () => {
    system = await testSystem({ config: await testConfig({ watchItems: [] }) })
    site = await openSite(browser, pagesOver(system))
  })

  afterAll(async () => {
    await site.close()
    await system.end()
  })

  test.each(looks)(
    'it is sound, with all its parts unfolded: $name',
    async (look) => {
      const shown = await site.open('/api/v1/docs', look)
      expect(await faultsOf(shown)).toEqual([])
      await shown.close()
    },
    60_000,
  )

  test('its parts are reached by their names, and what it says of one unfolds without scripts', async () => {
    const { page, close } = await site.open('/api/v1/docs', { scripts: false })
    await page.getByRole('link', { name: 'Feeds', exact: true }).last().click()
    await page.waitForURL((url) => url.hash === '#feeds')
    const first = page.locator('section[aria-labelledby="feeds"] details').first()
    await first.locator('summary').click()
    await first.getByText('curl').first().waitFor()
    await close()
  })
})
