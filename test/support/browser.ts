import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { FastifyInstance } from 'fastify'
import { chromium, type Browser, type Page } from 'playwright-core'

/** How somebody looks at a page. */
export interface Look {
  /** Of the window, in CSS pixels; 1440 when left out. */
  readonly width?: number
  readonly dark?: boolean
  /** False: the browser runs no scripts. */
  readonly scripts?: boolean
}

/** A page with what went wrong on it so far. */
export interface WatchedPage {
  readonly page: Page
  /** Errors and warnings of the console, scripts that threw, answers of 400 and more that were not asked for by name. */
  readonly consoleFaults: readonly string[]
  /** Addresses asked for that are not of the page's own host. */
  readonly otherHosts: readonly string[]
  readonly close: () => Promise<void>
}

/** The four looks that every page is tested in. */
export const looks: readonly (Look & { readonly name: string })[] = [
  { name: 'light, 1440 px', width: 1440 },
  { name: 'dark, 1440 px', width: 1440, dark: true },
  { name: 'light, 390 px', width: 390 },
  { name: 'dark, 390 px', width: 390, dark: true },
]

/** Opens Chromium (CHROMIUM_PATH, else Debian's); null, with a notice, where there is none: such tests are skipped. */
export async function openBrowser(more: readonly string[] = []): Promise<Browser | null> {
  const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'
  if (!existsSync(executablePath)) {
    process.stderr.write(
      `no Chromium at ${executablePath}: browser tests are skipped (apt install chromium)\n`,
    )
    return null
  }
  return chromium.launch({ executablePath, args: ['--no-sandbox', ...more] })
}

/** Pages that a browser looks at. */
export interface Site {
  /** Opens a path such as `/feeds` in a page of its own, and waits until it is loaded with its scripts. */
  open(path: string, look?: Look): Promise<WatchedPage>
  /** Ends the pages and the browser. */
  close(): Promise<void>
}

/** Serves pages to a browser. `host`: the name under which it asks for them. */
export async function openSite(
  browser: Browser | null,
  app: FastifyInstance,
  host = '127.0.0.1',
): Promise<Site> {
  if (browser === null) throw new Error('there is no browser: such a test is to be skipped')
  const base = (await app.listen({ host: '127.0.0.1', port: 0 })).replace('127.0.0.1', host)
  return {
    async open(path, look) {
      const opened = await openPage(browser, base, look)
      await opened.page.goto(path)
      return opened
    },
    async close() {
      await browser.close()
      await app.close()
    },
  }
}

/** A page of its own with its own cookies, seen as `look` says. `base`: where paths such as `/feeds` are. */
export async function openPage(browser: Browser, base: string, look: Look = {}): Promise<WatchedPage> {
  const width = look.width ?? 1440
  const context = await browser.newContext({
    baseURL: base,
    viewport: { width, height: width < 600 ? 844 : 900 },
    colorScheme: look.dark === true ? 'dark' : 'light',
    javaScriptEnabled: look.scripts !== false,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
  })
  // below the time that a test has: who waits in vain is told for what
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  const consoleFaults: string[] = []
  const otherHosts: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') consoleFaults.push(message.text())
  })
  page.on('pageerror', (error) => consoleFaults.push(error.message))
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol.startsWith('http') && url.origin !== new URL(base).origin) otherHosts.push(url.href)
  })
  return { page, consoleFaults, otherHosts, close: () => context.close() }
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Waits until a page says this in a notice: pages say there what an action has done. */
export function noticeOf(page: Page, text: string | RegExp): Promise<void> {
  return page.getByRole('status').filter({ hasText: text }).waitFor()
}

/**
 * All that is wrong with a page as it stands, with all its parts unfolded, one line a fault: what axe finds, what has to
 * be scrolled sideways, what its console said, and other hosts that it asked. Empty is what is wanted.
 */
export async function faultsOf({ page, consoleFaults, otherHosts }: WatchedPage): Promise<readonly string[]> {
  await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true')
  const found = await axeFaults(page)
  const overflow = await overflowOf(page)
  return [
    ...found,
    ...(overflow > 0 ? [`${overflow} px wider than the window`] : []),
    ...consoleFaults,
    ...otherHosts.map((url) => `asked another host: ${url}`),
  ]
}

/** What axe finds against WCAG 2.2 AA and its own good practice, one line a fault: empty is what is wanted. */
async function axeFaults(page: Page): Promise<readonly string[]> {
  // by the debugger, which no Content-Security-Policy holds up
  await page.evaluate(axeSource)
  const { violations } = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })')
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ html, failureSummary }) => `${id}: ${help}: ${html.slice(0, 200)} (${failureSummary ?? ''})`,
    ),
  )
}

/** How much wider the content is than the window, in CSS pixels; 0 where nothing has to be scrolled sideways. */
function overflowOf(page: Page): Promise<number> {
  return page.evaluate<number>(
    'Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)',
  )
}
