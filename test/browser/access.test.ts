import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { faultsOf, looks, openBrowser, openPage, type WatchedPage } from '../support/browser.ts'
import { accessWorld, password, type AccessServer, type AccessWorld } from '../web/access-server.ts'

/** A name that is not of this machine: browsers trust it less, as they do names of a home network. */
const lan = 'watch.lan.example'

const browser: Browser | null = await openBrowser([`--host-resolver-rules=MAP ${lan} 127.0.0.1`])

let world: AccessWorld
let server: AccessServer

beforeAll(async () => {
  world = await accessWorld()
})

afterEach(() => server.end())

afterAll(async () => {
  await browser?.close()
  await world.end()
})

/** Types the password and presses Enter. */
async function signIn(page: Page): Promise<void> {
  await page.getByLabel('Password').fill(password)
  await page.keyboard.press('Enter')
}

/** Where the pages are, by the name given. */
async function listen(host = '127.0.0.1'): Promise<string> {
  return (await server.app.listen({ host: '127.0.0.1', port: 0 })).replace('127.0.0.1', host)
}

/**
 * Fails where a page is not sound. `status`: which the page was answered with, browsers tell of it in the console. With
 * OPENWATCH_SHOTS in the environment a picture of the page is put into that folder.
 */
async function expectSound(shown: WatchedPage, name: string, status = 200): Promise<void> {
  const faults = (await faultsOf(shown)).filter((fault) => !fault.includes(`with a status of ${status} `))
  expect(faults, name).toEqual([])
  const shots = process.env['OPENWATCH_SHOTS']
  if (shots !== undefined) await shown.page.screenshot({ path: `${shots}/${name}.png`, fullPage: true })
}

describe.skipIf(browser === null)('in a browser', () => {
  it.each(looks)('the pages about access are sound: $name', async (look) => {
    if (browser === null) return
    server = await world.serve()
    const shown = await openPage(browser, await listen(), look)
    const { page } = shown
    await page.goto('/settings/access')
    await expectSound(shown, `sign in ${look.name}`)
    await signIn(page)
    await page.waitForURL('**/settings/access')
    await page.getByLabel('Name').fill('feed reader')
    await page.getByRole('button', { name: 'Make the token' }).click()
    await page.getByText('This is the new token.').waitFor()
    await expectSound(shown, `access ${look.name}`)
    await page.getByRole('button', { name: 'Revoke the token feed reader' }).click()
    await page.getByText('The token is revoked.').waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL('**/login')
    await page.getByLabel('Password').fill('a wrong guess')
    await page.keyboard.press('Enter')
    await page.getByText('This is not the password.').waitFor()
    await expectSound(shown, `sign in failed ${look.name}`, 422)
    await shown.close()
  })

  it.each(looks)('the page of a password that is missing is sound: $name', async (look) => {
    if (browser === null) return
    server = await world.serve({ host: '0.0.0.0' }, { isPasswordSet: false })
    const shown = await openPage(browser, await listen(), look)
    await shown.page.goto('/')
    await expectSound(shown, `shut ${look.name}`, 503)
    await shown.close()
  })

  it('people sign in over plain http, by a name of their network, without scripts', async () => {
    if (browser === null) return
    server = await world.serve({ host: '0.0.0.0' })
    const watched = await openPage(browser, await listen(lan), { scripts: false })
    const { page } = watched
    await page.goto('/settings/access')
    await signIn(page)
    await page.waitForURL('**/settings/access')
    await page.getByRole('heading', { name: 'Access', exact: true }).waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL('**/login')
    await watched.close()
  })

  it('a form of another site is refused, whatever the browser sends along', async () => {
    if (browser === null) return
    server = await world.serve({ host: '0.0.0.0' })
    const base = await listen(lan)
    const watched = await openPage(browser, base)
    const { page } = watched
    await page.goto('/settings/access')
    await signIn(page)
    await page.waitForURL('**/settings/access')
    // another port is another origin, though the same site: the cookie goes along
    await page.route('**/trap', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<form method="post" action="${base}/settings/access/tokens"><input name="name" value="planted"><button>Win</button></form>`,
      }),
    )
    await page.goto(`http://${lan}:1/trap`)
    await page.getByRole('button').click()
    await page.getByText('This came from another site').waitFor()
    await watched.close()
  })
})
