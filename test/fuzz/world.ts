import { inspect } from 'node:util'
import type { FastifyInstance, RouteOptions } from 'fastify'
import { buildServer } from '../../src/web/server.ts'
import { linkActions, signLink } from '../../src/pipeline/action-link.ts'
import { linkKey } from '../../src/store/settings.ts'
import { falcon } from '../support/falcon.ts'
import { startFeedServer } from '../support/feed-server.ts'
import { rss } from '../support/feed-text.ts'
import { addTestFeed } from '../support/stored-feed.ts'
import { testConfig, type TestSystem } from '../support/system.ts'
import { canaries } from './canary.ts'
import type { FuzzTools } from './target.ts'

/** A daemon's pages and API over a live system in which something happened. */
export interface World {
  readonly app: FastifyInstance
  readonly system: TestSystem
  /** Every address that is served, as it was registered. */
  readonly routes: readonly RouteOptions[]
  /** What could not be answered. */
  readonly faults: unknown[]
  /** Ids that are there: of a question, links in alerts, feeds, entries and alerts. */
  readonly ids: readonly string[]
  close(): Promise<void>
}

const now = new Date('2025-09-01T08:00:00Z')

/** A proxy that nobody listens at: no request of a target leaves this machine. */
const nowhere = { HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9', NO_PROXY: '127.0.0.1' }

export async function openWorld(tools: FuzzTools): Promise<World> {
  const before = Object.keys(nowhere).map((name) => [name, process.env[name]] as const)
  Object.assign(process.env, nowhere)
  const since = new Date('2025-01-01T00:00:00Z')
  const config = await testConfig({ watchItems: [{ ...falcon(since), file: 'test', sinceGiven: true }] })
  const system = await tools.system({ config, clock: { now: () => now } })
  const feeds = await startFeedServer()
  const at = new Date('2025-08-30T10:00:00Z')
  const entries = canaries.map((title, number) => ({
    id: `c${number}`,
    title: `Falcon 3 ${title}`.replaceAll('\u0001', ''),
    link: `https://evil.example/${number}`,
    at,
  }))
  feeds.set('/feed.xml', {
    body: rss([
      { id: '1', title: 'Acme will release Falcon 3 in October 2025', link: 'https://acme.com/1', at },
      ...entries,
    ]),
  })
  await system.pollFeed(await addTestFeed(system, `${feeds.url}/feed.xml`, now))
  const faults: unknown[] = []
  const app = buildServer({
    report: () => system.report(),
    installation: 'this-one',
    notReady: () => Promise.resolve(null),
    pageUrl: system.pageUrl,
    websub: system.websub,
    actions: system.links,
    desk: system,
    onFault: (error) => void faults.push(error),
  })
  const tokens = await signedTokens(system)
  const routes: RouteOptions[] = []
  app.addHook('onRoute', (route) => void routes.push(route))
  await app.ready()
  const { rows } = await system.db.pool.query<{ id: string }>(
    'select id::text from feed union select id::text from alert union select id::text from entry',
  )
  return {
    ...{ app, system, routes, faults, ids: ['falcon', ...tokens, ...rows.map(({ id }) => id)] },
    async close() {
      await app.close()
      await feeds.close()
      await system.end()
      for (const [name, value] of before)
        if (value === undefined) delete process.env[name]
        else process.env[name] = value
    },
  }
}

/** Throws what could not be answered. */
export function throwFirst(faults: unknown[]): void {
  const [fault] = faults.splice(0)
  if (fault === undefined) return
  throw fault instanceof Error ? fault : new Error(inspect(fault))
}

/** Links as they stand in an alert that was sent. */
async function signedTokens({ db }: TestSystem): Promise<string[]> {
  const key = await linkKey(db.pool)
  const { rows } = await db.pool.query<{ id: string }>('select id::text from alert limit 1')
  return rows.flatMap(({ id }) => linkActions.map((action) => signLink({ action, alertId: id }, key)))
}

/** Something that is made anew after so many uses: what was changed in it, and what piled up, is gone then. */
export async function renewing<T extends { close(): Promise<void> }>(make: () => Promise<T>, uses: number) {
  let current = await make()
  let used = 0
  return {
    async next(): Promise<T> {
      if (used++ < uses) return current
      await current.close()
      current = await make()
      used = 1
      return current
    },
    first: current,
    close: () => current.close(),
  }
}
