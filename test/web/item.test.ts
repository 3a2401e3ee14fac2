import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { listItems } from '../../src/store/watch-items.ts'
import { falconSystem, news, type FalconSystem } from '../support/falcon-system.ts'
import { pagesOver, sendForm } from '../support/pages.ts'

const now = new Date('2025-09-01T08:00:00Z')
let falcon: FalconSystem
let app: FastifyInstance

beforeEach(async () => {
  falcon = await falconSystem(now, { falcon: { question: 'When will Acme release <b>Falcon 3</b>?' } })
  await falcon.came(news('2025-05-01', 'acme.test', 'Acme will release Falcon 3 in June 2025'))
  await falcon.came(news('2025-07-01', 'press.test', 'Acme delays Falcon 3 to August 2025'))
  await falcon.came(news('2025-07-02', 'gazette.test', 'Acme delays Falcon 3'))
  app = pagesOver(falcon.system)
})

afterEach(async () => {
  await app.close()
  await falcon.system.end()
})

const get = (url: string) => app.inject({ url })
const page = async (url = '/items/falcon') => (await get(url)).body
const post = (form: Record<string, string>, id = 'falcon') => sendForm(app, `/items/${id}/act`, form)

async function stored() {
  const [item] = await listItems(falcon.system.db.pool, ['falcon'])
  if (item === undefined) throw new Error('the item is gone')
  return item
}

test('the story tells each change with the sentence that proves it, the words marked that met the question', async () => {
  const html = await page()
  expect(html).toContain('When will Acme release &lt;b>Falcon 3&lt;/b>?')
  expect(html).toContain('open → announced, expected June 2025')
  expect(html).toContain('Acme delays <mark>Falcon 3</mark> to August 2025')
  expect(html).toContain('href="https://press.test/')
  expect(html.indexOf('id="change_2"')).toBeLessThan(html.indexOf('id="change_1"'))
})

test('what decided nothing stands with its reason, promised dates with who promised them', async () => {
  const html = await page()
  const undecided = html.slice(html.indexOf('id="decided_nothing"'))
  expect(undecided).toContain('gazette.test')
  expect(undecided).toContain('it is delayed already')
  const ledger = html.slice(html.indexOf('id="promised_dates"'), html.indexOf('id="decided_nothing"'))
  expect(ledger).toMatch(/acme\.test.*June 2025.*press\.test.*August 2025/s)
})

test('the picture has the statuses, the points and the promises, and the same as a table', async () => {
  const html = await page()
  expect(html).toContain('announced from 1 May 2025 to 1 July 2025')
  expect(html).toContain(
    'aria-label="1 July 2025, press.test, reported: delayed. “Acme delays Falcon 3 to August 2025”"',
  )
  expect(html).toMatch(/promised on 1 Jul 2025: (?:to )?August 2025/)
  expect(html).toMatch(/<table class="stacks"><caption[^>]*>Statuses, promised dates/)
})

test.each([
  [{ action: 'acknowledge' }, 'acknowledged', 'Acknowledged', 'acknowledged on 1 September 2025'],
  [
    { action: 'snooze', for: '7d' },
    'snoozed',
    'alerts are held',
    'snoozed until 8 September 2025, 08:00 UTC',
  ],
  [
    { action: 'snooze-until-change' },
    'snoozed-to-change',
    'until its status',
    'snoozed until its status changes',
  ],
  [{ action: 'mute', outlet: 'press.test' }, 'muted', 'The outlet is muted', 'press.test is muted'],
  [{ action: 'pause' }, 'paused', 'The watch is paused', '<li>paused</li>'],
])('what a person does is done and told: %j', async (form, code, told, shown) => {
  const done = await post(form)
  expect(done.statusCode).toBe(303)
  expect(done.headers.location).toBe(`/items/falcon?done=${code}`)
  const html = await page(done.headers.location)
  expect(html).toContain(told)
  expect(html).toContain(shown)
})

test('what is wrong is rejected with its reason, stands so in the story, and counts again', async () => {
  const rejected = await post({
    action: 'reject',
    sequence: '2',
    reason: 'not-said',
    note: 'another <rocket>',
  })
  expect(rejected.headers.location).toBe('/items/falcon?done=corrected')
  const html = await page()
  expect(html).toContain('not said - another &lt;rocket>')
  expect(html).toContain('value="take-back"')
  expect((await post({ action: 'take-back', sequence: '2' })).headers.location).toContain('taken-back')
  expect((await stored()).standing.status).toBe('delayed')
})

test.each([
  [{ action: 'reject', sequence: '2' }],
  [{ action: 'reject', sequence: '99', reason: 'not-said' }],
  [{ action: 'mute', outlet: 'no domain' }],
  [{ action: 'retire' }],
  [{}],
])('what cannot be done changes nothing and is told on the page: %j', async (form) => {
  const before = await stored()
  const answer = await post(form)
  expect(answer.statusCode).toBe(422)
  expect(answer.body).toContain('role="alert"')
  expect(await stored()).toEqual(before)
})

test('an address can only choose among sentences, not write one', async () => {
  expect(await page('/items/falcon?done=You+won')).not.toContain('You won')
  expect(await page('/items/falcon?done=toString')).not.toContain('role="status"')
})

test('a question that is not watched any more keeps its page, without buttons that do nothing', async () => {
  await falcon.system.db.pool.query(`update watch_item set state = 'retired'`)
  const answer = await get('/items/falcon')
  expect(answer.statusCode).toBe(200)
  expect(answer.body).toContain('not watched any more')
  expect(answer.body).not.toContain('Pause the watch')
})

test('of a question that there is not, near names are told', async () => {
  for (const name of ['falcno', 'the-falcon-rocket']) {
    const answer = await get(`/items/${name}`)
    expect(answer.statusCode).toBe(404)
    expect(answer.body).toContain('href="/items/falcon"')
  }
  const hostile = await get(`/items/${encodeURIComponent('<script>alert(1)</script>')}`)
  expect(hostile.statusCode).toBe(404)
  expect(hostile.body).not.toContain('<script>alert')
  expect((await post({ action: 'acknowledge' }, 'none')).statusCode).toBe(404)
})

test('alerts lead to the page of the question', () => {
  expect(falcon.system.reportUrl('falcon')).toBe('http://127.0.0.1:8484/items/falcon')
})
