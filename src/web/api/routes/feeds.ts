import { z } from 'zod'
import { changeFeed } from '../../../pipeline/change-feed.ts'
import { listFeedLines, readFeedInFull } from '../../../pipeline/list-feeds.ts'
import { pollNow } from '../../../pipeline/poll-now.ts'
import { testFeed } from '../../../pipeline/test-feed.ts'
import { feedStates } from '../../../report/feed-standing.ts'
import { maskUrl, maskUrls } from '../../../report/mask-url.ts'
import type { Desk } from '../../desk.ts'
import type { ApiApp } from '../app.ts'
import { decodeCursor, page, pageOf, pageQuery } from '../cursor.ts'
import { ApiProblem } from '../problem.ts'
import { moment } from '../schemas/common.ts'
import {
  feedInFullJson,
  feedInFullSchema,
  feedJson,
  feedParams,
  feedSchema,
  seenFeedSchema,
  seenJson,
} from '../schemas/feed.ts'

const query = z.object({
  state: z.enum(feedStates).optional(),
  topic: z.string().max(64).optional(),
  q: z.string().max(200).optional().meta({ description: 'Occurs in name, address or outlet' }),
  ...pageQuery,
})

const tested = z.object({ feed: seenFeedSchema, tookMs: z.int() })

const polledSchema = z
  .object({
    outcome: z.string().meta({
      description:
        'new, unchanged, refused, gone, failed, not-a-feed; busy or held: another asks its host, or it is left alone',
    }),
    ...{ reason: z.string().nullable(), newEntries: z.int(), newRevisions: z.int(), matches: z.int() },
    ...{ nextPollAt: moment().nullable(), durationMs: z.number() },
  })
  .meta({ id: 'Polled', description: 'What a poll by hand came to' })

/** The feeds: what they are, and what is done with one. */
export function feedRoutes(app: ApiApp, desk: Desk): void {
  app.get(
    '/feeds',
    {
      schema: {
        tags: ['Feeds'],
        summary: 'The feeds with their health, those that need a look first',
        querystring: query,
        response: { 200: pageOf(feedSchema) },
      },
    },
    async (request, reply) => {
      const { state, topic, q, limit, cursor } = request.query
      const place = z.tuple([z.int().min(0).max(1_000_000)])
      const from = decodeCursor('feeds', cursor, place)?.[0] ?? 0
      const { lines } = await listFeedLines({ state, topic, text: q }, { from, limit: limit + 1 }, desk)
      return page(
        { rows: lines, limit, list: 'feeds' },
        { show: feedJson, place: () => [from + limit] },
        { request, reply },
      )
    },
  )
  app.get(
    '/feeds/:id',
    {
      schema: {
        tags: ['Feeds'],
        summary: 'A feed with its poll log and its newest entries',
        params: feedParams,
        response: { 200: feedInFullSchema },
      },
    },
    ({ params }) => fullFeed(params.id, desk),
  )
  askingRoutes(app, desk)
  changingRoutes(app, desk)
}

function askingRoutes(app: ApiApp, desk: Desk): void {
  app.post(
    '/feeds/:id/test',
    {
      schema: {
        tags: ['Feeds'],
        summary: 'Ask for a feed now and tell what it has; nothing is kept',
        params: feedParams,
        response: { 200: tested },
      },
    },
    async ({ params }) => {
      const outcome = await testFeed(params.id, desk)
      if (outcome.kind === 'unknown') throw noSuchFeed(params.id)
      if (outcome.kind !== 'feed') throw new ApiProblem('invalid', maskUrls(outcome.reason))
      return { feed: seenJson(outcome.feed.url, outcome.seen), tookMs: outcome.tookMs }
    },
  )
  app.post(
    '/feeds/:id/poll',
    {
      schema: {
        tags: ['Feeds'],
        summary: 'Poll a feed now',
        params: feedParams,
        response: { 200: polledSchema },
      },
    },
    async ({ params }) => {
      const outcome = await pollNow(params.id, desk)
      if (outcome.kind === 'unknown') throw noSuchFeed(params.id)
      const { reason, ingested, nextPollAt, durationMs, outcome: came } = outcome.polled
      return {
        ...{ outcome: came, reason: reason === null ? null : maskUrls(reason), durationMs },
        newEntries: ingested?.newEntries ?? 0,
        newRevisions: ingested?.newRevisions ?? 0,
        matches: ingested?.matches ?? 0,
        nextPollAt: nextPollAt?.toISOString() ?? null,
      }
    },
  )
}

function changingRoutes(app: ApiApp, desk: Desk): void {
  for (const [change, words] of [
    ['pause', 'Stop polling a feed, for now'],
    ['resume', 'Poll a paused or retired feed again'],
  ] as const)
    app.post(
      `/feeds/:id/${change}`,
      {
        schema: {
          tags: ['Feeds'],
          summary: words,
          params: feedParams,
          response: { 200: feedInFullSchema },
        },
      },
      async ({ params }) => {
        await changed(params.id, change, desk)
        return fullFeed(params.id, desk)
      },
    )
  app.delete(
    '/feeds/:id',
    {
      schema: {
        tags: ['Feeds'],
        summary: 'Stop polling a feed; its entries are kept',
        params: feedParams,
        response: { 204: z.null().meta({ description: 'It is not polled any more' }) },
      },
    },
    async ({ params }, reply) => {
      await changed(params.id, 'remove', desk)
      return reply.code(204).send(null)
    },
  )
}

async function changed(id: string, change: 'pause' | 'resume' | 'remove', desk: Desk): Promise<void> {
  const outcome = await changeFeed(id, change, desk)
  switch (outcome.kind) {
    case 'done':
    case 'already':
      return
    case 'unknown':
      throw noSuchFeed(id)
    case 'retired':
      throw new ApiProblem('conflict', `${maskUrl(outcome.feed.url)} is not polled: nothing to pause`)
    case 'configured':
      throw new ApiProblem('conflict', `the configuration names this feed: take it out of ${outcome.file}`)
  }
}

async function fullFeed(id: string, desk: Desk): Promise<z.input<typeof feedInFullSchema>> {
  const feed = await readFeedInFull(id, desk)
  if (feed === null) throw noSuchFeed(id)
  return feedInFullJson(feed)
}

function noSuchFeed(id: string): ApiProblem {
  return new ApiProblem('not-found', `there is no feed ${id}; GET /api/v1/feeds lists them`)
}
