import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
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

/** What axe finds against WCAG 2.2 AA and its own good practice, one line a fault: empty is what is wanted. */
export async function axeFaults(page: Page): Promise<readonly string[]> {
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
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate<number>(
    'Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)',
  )
}
