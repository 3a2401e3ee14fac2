import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Entry } from '../../src/matching/entry.ts'
import { listItems } from '../../src/store/watch-items.ts'
import { falconSystem, type FalconSystem } from '../support/falcon-system.ts'
import { faultsThrown, pagesOver, sendForm } from '../support/pages.ts'

const now = new Date('2025-09-01T08:00:00Z')
const payload = '"><img src=x onerror=alert(1)><script>alert(2)</script>'

let falcons: FalconSystem
let app: FastifyInstance

const entry = (id: string, title: string, day: string, text = ''): Entry => ({
  ...{ id, title, text, outlet: 'press.test', author: null, discussionUrl: null },
  ...{ url: `https://press.test/${id}`, publishedAt: new Date(`${day}T12:00:00Z`) },
})

beforeAll(async () => {
  falcons = await falconSystem(now)
  await falcons.came(
    entry('1', 'Acme will release Heron 2 in June', '2025-03-01'),
    entry('2', `Acme releases Heron 2 ${payload}`, '2025-06-01', `It is out. ${payload}`),
    entry('3', 'Heron 2 is a nice bird', '2025-06-02'),
  )
  app = pagesOver(falcons.system, faultsThrown)
})
afterAll(async () => {
  await app.close()
  await falcons.system.end()
})

const get = (url: string) => app.inject({ method: 'GET', url })
const post = (url: string, fields: Readonly<Record<string, string>>) => sendForm(app, url, fields)
const query = (fields: Readonly<Record<string, string>>) => new URLSearchParams(fields).toString()

const question = 'When will Acme release Heron 2?'

test('without scripts: a question, what is proposed for it, a preview, and it is watched', async () => {
  const first = await get('/items/new')
  expect(first.body).toContain('Your question')
  const proposed = await get(`/items/new?${query({ question })}`)
  expect(proposed.body).toMatch(/name="subject"[^>]*value="Heron 2"/)
  expect(proposed.body).toContain('it is what the question asks for')
  const form = { question, subject: 'Heron 2', kind: 'release', since: 'stored', id: 'heron', topic: 'birds' }
  const previewed = await post('/items/new', { ...form, do: 'preview' })
  expect(previewed.statusCode).toBe(200)
  expect(previewed.body).toContain('<strong>2</strong><span>changes told')
  expect(previewed.body).toContain('<strong>3</strong><span>messages')
  expect(await listItems(falcons.system.db.pool, ['heron'])).toEqual([])
  const added = await post('/items/new', form)
  expect([added.statusCode, added.headers.location]).toEqual([303, '/items/heron?done=added'])
  const [stored] = await listItems(falcons.system.db.pool, ['heron'])
  expect(stored).toMatchObject({ item: { topic: 'birds' }, standing: { status: 'happened' }, origin: 'user' })
})

test('what cannot be taken is said beside its field, and everything that was typed is kept', async () => {
  const refused = await post('/items/new', {
    ...{ question, subject: 'the', context: 'Acme, Corp', kind: 'release', official: 'not a domain' },
    ...{ since: 'now', topic: 'Two Words', expected: 'summer 2026' },
  })
  expect(refused.statusCode).toBe(422)
  for (const name of ['subject', 'official', 'topic'])
    expect(refused.body).toMatch(
      new RegExp(`id="${name}"[^>]*aria-describedby="${name}-fault[^>]*aria-invalid="true"`),
    )
  expect(refused.body).toContain('value="Acme, Corp"')
  expect(refused.body).toContain('value="summer 2026"')
  expect(refused.body).toMatch(/value="now" checked|checked[^>]*value="now"/)
  const taken = await post('/items/new', { question, subject: 'Heron 2', id: 'falcon' })
  expect([taken.statusCode, taken.body.includes('write another, such as &quot;falcon-2&quot;')]).toEqual([
    422,
    true,
  ])
})

test('a question without anything to look for asks for a subject; no question at all asks for one', async () => {
  expect((await get('/items/new?question=%3F')).body).toContain('there is no question in this')
  const nothing = await get('/items/propose?question=%3F')
  expect([nothing.statusCode, nothing.body]).toEqual([204, ''])
})

test('a question that is too long, or words that are, are refused at their field, whatever the browser allowed', async () => {
  const form = { question: `Will it ${'ever '.repeat(400)}come?`, subject: `Heron, ${'x'.repeat(501)}` }
  const refused = await post('/items/new', form)
  expect(refused.statusCode).toBe(422)
  expect(refused.body).toContain('it has 2,013 characters: write 2,000 or fewer')
  expect(refused.body).toContain('it has 501 characters: write 500 or fewer')
})

test('the preview comes line by line, and everything from feeds and people in it is text', async () => {
  const answer = await get(`/items/preview?${query({ question, subject: 'Heron 2', kind: 'release' })}`)
  expect(answer.headers['content-type']).toContain('ndjson')
  const lines = answer.body
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(lines.map(({ kind }) => kind)).toEqual(['looking', 'judging', 'done'])
  expect(answer.body).toContain('&lt;script>')
  expect(answer.body).not.toMatch(/<script|<img/)
  const invalid = await get(`/items/preview?${query({ question, subject: 'the' })}`)
  expect(JSON.parse(invalid.body)).toMatchObject({
    kind: 'invalid',
    faults: { subject: expect.any(String) as string },
  })
})

test.each([
  'question',
  'subject',
  'context',
  'about',
  'topic',
  'official',
  'id',
  'status',
  'kind',
  'expected',
  'since',
  'feed',
])('hostile text in the field %s is text on every page', async (field) => {
  const fields = { question, subject: 'Heron 2', [field]: payload }
  const pages = [
    await get(`/items/new?${query(fields)}`),
    await get(`/items/propose?${query(fields)}`),
    await post('/items/new', { ...fields, do: 'preview' }),
    await post('/items/new', { ...fields, id: field === 'id' ? payload : 'falcon' }),
    await post('/items/falcon/edit', fields),
  ]
  for (const page of pages) {
    expect(page.statusCode).toBeLessThan(500)
    expect(page.body).not.toMatch(/<img|<script>/)
  }
})

test('a question that people added is edited, paused and removed on its page, which shows what was done', async () => {
  await post('/items/new', { question, subject: 'Heron 7', id: 'late-heron', since: 'stored' })
  const page = await get('/items/late-heron/edit')
  expect(page.body).toMatch(/id="subject"[^>]*value="Heron 7"/)
  const fields = { question, subject: 'Heron 2', kind: 'release', topic: 'birds', since: '2025-01-01' }
  const saved = await post('/items/late-heron/edit', fields)
  expect(saved.headers.location).toBe('/items/late-heron/edit?done=edited')
  const after = await get('/items/late-heron/edit?done=edited')
  expect(after.body).toContain('<del>Heron 7</del> → <ins>Heron 2</ins>')
  const [stored] = await listItems(falcons.system.db.pool, ['late-heron'])
  expect(stored?.standing.status).toBe('happened')
  const seen = /name="seen" value="([^"]+)"/.exec(page.body)?.[1]?.replaceAll('&quot;', '"') ?? 'none'
  const late = await post('/items/late-heron/edit', { ...fields, topic: 'of-another-tab', seen })
  expect(late.statusCode).toBe(409)
  expect(late.body).toContain('somebody changed this question meanwhile')
  expect(late.body).toContain('of-another-tab')
  expect((await get('/items/late-heron/edit')).body).not.toContain('of-another-tab')
  await post('/items/late-heron/edit', { ...fields, since: '2025-01-02T03:04:05Z' })
  expect((await get('/items/late-heron/edit')).body).toContain('value="2025-01-02 03:04"')
  await post('/items/late-heron/edit', { ...fields, since: '2025-01-02 03:04', topic: 'herons' })
  const [moved] = await listItems(falcons.system.db.pool, ['late-heron'])
  expect(moved?.item).toMatchObject({ topic: 'herons', since: new Date('2025-01-02T03:04:05Z') })
  const refused = await post('/items/late-heron/edit', { ...fields, subject: 'the' })
  expect([refused.statusCode, refused.body.includes('subject-fault')]).toEqual([422, true])
  const long = await post('/items/late-heron/edit', { ...fields, about: 'x'.repeat(501) })
  expect([long.statusCode, long.body.includes('it has 501 characters: write 500 or fewer')]).toEqual([
    422,
    true,
  ])
  expect((await post('/items/late-heron/edit', { change: 'pause' })).headers.location).toContain('done=pause')
  expect((await get('/items/late-heron/edit')).body).toContain('Watch it again')
  const removed = await post('/items/late-heron/edit', { change: 'remove' })
  expect((await get(removed.headers.location ?? '')).body).toContain('The question is not watched any more.')
  expect((await post('/items/late-heron/edit', fields)).statusCode).toBe(409)
})

test('what the configuration manages says which file to change; what is not there is not found', async () => {
  const page = await get('/items/falcon/edit')
  expect(page.body).toContain('managed by the configuration: change it in test')
  expect(page.body).not.toContain('>Save<')
  expect((await post('/items/falcon/edit', { change: 'remove' })).statusCode).toBe(409)
  expect((await get('/items/nobody/edit')).statusCode).toBe(404)
  expect((await post('/items/nobody/edit', { question })).statusCode).toBe(404)
})

test('entries are searched, marked and explained; a mistake is shown where it stands', async () => {
  const found = await get(`/entries?${query({ q: 'heron NOT bird' })}`)
  expect(found.body).toContain('Acme releases <mark>Heron</mark> 2')
  expect(found.body).not.toContain('nice bird')
  expect(found.body).not.toMatch(/<img|<script>/)
  const bad = await get(`/entries?${query({ q: 'heron AND (bird' })}`)
  expect([bad.statusCode, bad.body.includes('At character 11:')]).toEqual([422, true])
  const days = await get(`/entries?${query({ q: 'heron', from: '2025-06-02', until: '2025-06-02' })}`)
  expect(days.body.match(/class="entry"/g)).toHaveLength(1)
  expect((await get('/entries?from=tomorrow')).body).toContain('this is not a day')
  expect((await get('/entries?cursor=nonsense')).statusCode).toBe(422)
  const why = await get(`/entries/explain?${query({ url: 'https://press.test/2' })}`)
  expect(why.body).toContain('subject met by &quot;Heron 2&quot;')
  expect(why.body).not.toMatch(/<img|<script>/)
  expect((await get(`/entries/explain?${query({ url: payload })}`)).body).toContain(
    'No stored entry is at this address',
  )
  expect((await get('/entries/explain?entry=999999999')).statusCode).toBe(200)
})
