import { once } from 'node:events'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { configFolder } from '../config/folder.ts'
import { startFeedServer, type FeedServer } from '../support/feed-server.ts'
import { rss } from '../support/feed-text.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { startCommand, type Running } from './command.ts'
import { inProcess } from './in-process.ts'

let database: TestDatabase
let server: FeedServer
let client: pg.Client
let env: Record<string, string>
const running: Running[] = []
const cleaning: (() => Promise<void>)[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  client = new pg.Client(database.connection)
  await client.connect()
  server = await startFeedServer()
  server.set('/feed', { body: rss([{ id: '1', title: 'Nothing of interest' }]) })
  const config = await configFolder(
    {
      'openwatch.yaml': `feeds: ["${server.url}/feed"]\npolling: { allowPrivateHosts: [127.0.0.1] }\n`,
      'watch/a.yaml': 'items:\n  - { id: gizmo, question: "Will gizmo be released?", subject: gizmo }\n',
    },
    (clean) => cleaning.push(clean),
  )
  env = { DATABASE_URL: database.url, OPENWATCH_CONFIG: config }
})

afterAll(async () => {
  for (const one of running) one.child.kill('SIGKILL')
  await Promise.all(running.map((one) => one.ended))
  await client.end()
  await server.close()
  await database.drop()
  for (const clean of cleaning) await clean()
})

function begin(kind: string): Running {
  const one = startCommand([kind], env)
  running.push(one)
  return one
}

test('two workers and a page share the work, are seen in the status, and end in order', async () => {
  const [one, two] = [begin('worker'), begin('worker')]
  await Promise.all([one.saying('Stop with Ctrl-C.'), two.saying('Stop with Ctrl-C.')])
  expect(one.said.out).toMatch(
    /^openwatch is watching 1 question over 1 feed\.\nThis worker has no page: openwatch web/,
  )
  const web = begin('web')
  await web.saying('Stop with Ctrl-C.')
  const page = /The report: (\S+)/.exec(web.said.out)?.[1] ?? ''
  expect(await (await fetch(page)).text()).toContain('Will gizmo be released?')
  const ready = await fetch(`${page}readyz`)
  expect({ status: ready.status, body: (await ready.json()) as unknown }).toEqual({
    status: 200,
    body: { status: 'ready' },
  })
  expect((await inProcess(['status'], { env })).out).toMatch(/\n2 workers and 1 page server at work\n$/)

  one.child.kill('SIGKILL')
  await once(one.child, 'exit')
  // as it is 40 seconds later
  await client.query(`update process set seen_at = seen_at - interval '40 s' where pid = $1`, [one.child.pid])
  expect((await inProcess(['status'], { env })).out).toMatch(
    /\n1 worker and 1 page server at work; 1 worker lost,\s\d\d\ss\sago\s\(process\s\d+\son\s[^)]+\)\n$/,
  )
  const report = JSON.parse((await inProcess(['status', '--json'], { env })).out) as { processes: unknown[] }
  expect(report.processes).toHaveLength(3)
  expect(report.processes).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ kind: 'worker', state: 'lost', pid: one.child.pid, page: null }),
      expect.objectContaining({ kind: 'worker', state: 'alive', pid: two.child.pid }),
      expect.objectContaining({ kind: 'web', state: 'alive', pid: web.child.pid, page }),
    ]),
  )

  for (const ending of [two, web]) ending.child.kill('SIGTERM')
  const ended = await Promise.all([two.ended, web.ended])
  expect(ended.map(({ code }) => code)).toEqual([0, 0])
  expect(ended.map(({ err }) => err).join()).not.toMatch(/"level":[56]0/)
  expect(server.requests.map(({ path }) => path)).toEqual(['/feed'])
  // as wide as the terminal is
  expect((await inProcess(['status'], { env })).out).toMatch(
    /No\sopenwatch\sis\spolling\.\sStart\sone:\sopenwatch\sstart\n$/,
  )
}, 60_000)
