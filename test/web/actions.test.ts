import { afterEach, beforeEach, expect, test } from 'vitest'
import { alertSchema, isItemAlert, type ItemAlert } from '../../src/alerts/alert.ts'
import type { Entry } from '../../src/matching/entry.ts'
import { ingest } from '../../src/pipeline/ingest.ts'
import { createLinks, type Links } from '../../src/pipeline/links.ts'
import { createWatchSet } from '../../src/pipeline/watch-set.ts'
import { putFeed } from '../../src/store/feeds.ts'
import { rejectionsOf } from '../../src/store/rejections.ts'
import { listItems } from '../../src/store/watch-items.ts'
import { buildServer } from '../../src/web/server.ts'
import { countRows, testConfig, testSystem, type TestSystem } from '../support/system.ts'

const begun = new Date('2025-09-01T08:00:00Z')
const day = 86_400_000

let now: Date
let system: TestSystem
let links: Links
let app: ReturnType<typeof buildServer>
let base: string
let alert: ItemAlert

beforeEach(async () => {
  now = begun
  const config = await testConfig({
    watchItems: [
      {
        ...{
          id: 'falcon',
          question: 'When will Acme release <b>Falcon 3</b>?',
          subject: ['Falcon 3'],
          context: [],
        },
        ...{ about: [], kind: 'release', topic: 'rockets', official: [], status: 'open', expected: null },
        ...{ since: new Date('2025-01-01T00:00:00Z'), file: 'test', sinceGiven: true },
      },
    ],
  })
  const live = {
    ...config,
    outlets: new Map([['press.test', 'established'] as const]),
    server: { ...config.server, publicUrl: 'https://watch.example.org/ow' },
  }
  system = await testSystem({ config: live, clock: { now: () => now } })
  links = createLinks({ db: system.db, clock: { now: () => now }, config: () => live, reportUrl: () => null })
  await links.ready()
  app = buildServer({
    report: () => system.report(),
    installation: 'this-one',
    notReady: () => Promise.resolve(null),
    actions: links,
  })
  base = await app.listen({ host: '127.0.0.1', port: 0 })
  alert = await told()
})

afterEach(async () => {
  await app.close()
  await system.end()
})

/** An alert of a change, sent on one channel and waiting on another. */
async function told(): Promise<ItemAlert> {
  const feedId = await putFeed(
    system.db.pool,
    { url: 'http://feed.test/', title: null, homeUrl: null, outlet: null, topic: null, everyMs: null },
    { origin: 'user', now },
  )
  const entry: Entry = {
    ...{ id: '1', url: 'https://press.test/1', outlet: 'press.test', author: null, discussionUrl: null },
    ...{ title: 'Acme releases Falcon 3', text: '', publishedAt: begun },
  }
  await system.db.transaction((tx) =>
    ingest(tx, feedId, [entry], {
      watchSet: createWatchSet(() => system.config()),
      ...{
        now,
        silent: () => false,
        routing: { channels: ['mail', 'chat'], routes: [] },
        reportUrl: () => null,
      },
    }),
  )
  await system.db.pool.query(`update delivery set state = 'sent' where channel = 'mail'`)
  const { rows } = await system.db.pool.query<{ body: unknown }>(`select body from alert`)
  const parsed = alertSchema.parse(rows[0]?.body)
  if (!isItemAlert(parsed)) throw new Error('the alert is about no item')
  return parsed
}

/** The address of a link on this machine. */
function linkTo(label: string): string {
  const link = links.of(alert).find((one) => one.label === label)
  if (link === undefined) throw new Error(`there is no link "${label}"`)
  expect(link.url).toMatch(/^https:\/\/watch\.example\.org\/ow\/act\/[\w-]+$/)
  return link.url.replace('https://watch.example.org/ow', base)
}

const post = (url: string, form: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(form) })

async function item() {
  const [stored] = await listItems(system.db.pool, ['falcon'])
  if (stored === undefined) throw new Error('the item is gone')
  return stored
}

test('an alert of a change offers all that can be done about it', () => {
  expect(links.of(alert).map((link) => link.label)).toEqual([
    'Acknowledge',
    'Snooze a week',
    'Mute press.test',
    'This is wrong',
  ])
})

test('looking at a link, as scanners do, shows a page and does nothing', async () => {
  const before = await item()
  for (const { label } of links.of(alert)) {
    const url = linkTo(label)
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(200)
    const answer = await fetch(url)
    const page = await answer.text()
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-security-policy')).toContain("form-action 'self'")
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('referrer-policy')).toBe('same-origin')
    expect(page).toContain('When will Acme release &lt;b>Falcon 3&lt;/b>?')
    expect(page).toContain('<form method="post"')
    expect(page).toContain('Acme releases Falcon 3')
    expect(page).not.toMatch(/<script(?! type="module" src="\/assets\/)/)
  }
  expect(await item()).toEqual(before)
  expect(await countRows(system.db, 'used_link')).toBe(0)
})

test('the button does it, once', async () => {
  const url = linkTo('Acknowledge')
  const answer = await post(url)
  expect(answer.status).toBe(200)
  expect(await answer.text()).toContain('Acknowledged')
  expect((await item()).acknowledgedAt).toEqual(now)
  now = new Date(begun.getTime() + day)
  for (const again of [await post(url), await fetch(url)]) {
    expect(again.status).toBe(410)
    const page = await again.text()
    expect(page).toContain('used already')
    expect(page).not.toContain('Falcon')
  }
  expect((await item()).acknowledgedAt).toEqual(begun)
})

test('pressed ten times at once, it is done once', async () => {
  const url = linkTo('This is wrong')
  const answers = await Promise.all(Array.from({ length: 10 }, () => post(url, { reason: 'not-said' })))
  expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, ...Array<number>(9).fill(410)])
  expect(await rejectionsOf(system.db.pool, ['falcon'])).toHaveLength(1)
})

test('snooze holds for a week, mute is of the outlet that the alert quotes', async () => {
  expect((await post(linkTo('Snooze a week'))).status).toBe(200)
  expect((await item()).snoozedUntil).toEqual(new Date(begun.getTime() + 7 * day))
  expect((await post(linkTo('Mute press.test'))).status).toBe(200)
  expect((await item()).muted).toEqual(['press.test'])
})

test('wrong asks for the reason, and then corrects the change', async () => {
  const url = linkTo('This is wrong')
  for (const form of [{}, { reason: 'because' }]) {
    const unchosen = await post(url, form)
    expect(unchosen.status).toBe(400)
    expect(await unchosen.text()).toContain('Choose why first')
  }
  const done = await post(url, { reason: 'wrong-subject', note: ' the  other\nrocket ' })
  expect(await done.text()).toContain('Corrected')
  expect((await item()).standing.status).toBe('open')
  expect(await rejectionsOf(system.db.pool, ['falcon'])).toMatchObject([
    { reason: 'wrong-subject', note: 'the other rocket', via: 'link' },
  ])
  const { rows } = await system.db.pool.query(
    `select d.channel, d.state, a.kind from delivery d join alert a on a.id = d.alert_id order by a.kind, d.channel`,
  )
  expect(rows).toEqual([
    { channel: 'mail', state: 'waiting', kind: 'corrected' },
    { channel: 'chat', state: 'withdrawn', kind: 'status-changed' },
    { channel: 'mail', state: 'sent', kind: 'status-changed' },
  ])
})

test('after thirty days a link is too old', async () => {
  const url = linkTo('Acknowledge')
  now = new Date(begun.getTime() + 30 * day - 1000)
  expect((await fetch(url)).status).toBe(200)
  now = new Date(begun.getTime() + 30 * day + 1000)
  expect((await fetch(url)).status).toBe(410)
  expect((await post(url)).status).toBe(410)
  expect((await item()).acknowledgedAt).toBeNull()
})

test('a forged link gets the same answer whatever it names, and never acts', async () => {
  const real = linkTo('Acknowledge')
  const last = real.at(-1) === 'A' ? 'B' : 'A'
  const pages = []
  for (const url of [`${real.slice(0, -2)}${last}w`, `${base}/act/falcon`, `${base}/act/${'x'.repeat(66)}`]) {
    const answer = await post(url)
    expect(answer.status).toBe(403)
    pages.push(await answer.text())
    expect((await fetch(url)).status).toBe(403)
  }
  expect(new Set(pages).size).toBe(1)
  expect(pages[0]).not.toContain('Falcon')
  expect((await item()).acknowledgedAt).toBeNull()
})

test('a form that is too large, or none, changes nothing', async () => {
  const url = linkTo('This is wrong')
  expect((await post(url, { reason: 'not-said', note: 'x'.repeat(20_000) })).status).toBe(413)
  expect((await fetch(url, { method: 'POST' })).status).toBe(400)
  expect((await fetch(url, { method: 'POST', body: '{"reason":"not-said"}' })).status).toBe(400)
  expect((await fetch(url, { method: 'DELETE' })).status).toBe(404)
  expect((await item()).standing.status).toBe('happened')
})

test('without a public address there are no links', async () => {
  const config = { ...system.config(), server: { ...system.config().server, publicUrl: undefined } }
  const inside = createLinks({
    db: system.db,
    clock: system.clock,
    config: () => config,
    reportUrl: () => null,
  })
  await inside.ready()
  expect(inside.of(alert)).toEqual([])
})

test('another process on the same database reads the same links', async () => {
  const other = createLinks({
    ...{ db: system.db, clock: { now: () => now }, reportUrl: () => null },
    config: () => system.config(),
  })
  const token = linkTo('Acknowledge').split('/').at(-1) ?? ''
  expect(await other.look(token)).toMatchObject({ kind: 'open', action: 'acknowledge' })
})
