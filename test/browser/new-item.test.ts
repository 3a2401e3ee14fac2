import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listItems } from '../../src/store/watch-items.ts'
import { addItem } from '../../src/pipeline/add-item.ts'
import { faultsOf, looks, openBrowser, openSite, type Site } from '../support/browser.ts'
import { falconSystem, news, type FalconSystem } from '../support/falcon-system.ts'
import { pagesOver } from '../support/pages.ts'

const payload = '<img src=x onerror=alert(1)>"\'><script>alert(2)</script>'
const browser = await openBrowser()

describe.skipIf(browser === null)('adding a question in a browser', () => {
  let falcon: FalconSystem
  let site: Site

  beforeAll(async () => {
    falcon = await falconSystem(new Date('2025-09-01T08:00:00Z'))
    await falcon.came(
      news('2025-05-01', 'acme.test', 'Acme will release Heron 2 in June 2025'),
      news('2025-06-01', 'press.test', `Acme releases Heron 2 ${payload}`),
      news('2025-06-02', 'gazette.test', `A long word about Heron 2: ${'wide'.repeat(60)} ${payload}`),
    )
    const kept = { id: 'kept', question: 'When will Heron 2 come?', subject: ['Heron 2'], since: 'stored' }
    await addItem(kept, { via: 'page' }, falcon.system)
    site = await openSite(browser, pagesOver(falcon.system))
  })

  afterAll(async () => {
    await site.close()
    await falcon.system.end()
  })

  const question = 'When will Acme release Heron 2?'

  test('from the board to an own question with its preview: three clicks, and all that is typed is the question', async () => {
    const { page, consoleFaults, otherHosts, close } = await site.open('/')
    await page.getByRole('link', { name: 'New question' }).first().click()
    await page.getByLabel('Your question').fill(question)
    await page.locator('.figure.told strong', { hasText: /^2$/ }).waitFor()
    await expect.poll(() => page.locator('.chips li span').allTextContents()).toContain('Heron 2')
    await page.getByRole('button', { name: 'Watch this question' }).click()
    // nobody is at acme.test, whose feed was to be added with it: that is said, and the question is watched all the same
    await page.getByText('https://acme.test/').waitFor()
    await page.getByRole('link', { name: 'To the question' }).click()
    await page.waitForURL(/\/items\/when-will-acme-release-heron-2\b/)
    const [stored] = await listItems(falcon.system.db.pool, ['when-will-acme-release-heron-2'])
    expect(stored).toMatchObject({ standing: { status: 'happened' } })
    expect([consoleFaults, otherHosts]).toEqual([[], []])
    await close()
  })

  test('chips are added and taken out by keyboard, the preview follows, and what was typed outlives a new question', async () => {
    const { page, close } = await site.open('/items/new')
    await page.getByLabel('Your question').fill(question)
    await page.locator('.figure.told strong').waitFor()
    await page.getByRole('textbox', { name: 'Subject' }).focus()
    await page.keyboard.press('Backspace')
    await page.keyboard.type('Kestrel 9')
    await page.keyboard.press('Enter')
    await page.getByText('No stored entry matches').waitFor()
    await page.getByRole('textbox', { name: 'Context' }).focus()
    await page.keyboard.type('Acme, Corp')
    await page.keyboard.press('Enter')
    const before = page.waitForResponse(/\/items\/propose/)
    await page.getByLabel('Your question').fill('When will Acme release Heron 2, at last?')
    await before
    await page.getByRole('button', { name: 'Take Kestrel 9 out of subject' }).waitFor()
    await expect
      .poll(() => page.locator('.chips li span').allTextContents())
      .toEqual(expect.arrayContaining(['Kestrel 9', 'Acme', 'Corp']))
    await close()
  })

  test.each(looks)('it is sound, nothing hostile runs: $name', async (look) => {
    for (const path of [
      `/items/new?question=${encodeURIComponent(question)}`,
      '/items/new',
      '/items/kept/edit',
      '/items/falcon/edit',
      '/entries?q=heron',
      `/entries/explain?url=${encodeURIComponent('https://press.test/1')}`,
    ]) {
      const shown = await site.open(path, look)
      if (path.includes('question=')) await shown.page.locator('.figure.told strong').waitFor()
      expect(await faultsOf(shown), path).toEqual([])
      await shown.close()
    }
  })

  test('without scripts the same is done in four clicks', async () => {
    const { page, close } = await site.open('/', { scripts: false })
    await page.getByRole('link', { name: 'New question' }).first().click()
    await page.getByLabel('Your question').fill('Will Acme delay Heron 2?')
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByRole('button', { name: 'Preview' }).click()
    await page.locator('.figure.told', { hasText: 'told by this question' }).waitFor()
    await page.getByRole('button', { name: 'Watch this question' }).click()
    await page.getByText('The question is under watch').waitFor()
    const [stored] = await listItems(falcon.system.db.pool, ['will-acme-delay-heron-2'])
    expect(stored?.origin).toBe('user')
    await close()
  })
})
