import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listDeliveries } from '../../src/store/deliveries.ts'
import { queueFor, statusAlert, webhook } from '../support/alerts.ts'
import { faultsThrown, pagesOver, sendForm } from '../support/pages.ts'
import { startReceiver, type Receiver } from '../support/receiver.ts'
import { testConfig, testSystem, type TestSystem } from '../support/system.ts'

const begun = new Date('2025-09-01T08:00:00Z')
const payload = '"><img src=x onerror=alert(1)><script>alert(2)</script>'

let now = begun
let system: TestSystem
let hook: Receiver
let app: FastifyInstance

beforeAll(async () => {
  hook = await startReceiver()
  const quiet = { from: 22 * 60, to: 7 * 60, timeZone: 'UTC', except: [] }
  system = await testSystem({
    config: await testConfig({
      channels: [webhook('hook', hook.url), webhook('night', hook.url, { quiet, fallback: 'hook' })],
    }),
    clock: { now: () => now },
  })
  app = pagesOver(system, faultsThrown)
})

afterAll(async () => {
  await app.close()
  await system.end()
  await hook.close()
})

beforeEach(async () => {
  now = begun
  await system.db.pool.query('truncate alert, channel_state cascade')
  hook.received.length = 0
  hook.answer = { status: 204 }
})

const get = (url: string) => app.inject({ method: 'GET', url })
const post = (url: string, fields: Record<string, string> = {}) => sendForm(app, url, fields)

const drain = (channel = 'hook') => system.deliveries.drain(channel, () => undefined)
const queue = (channels: readonly string[] = ['hook'], question = 'When will it be released?') =>
  queueFor(
    system.db,
    [statusAlert(now, { item: { id: 'release-timing', question, topic: 'test' } })],
    channels,
    now,
  )
const newest = async () => (await listDeliveries(system.db.pool, 1))[0]?.id ?? ''

/** Whether a payload stands in a page as markup. */
function runs(page: string): boolean {
  return /<img src=x|<script>alert/.test(page)
}

describe('the list of alerts', () => {
  it('is there before there is any', async () => {
    const page = (await get('/alerts')).body
    expect(page).toContain('<h1>No alerts yet</h1>')
    expect(page).toContain('quiet from 22:00 to 07:00 (UTC)')
    expect(page).toContain('what it does not take goes to hook')
  })

  it('says what was sent, what waits and for what, and what was given up and why', async () => {
    await queue()
    await drain()
    now = new Date('2025-09-01T23:00:00Z')
    await queue(['night'])
    await drain('night')
    hook.answer = { status: 404 }
    await queue(['hook'], payload)
    await drain()
    const page = (await get('/alerts')).body
    expect(page).toContain('<h1>1 alert sent, 1 waiting, 1 given up</h1>')
    expect(page).toContain('It goes in 8 h: when the quiet hours of night end.')
    expect(page).toMatch(/It was given up: [^<]*answered 404/)
    expect(page).toContain('It refuses what it is sent')
    expect(runs(page)).toBe(false)
    const dead = (await get('/alerts?state=dead')).body
    expect(dead).toContain('Try all that were given up again')
    expect(dead).not.toContain('quiet hours of night end')
    expect((await get('/alerts?channel=night')).body).not.toContain('answered 404.</p></td>')
    expect((await get('/alerts?kind=overdue')).body).toContain('There is no such alert')
    expect((await get(`/alerts?item=${encodeURIComponent(payload)}&after=x&state=%00`)).statusCode).toBe(400)
    expect(runs((await get(`/alerts?item=${encodeURIComponent(payload)}&after=x`)).body)).toBe(false)
  })

  it('goes on where a page ends, and misses none', async () => {
    for (let at = 0; at < 60; at++) await queue(['hook'], `Question ${at} of them`)
    const seen = new Set<string>()
    let url: string | undefined = '/alerts?state=waiting'
    let pages = 0
    while (url !== undefined) {
      const page: string = (await get(url)).body
      for (const [, number = ''] of page.matchAll(/Question (\d+) of them/g)) seen.add(number)
      url = /href="([^"]*)">Older</.exec(page)?.[1]?.replaceAll('&amp;', '&')
      pages++
    }
    expect(pages).toBe(2)
    expect(seen.size).toBe(60)
  })
})

describe('one alert', () => {
  it('tells its tries, and is tried again under its key', async () => {
    hook.answer = { status: 404 }
    await queue(['hook'], payload)
    await drain()
    const id = await newest()
    const page = (await get(`/alerts/${id}`)).body
    expect(page).toMatch(/given up<\/span>:[^<]*answered 404/)
    expect(page).toContain('What it says')
    expect(runs(page)).toBe(false)
    hook.answer = { status: 204 }
    expect((await post(`/alerts/${id}`)).headers.location).toBe(`/alerts/${id}?done=retried`)
    await drain()
    const sent = (await get(`/alerts/${id}?done=retried`)).body
    expect(sent).toContain('It was sent on')
    expect(sent).not.toContain('Try again now')
    expect(new Set(hook.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect((await post(`/alerts/${id}`)).headers.location).toBe(`/alerts/${id}?done=nothing`)
  })

  it('that is not there is a page that says so', async () => {
    await queue()
    const id = await newest()
    expect((await get('/alerts/00000000')).statusCode).toBe(404)
    expect((await get(`/alerts/${'%'.repeat(3)}`)).statusCode).toBe(400)
    // a beginning names it for reading only
    expect((await get(`/alerts/${id.slice(0, 8)}`)).statusCode).toBe(200)
    expect((await post(`/alerts/${id.slice(0, 8)}`)).statusCode).toBe(404)
  })
})

describe('channels', () => {
  it('are tested by a button, which says what came back', async () => {
    const good = await post('/alerts/test', { channel: 'night' })
    expect(good.body).toMatch(/night took the test in [\d,]+ ms/)
    expect(hook.received).toHaveLength(1)
    hook.answer = { status: 401 }
    const bad = await post('/alerts/test', { channel: 'hook' })
    expect(bad.body).toMatch(/hook refused it:[^<]*answered 401/)
    expect(runs(bad.body)).toBe(false)
    const none = await post('/alerts/test', { channel: payload })
    expect(none.statusCode).toBe(422)
    expect(runs(none.body)).toBe(false)
  })

  it('have all tried again that they failed to send', async () => {
    hook.answer = { status: 500 }
    await queue()
    await drain()
    expect((await get('/alerts')).body).toMatch(/It fails [^<]*answered 500[^<]*It is tried again in/)
    const retried = await post('/alerts/retry', { channel: 'hook' })
    expect(retried.headers.location).toBe('/alerts?retried=1')
    expect((await get('/alerts?retried=1')).body).toContain('1 alert is tried again at once.')
    expect((await post('/alerts/retry', { channel: 'nowhere' })).statusCode).toBe(422)
    expect((await post('/alerts/retry', { all: 'yes' })).headers.location).toBe('/alerts?retried=0')
  })
})
