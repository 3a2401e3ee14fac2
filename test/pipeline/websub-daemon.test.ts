import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { startDaemon } from '../../src/pipeline/daemon.ts'
import { startTending } from '../../src/pipeline/tend-schedule.ts'
import { buildServer } from '../../src/web/server.ts'
import { startFeedServer, type FeedServer } from '../support/feed-server.ts'
import { rss } from '../support/feed-text.ts'
import { startHub } from '../support/hub-server.ts'
import { testConfig, testSystem, type TestSystem } from '../support/system.ts'

/** A system with a page, over the given feeds. */
async function daemonOver(server: FeedServer, paths: readonly string[]) {
  const config = await testConfig({ feeds: paths.map((path) => ({ url: server.url + path })) })
  const system = await testSystem({ config })
  const ready = () => Promise.resolve(null)
  const { websub } = system
  const app = buildServer({ report: () => system.report(), installation: 'test', notReady: ready, websub })
  const publicUrl = await app.listen({ host: '127.0.0.1', port: 0 })
  await system.useConfig({ ...config, server: { ...config.server, publicUrl } })
  const daemon = await startDaemon({ ...system, concurrency: 2, every: '* * * * * *', graceMs: 15_000 })
  return { system, daemon, app }
}

function naming(hub: string, server: FeedServer, path: string) {
  return {
    body: rss([{ id: '1', title: 'One' }]),
    headers: { link: `<${hub}>; rel="hub", <${server.url}${path}>; rel="self"` },
  }
}

async function live({ db }: TestSystem): Promise<number> {
  const { rows } = await db.pool.query(`select from subscription where state = 'live'`)
  return rows.length
}

async function until(check: () => Promise<boolean> | boolean): Promise<void> {
  const began = performance.now()
  while (!(await check())) {
    if (performance.now() - began > 15_000) throw new Error('not within 15 s')
    await sleep(50)
  }
}

it('a running daemon polls, subscribes and is verified, while another hub says nothing; it stops in time', async () => {
  const hub = await startHub()
  const server = await startFeedServer()
  server.set('/good', naming(`${hub.url}/`, server, '/good'))
  server.set('/slow-hub', naming(`${server.url}/hanging`, server, '/slow-hub'))
  server.set('/hanging', { delayMs: 60_000 })
  const { system, daemon, app } = await daemonOver(server, ['/good', '/slow-hub'])
  await until(async () => (await live(system)) === 1)
  await until(() => server.requests.some((request) => request.path === '/hanging'))
  server.set('/late', { body: rss([{ id: '2', title: 'Two' }]) })
  await system.db.pool.query(
    `insert into feed (url, host, origin, created_at, next_poll_at) values ($1, $2, 'user', now(), now())`,
    [`${server.url}/late`, new URL(server.url).host],
  )
  await until(() => server.requests.some((request) => request.path === '/late'))
  const began = performance.now()
  await daemon.stop()
  expect(performance.now() - began).toBeLessThan(20_000)
  await app.close()
  await system.end()
  await server.close()
  await hub.close()
})

it('a round that goes wrong is logged, and the next one comes', async () => {
  let rounds = 0
  const logged: unknown[] = []
  const tending = startTending({
    tend: () => (++rounds === 1 ? Promise.reject(new Error('no database')) : Promise.resolve(0)),
    logger: { error: (fields: unknown) => logged.push(fields) },
    everyMs: 10,
  })
  await until(() => rounds > 2)
  await tending.stop()
  expect(logged).toMatchObject([{ event: 'tend-failed', err: { message: 'no database' } }])
  const then = rounds
  await sleep(50)
  expect(rounds).toBe(then)
})
