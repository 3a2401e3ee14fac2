// npm run screenshots [-- folder [path…]]: every page of a filled openwatch as people see it, into a folder.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { buildServer } from '../../../src/web/server.ts'
import { looks, openBrowser, openPage } from '../browser.ts'
import { openDemoDesk } from './desk.ts'

/** The pages, by what their pictures are named. */
const pages: readonly (readonly [string, string])[] = [
  ['board', '/'],
  ['item', '/items/kestrel-launch'],
  ['item-long', '/items/release-timing'],
  ['new-item', '/items/new'],
  ['edit-item', '/items/kestrel-launch/edit'],
  ['feeds', '/feeds'],
  ['alerts', '/alerts'],
  ['entries', '/entries?q=model'],
  ['settings', '/settings'],
  ['api', '/api/v1/docs'],
  ['login', '/login'],
]

const [folder = 'screenshots', ...asked] = process.argv.slice(2)
await mkdir(folder, { recursive: true })
const browser = await openBrowser()
if (browser === null) process.exit(1)
const demo = await openDemoDesk()
const { system } = demo
const app = buildServer({
  report: () => system.report(),
  installation: 'screenshots',
  notReady: () => Promise.resolve(null),
  pageUrl: system.pageUrl,
  actions: system.links,
  desk: system,
  onFault: (error) => void process.stderr.write(`${String(error)}\n`),
})
const base = await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT'] ?? 0) })
const meant = asked.length === 0 ? pages : asked.map((path) => [nameOf(path), path] as const)
for (const [name, path] of meant) {
  for (const look of looks) {
    const shown = await openPage(browser, base, look)
    const answer = await shown.page.goto(path)
    if (answer?.status() !== 200) process.stdout.write(`${path}: ${answer?.status() ?? 'no answer'}\n`)
    const file = join(folder, `${name}-${look.width ?? ''}-${look.dark === true ? 'dark' : 'light'}.png`)
    await shown.page.screenshot({ path: file, fullPage: true })
    for (const fault of [...shown.consoleFaults, ...shown.otherHosts])
      process.stdout.write(`${path}: ${fault}\n`)
    await shown.close()
  }
  process.stdout.write(`${name}: ${path}\n`)
}
if (process.env['PORT'] !== undefined) {
  process.stdout.write(`shown at ${base} until it is ended (Ctrl-C)\n`)
  await new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve))
}
await browser.close()
await app.close()
await demo.close()

function nameOf(path: string): string {
  return path.replaceAll(/[^a-z0-9]+/gi, '-').replaceAll(/^-+|-+$/g, '') || 'board'
}
