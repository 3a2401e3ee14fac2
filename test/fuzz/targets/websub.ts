import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { listFeeds } from '../../../src/store/feeds.ts'
import { noteHubs, subscriptionsOf, type Subscription } from '../../../src/store/subscriptions.ts'
import { countRows } from '../../support/system.ts'
import { bytesOf, mutated, wildText } from '../mutate.ts'
import { xmlFeeds, xmlScraps } from '../samples/feeds.ts'
import type { Fuzzing, FuzzTools } from '../target.ts'
import { throwFirst, openWorld, renewing, type World } from '../world.ts'

const topic = 'https://news.example/feed.xml'

interface HubVisit {
  readonly id: string
  readonly query: readonly (readonly [string, string])[]
  readonly body: Uint8Array
  readonly contentType: string
  readonly signature: string
}

/** Hubs, and who pretends to be one: verifications, denials, and deliveries with signatures that are right or not. */
export async function start(tools: FuzzTools): Promise<Fuzzing<HubVisit>> {
  const worlds = await renewing(() => subscribed(tools), 400)
  const text = fc.oneof(
    fc.constantFrom('subscribe', 'unsubscribe', 'denied', topic, 'challenge', '3600', '0', '9'.repeat(40)),
    wildText,
  )
  return {
    mostMs: 4000,
    shortRuns: 10,
    inputs: fc.record({
      id: fc.oneof({ weight: 6, arbitrary: fc.constant('') }, wildText),
      query: fc.array(
        fc.tuple(
          fc.constantFrom('hub.mode', 'hub.topic', 'hub.challenge', 'hub.lease_seconds', 'hub.reason', 'x'),
          text,
        ),
        { maxLength: 6 },
      ),
      body: bytesOf(mutated(xmlFeeds, xmlScraps)),
      contentType: fc.oneof(
        fc.constantFrom('application/rss+xml', 'application/json', 'multipart/form-data', ''),
        wildText.map((one) => one.replaceAll(/[^\u0020-\u007e]/g, '')),
      ),
      signature: fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom('sha256', 'sha1', 'sha512') },
        fc.constantFrom('', 'sha256=', 'md5=00'),
        wildText.map((one) => one.replaceAll(/[^\u0020-\u007e]/g, '')),
      ),
    }),
    async check(visit) {
      await visitHub(await worlds.next(), visit)
    },
    close: worlds.close,
  }
}

type Subscribed = World & { readonly subscription: Subscription }

async function subscribed(tools: FuzzTools): Promise<Subscribed> {
  const world = await openWorld(tools)
  const { pool } = world.system.db
  const [feed] = await listFeeds(pool)
  if (feed === undefined) throw new Error('there is no feed')
  await noteHubs(pool, feed.id, { hubs: ['https://hub.example/'], topic }, new Date())
  await pool.query(
    `update subscription set state = 'live', verified_at = now(), expires_at = now() + interval '1 day'`,
  )
  const [subscription] = await subscriptionsOf(pool, feed.id)
  if (subscription === undefined) throw new Error('there is no subscription')
  return { ...world, subscription }
}

async function visitHub(
  world: Subscribed,
  { id, query, body, contentType, signature }: HubVisit,
): Promise<void> {
  const { app, system, subscription, faults } = world
  const url = `/websub/${id === '' ? subscription.id : encodeURIComponent(id.toWellFormed())}`
  const asked = new URLSearchParams(query.map(([name, value]) => [name, value.toWellFormed()]))
  const verified = await app.inject({ method: 'GET', url: `${url}?${asked.toString()}` })
  const isMade = /^sha\d+$/.test(signature)
  const signed = isMade
    ? `${signature}=${createHmac(signature, subscription.secret).update(body).digest('hex')}`
    : signature
  const before = await countRows(system.db, 'entry')
  const headers = {
    ...(contentType !== '' && { 'content-type': contentType }),
    ...(signed !== '' && { 'x-hub-signature': signed }),
  }
  const delivered = await app.inject({ method: 'POST', url, payload: Buffer.from(body), headers })
  throwFirst(faults)
  for (const { statusCode } of [verified, delivered])
    if (statusCode >= 500) throw new Error(`${statusCode} for a hub`)
  if (!isMade && (await countRows(system.db, 'entry')) !== before)
    throw new Error('a delivery that nobody signed was taken in')
}
