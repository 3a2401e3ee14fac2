import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { WatchItem } from '../../src/matching/watch-item.ts'
import { createLiveBoard } from '../../src/web/board-snapshot.ts'
import { createCards, mostCards } from '../../src/web/board-cards.tsx'
import { renderBoardPage } from '../../src/web/pages/board-page.tsx'
import { putFeed } from '../../src/store/feeds.ts'
import { falcon as falconItem } from '../support/falcon.ts'
import { falconSince, falconSystem, news, type FalconSystem } from '../support/falcon-system.ts'
import { pagesOver, sendForm } from '../support/pages.ts'

const now = new Date('2025-09-01T08:00:00Z')
let falcon: FalconSystem
let app: FastifyInstance

const other = (id: string, more: Partial<WatchItem> = {}): WatchItem =>
  falconItem(falconSince, { id, question: `When will ${id} come?`, subject: [id], ...more })

async function open(items: readonly WatchItem[] = []) {
  falcon = await falconSystem(now, { items })
  app = serve()
}

const serve = () => pagesOver(falcon.system)

beforeEach(() => open())

afterEach(async () => {
  await app.close()
  await falcon.system.end()
})

const board = async (path = '/') => (await app.inject({ url: path })).body

test('the board shows where a question stands, and soon shows what is new', async () => {
  expect(await board()).toMatch(/<\/svg>open<\/span>/)
  await falcon.came(news('2025-08-30', 'press.test', 'Acme releases Falcon 3'))
  await expect.poll(() => board()).toContain('Acme releases Falcon 3')
  expect(await board()).toContain('<a href="/items/falcon">When will Acme release Falcon 3?</a>')
  expect(await board()).toContain('aria-label="1 matching entry in 13 weeks"')
})

test('who did something sees it on the board at once', async () => {
  await board()
  const done = await sendForm(app, '/items/falcon/act', { action: 'snooze-until-change' })
  expect(done.statusCode).toBe(303)
  expect(await board()).toContain('snoozed until its status changes')
})

test('questions are filtered by address; what makes no sense filters nothing', async () => {
  await app.close()
  await falcon.system.end()
  await open([other('kestrel', { topic: 'birds' }), other('heron', { topic: 'birds' }), other('swift')])
  expect(await board()).toContain('<h1 id="board_title">4 questions</h1>')
  expect(await board('/?topic=birds')).toContain('2 of 4 questions')
  expect(await board('/?q=heron%20COME')).toContain('1 of 4 questions')
  expect(await board('/?status=happened')).toContain('No question is like that')
  expect(await board('/?q=&topic=&status=')).toContain('>4 questions<')
  expect(await board('/?status=bogus&topic[]=x&q[a]=1')).toContain('>4 questions<')
  const hostile = await board(`/?q=${encodeURIComponent('"><script>alert(1)</script>')}`)
  expect(hostile).not.toContain('<script>alert')
  expect(hostile).toContain('value="&quot;>&lt;script>')
})

test('many questions stand in rows, each with all that a card tells', async () => {
  await app.close()
  await falcon.system.end()
  await open(Array.from({ length: mostCards + 4 }, (_, n) => other(`bird-${n}`)))
  const html = await board()
  expect(html).toContain('<ol class="rows">')
  expect(html.match(/<li class="row open"/g)).toHaveLength(mostCards + 5)
  expect(await board('/?q=falcon')).toContain('<ol class="board">')
})

test('without a question the board leads to the first one', async () => {
  await falcon.system.db.pool.query(`update watch_item set state = 'retired'`)
  const html = await board()
  expect(html).toContain('Nothing is under watch yet')
  expect(html).toContain('<a class="button" href="/items/new">')
})

test('who may see the report alone is not told the addresses of feeds, nor shown what they may not do', async () => {
  const feed = { title: 'Ours', homeUrl: null, outlet: null, topic: null, everyMs: null }
  const id = await putFeed(
    falcon.system.db.pool,
    { url: 'https://intranet.example/secret-path/feed.xml', ...feed },
    { origin: 'user', now },
  )
  await falcon.system.db.pool.query(
    `update feed set last_poll_at = $2, failures = 3, failing_since = $2, last_error = 'answered 500' where id = $1`,
    [id, now],
  )
  expect(await board()).toContain('secret-path')
  const live = createLiveBoard(falcon.system)
  const snapshot = await live.current()
  await live.close()
  const viewer = { may: 'report', isSignedIn: false } as const
  const html = renderBoardPage({ ...snapshot, cards: createCards(snapshot), filter: {}, viewer })
  expect(html).toContain('intranet.example')
  expect(html).not.toContain('secret-path')
  expect(html).not.toContain('New question')
})

test('the page is compressed for who takes it so, and is the same page', async () => {
  const zipped = await app.inject({ url: '/', headers: { 'accept-encoding': 'br, gzip' } })
  expect(zipped.headers['content-encoding']).toBe('gzip')
  expect(zipped.headers.vary).toContain('accept-encoding')
  const { gunzipSync } = await import('node:zlib')
  expect(gunzipSync(zipped.rawPayload).toString()).toBe(await board())
})

test('listeners are told of each other version, once, and let go when the server ends', async () => {
  const base = await app.listen({ host: '127.0.0.1', port: 0 })
  const { headers, body } = await fetch(`${base}/events`)
  expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  if (body === null) throw new Error('there is no stream')
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  const first = /data: (\S+)/.exec((await reader.read()).value ?? '')?.[1]
  expect(await board()).toContain(`data-version="${first ?? 'none'}"`)
  await falcon.came(news('2025-08-30', 'press.test', 'Acme releases Falcon 3'))
  const told = (await reader.read()).value ?? ''
  const second = /^event: board\ndata: (\S+)\n\n$/.exec(told)?.[1]
  expect(second).toBeDefined()
  expect(second).not.toBe(first)
  expect(await board()).toContain(`data-version="${second ?? 'none'}"`)
  await app.close()
  expect((await reader.read()).done).toBe(true)
})

test('two who ask at once share one look at the database; nobody asking, none is taken', async () => {
  const queries: string[] = []
  const pool = new Proxy(falcon.system.db.pool, {
    get(target, name) {
      if (name !== 'query') return Reflect.get(target, name) as unknown
      return (text: string, values?: unknown[]) => {
        queries.push(text)
        return target.query(text, values)
      }
    },
  })
  const live = createLiveBoard({ db: { pool }, clock: falcon.system.clock })
  await new Promise((resolve) => setTimeout(resolve, 1500))
  expect(queries).toEqual([])
  const [one, another] = await Promise.all([live.current(), live.current()])
  expect(one).toBe(another)
  const looked = queries.length
  expect(await live.current()).toBe(one)
  expect(queries).toHaveLength(looked)
  await live.close()
})

test('a board that is closed lets the look at the database that is under way come to its end', async () => {
  const { pool } = falcon.system.db
  const live = createLiveBoard(falcon.system)
  const holder = await pool.connect()
  const seen: string[] = []
  try {
    await holder.query('begin; lock table watch_item in access exclusive mode')
    const looking = live.current().then(() => seen.push('looked'))
    const closing = live.close().then(() => seen.push('closed'))
    await expect.poll(() => waitsForALock(pool)).toBe(true)
    expect(seen).toEqual([])
    await holder.query('commit')
    await Promise.all([looking, closing])
  } finally {
    holder.release(true)
  }
})

async function waitsForALock(pool: FalconSystem['system']['db']['pool']): Promise<boolean> {
  const { rowCount } = await pool.query(
    `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  )
  return rowCount === 1
}
