import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { axeFaults, looks, openBrowser, openPage, overflowOf } from '../support/browser.ts'
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

describe.skipIf(browser === null)('in a browser', () => {
  it.each(looks)('the pages about access are sound: $name', async (look) => {
    if (browser === null) return
    server = await world.serve()
    const watched = await openPage(browser, await listen(), look)
    const { page } = watched
    const sound = async (name: string) => {
      expect(await axeFaults(page), name).toEqual([])
      expect(await overflowOf(page), name).toBe(0)
      const shots = process.env['OPENWATCH_SHOTS']
      if (shots !== undefined)
        await page.screenshot({ path: `${shots}/${name} ${look.name}.png`, fullPage: true })
    }
    await page.goto('/settings/access')
    await sound('sign in')
    await signIn(page)
    await page.waitForURL('**/settings/access')
    await page.getByLabel('Name').fill('feed reader')
    await page.getByRole('button', { name: 'Make the token' }).click()
    await page.getByText('This is the new token.').waitFor()
    await sound('access')
    await page.getByRole('button', { name: 'Revoke the token feed reader' }).click()
    await page.getByText('The token is revoked.').waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL('**/login')
    expect(watched.consoleFaults).toEqual([])
    expect(watched.otherHosts).toEqual([])
    await page.getByLabel('Password').fill('a wrong guess')
    await page.keyboard.press('Enter')
    await page.getByText('This is not the password.').waitFor()
    await sound('sign in failed')
    await watched.close()
  })

  it.each(looks)('the page of a password that is missing is sound: $name', async (look) => {
    if (browser === null) return
    server = await world.serve({ host: '0.0.0.0' }, { isPasswordSet: false })
    const watched = await openPage(browser, await listen(), look)
    const { page } = watched
    await page.goto('/')
    expect(await axeFaults(page)).toEqual([])
    expect(await overflowOf(page)).toBe(0)
    const shots = process.env['OPENWATCH_SHOTS']
    if (shots !== undefined) await page.screenshot({ path: `${shots}/shut ${look.name}.png`, fullPage: true })
    await watched.close()
  })

  it('people sign in over plain http, by a name of their network, without scripts', async () => {
    if (browser === null) return
    server = await world.serve({ host: '0.0.0.0' })
    const watched = await openPage(browser, await listen(lan), { scripts: false })
    const { page } = watched
    await page.goto('/settings/access')
    await signIn(page)
    await page.waitForURL('**/settings/access')
    expect(await page.getByRole('heading', { name: 'Access' }).count()).toBe(1)
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
