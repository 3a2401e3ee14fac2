import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listFeeds } from '../../src/store/feeds.ts'
import { startFeedServer, type FeedServer } from '../support/feed-server.ts'
import { rss } from '../support/feed-text.ts'
import { faultsThrown, pagesOver, sendForm } from '../support/pages.ts'
import { addTestFeed, storedFeed } from '../support/stored-feed.ts'
import { testConfig, testSystem, type TestSystem } from '../support/system.ts'

const now = new Date('2025-09-01T08:00:00Z')
const payload = '"><img src=x onerror=alert(1)><script>alert(2)</script>'

let system: TestSystem
let site: FeedServer
let app: FastifyInstance

beforeAll(async () => {
  site = await startFeedServer()
  system = await testSystem({
    config: await testConfig({ feeds: [{ url: `${site.url}/configured.xml` }] }),
    clock: { now: () => now },
  })
  app = pagesOver(system, faultsThrown)
})

afterAll(async () => {
  await app.close()
  await system.end()
  await site.close()
})

beforeEach(async () => {
  await system.db.pool.query(`truncate poll; delete from feed where origin = 'user'`)
})

function feed(path: string, title: string): string {
  site.set(path, { body: rss([{ id: '1', title: `${title} one`, at: now }], title) })
  return site.url + path
}

const get = (url: string) => app.inject({ method: 'GET', url })
const post = (url: string, fields: readonly (readonly [string, string])[]) =>
  sendForm(app, url, new URLSearchParams(fields.map((field) => [...field])))

function upload(name: string, content: string) {
  const boundary = 'the-boundary'
  const part = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: text/xml\r\n\r\n`
  return app.inject({
    method: 'POST',
    url: '/feeds/import',
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'sec-fetch-site': 'same-origin',
    },
    payload: `${part}${content}\r\n--${boundary}--\r\n`,
  })
}

const urls = async () =>
  (await listFeeds(system.db.pool)).filter((one) => one.origin === 'user').map((one) => one.url)

/** Whether a payload stands in a page as markup. */
function runs(page: string): boolean {
  return /<img src=x|<script>alert/.test(page)
}

describe('adding on the page', () => {
  it('takes what was pasted, and leads to the feed', async () => {
    const answer = await post('/feeds', [['what', feed('/direct.xml', 'Direct')]])
    expect(answer.statusCode).toBe(303)
    const page = await get(answer.headers.location ?? '')
    expect(page.body).toContain('The feed is added')
    expect(page.body).toContain('<h1>Direct</h1>')
    expect(await urls()).toEqual([`${site.url}/direct.xml`])
  })

  it('says beside the field why not, and keeps what was typed', async () => {
    const answer = await post('/feeds', [
      ['what', `${site.url}/nowhere`],
      ['topic', 'rockets'],
    ])
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toMatch(/id="what-fault">[^<]*answered 404/)
    expect(answer.body).toMatch(/<input id="what"[^>]* autofocus/)
    expect(answer.body).toContain(`value="${site.url}/nowhere"`)
    expect(answer.body).toContain('value="rockets"')
    expect(await urls()).toEqual([])

    const unseen = await post('/feeds', [
      ['what', `${site.url}/nowhere`],
      ['unseen', 'yes'],
    ])
    expect(unseen.statusCode).toBe(303)
    expect(await urls()).toEqual([`${site.url}/nowhere`])
    const again = await post('/feeds', [['what', `${site.url}/nowhere`]])
    expect(again.body).toContain('This feed is polled already.')
  })

  it('tells of every field that cannot be read', async () => {
    const answer = await post('/feeds', [
      ['what', payload],
      ['every', 'often'],
      ['selector', 'a['],
    ])
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toMatch(/id="every-fault">[^<]*is not a length of time/)
    expect(answer.body).toMatch(/id="selector-fault">[^<]*is no CSS selector/)
    expect(answer.body).toMatch(/id="what-fault">[^<]*is not a web address/)
    expect(runs(answer.body)).toBe(false)
  })

  it('lets a person choose among the feeds of a page', async () => {
    const [one, two] = [feed('/one.xml', 'One'), feed('/two.xml', 'Two')]
    const link = (href: string, title: string) =>
      `<link rel="alternate" type="application/rss+xml" title="${title}" href="${href}">`
    site.set('/many', {
      body: `<html><head>${link(one, '&lt;script>alert(1)&lt;/script>')}${link(two, 'Two')}${link('/gone.xml', 'Gone')}</head></html>`,
      headers: { 'content-type': 'text/html' },
    })
    const choose = await post('/feeds', [
      ['what', `${site.url}/many`],
      ['topic', 'rockets'],
    ])
    expect(choose.statusCode).toBe(200)
    expect(choose.body).toContain('Which of them?')
    expect(choose.body).toContain(`<input type="hidden" name="topic" value="rockets"`)
    expect(runs(choose.body)).toBe(false)
    const added = await post('/feeds', [
      ['what', one],
      ['what', `${site.url}/gone.xml`],
      ['topic', 'rockets'],
    ])
    expect(added.body).toContain('1 feed added')
    expect(added.body).toMatch(/Not added: [^<]*answered 404/)
    expect(await urls()).toEqual([one])
  })
})

describe('the list', () => {
  it('shows what needs a look first, with its last polls, and can be narrowed', async () => {
    const good = await addTestFeed(system, feed('/good.xml', 'Good'), now)
    const bad = await addTestFeed(system, `${site.url}/bad.xml?token=hush`, now)
    for (const one of [good, bad]) await system.pollFeed(one)
    const page = (await get('/feeds')).body
    expect(page).toContain('<h1>3 feeds: 1 failing</h1>')
    expect(page.indexOf('/bad.xml')).toBeLessThan(page.indexOf('/good.xml'))
    expect(page).toContain('aria-label="Last poll: 0 brought entries, 1 failed, the last one')
    expect(page).toContain('aria-label="Last poll: 1 brought entries, none failed')
    expect(page).toMatch(/\(1 poll\): [^<]*answered 404/)
    expect(page).not.toContain('hush')
    const failing = (await get('/feeds?state=failing')).body
    expect(failing).toContain('/bad.xml')
    expect(failing).not.toContain('/good.xml')
    expect((await get('/feeds?q=GOOD')).body).not.toContain('/bad.xml')
    expect((await get(`/feeds?q=${encodeURIComponent(payload)}&state=x&topic=y&page=-3`)).body).toContain(
      'No feed is like that',
    )
  })

  it('stays usable with a thousand feeds', async () => {
    await system.db.pool.query(
      `insert into feed (url, origin, created_at, host) select 'https://many.test/' || n, 'user', $1, 'many.test' from generate_series(1, 1000) n`,
      [now],
    )
    await system.db.pool.query(
      `insert into poll (feed_id, at, outcome, duration_ms)
       select id, $1::timestamptz - n * interval '1 hour', case when n % 7 = 0 then 'failed' else 'unchanged' end, 3
       from feed, generate_series(1, 60) n`,
      [now],
    )
    const page = (await get('/feeds')).body
    expect(page).toContain('page 1 of 21')
    expect(page.length).toBeLessThan(150_000)
    const last = (await get('/feeds?page=21')).body
    expect(last).toContain('Previous')
    expect(last).not.toContain('>Next<')
  })
})

describe('one feed', () => {
  it('is tested, and nothing is kept', async () => {
    const { id } = await addTestFeed(system, feed('/test.xml', `Bold ${payload}`), now)
    const answer = await post(`/feeds/${id}`, [['do', 'test']])
    expect(answer.body).toContain('it can be read')
    expect(answer.body).toContain('Format: RSS')
    expect(runs(answer.body)).toBe(false)
    expect((await storedFeed(system, id)).lastPollAt).toBeNull()
    site.set('/test.xml', { status: 500 })
    expect((await post(`/feeds/${id}`, [['do', 'test']])).body).toMatch(/cannot be read[^]*answered 500/)
  })

  it('is polled, paused, resumed and removed', async () => {
    const { id } = await addTestFeed(system, feed('/life.xml', payload), now)
    const act = async (what: string) => (await post(`/feeds/${id}`, [['do', what]])).headers.location
    expect(await act('poll')).toBe(`/feeds/${id}?done=polled`)
    const page = (await get(`/feeds/${id}?done=polled`)).body
    expect(page).toContain('was polled just now')
    expect(page).toContain('<caption>The last poll</caption>')
    expect(await act('pause')).toBe(`/feeds/${id}?done=paused`)
    expect((await storedFeed(system, id)).state).toBe('paused')
    expect((await get(`/feeds/${id}`)).body).toContain('Resume')
    expect(await act('resume')).toBe(`/feeds/${id}?done=resumed`)
    expect(await act('remove')).toBe('/feeds?done=removed')
    expect((await get(`/feeds/${id}`)).statusCode).toBe(404)
    expect((await get('/feeds')).body).not.toContain('/life.xml')
  })

  it('shows what others wrote as text', async () => {
    const { id } = await addTestFeed(system, feed('/text.xml', 'Text'), now)
    await system.db.pool.query(
      `update feed set title = $2, home_url = 'javascript:alert(1)', failures = 1, last_error = $2, last_poll_at = now() where id = $1`,
      [id, payload],
    )
    await system.db.pool.query(
      `insert into poll (feed_id, at, outcome, duration_ms, error) values ($1, now(), 'failed', 1, $2)`,
      [id, payload],
    )
    for (const path of ['/feeds', `/feeds/${id}`]) {
      const page = (await get(path)).body
      expect(page).toContain('&quot;>&lt;img src=x onerror=alert(1)>')
      expect(runs(page)).toBe(false)
      expect(page).not.toContain('"javascript:')
    }
  })

  it('of the configuration is removed there', async () => {
    const [configured] = (await listFeeds(system.db.pool)).filter((one) => one.origin === 'config')
    const { id = 0 } = configured ?? {}
    expect((await get(`/feeds/${id}`)).body).not.toContain('value="remove"')
    expect((await post(`/feeds/${id}`, [['do', 'remove']])).headers.location).toBe(
      `/feeds/${id}?done=configured`,
    )
    expect((await get(`/feeds/${id}?done=configured`)).body).toContain('take it out of openwatch.yaml')
  })

  it.each(['/feeds/0', '/feeds/999999', '/feeds/99999999999999999999', '/feeds/x', '/feeds/..%2f1'])(
    'that is not there is a page that says so: %s',
    async (path) => {
      expect((await get(path)).statusCode).toBe(404)
      expect((await post(path, [['do', 'pause']])).statusCode).toBe(404)
    },
  )
})

describe('lists of feeds', () => {
  const outline = (url: string) => `<outline type="rss" text="A feed" xmlUrl="${url}"/>`

  it('come in by a file, with what could not be used line by line', async () => {
    const opml = `<opml version="2.0">\n<body>\n${outline('https://a.example/feed')}\n${outline(`ftp://x/${payload.replaceAll(/["<>]/g, '')}`)}\n</body></opml>`
    const answer = await upload('feeds.opml', opml)
    expect(answer.body).toContain('1 feed imported.')
    expect(answer.body).toMatch(/line 4: A feed has/)
    expect(await urls()).toEqual(['https://a.example/feed'])
    expect((await upload('feeds.opml', opml)).body).toContain('0 feeds imported, 1 polled already.')
  })

  it('that are none are refused with the page', async () => {
    const none = await upload('hello.txt', `hello ${payload}`)
    expect(none.statusCode).toBe(422)
    expect(none.body).toContain('Nothing could be imported.')
    expect(runs(none.body)).toBe(false)
    const large = await upload('large.opml', 'x'.repeat(5_000_001))
    expect(large.statusCode).toBe(422)
    expect(large.body).toContain('The file is too large')
    expect((await upload('empty.opml', '')).body).toContain('Choose a file first')
    expect((await post('/feeds/import', [['file', 'x']])).body).toContain('Choose a file first')
  })

  it('that broke off on the way are the sender’s mistake', async () => {
    const headers = { 'content-type': 'multipart/form-data; boundary=x', 'sec-fetch-site': 'same-origin' }
    for (const payload of [
      'do=',
      '--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n<opml>',
      '',
    ])
      expect((await app.inject({ method: 'POST', url: '/feeds/import', headers, payload })).statusCode).toBe(
        422,
      )
  })

  it('go out, with secrets only where that is asked for', async () => {
    await addTestFeed(system, 'https://a.example/feed?token=hush', now)
    const masked = await get('/feeds.opml')
    expect(masked.headers['content-type']).toContain('text/x-opml')
    expect(masked.body).toContain('https://a.example/feed')
    expect(masked.body).not.toContain('hush')
    expect((await get('/feeds.opml?secrets=yes')).body).toContain('hush')
  })
})
