import { z } from 'zod'
import { addFeed, type AddFeedOutcome } from '../../../pipeline/add-feed.ts'
import { exportFeeds, importFeeds } from '../../../pipeline/exchange-feeds.ts'
import { knownText } from '../../../pipeline/known-feed.ts'
import { looking, lookUp } from '../../../pipeline/look-up.ts'
import { maskUrl, maskUrls } from '../../../report/mask-url.ts'
import type { Desk } from '../../desk.ts'
import { mayDo, viewerOf } from '../../viewer.ts'
import type { ApiApp } from '../app.ts'
import { ApiProblem, mistakesProblem } from '../problem.ts'
import { many } from '../schemas/common.ts'
import { seenFeedSchema, seenJson } from '../schemas/feed.ts'

const what = z.string().min(1).max(2000).meta({
  description: 'An address of a feed or of a page that has one, or a shorthand such as github:owner/name',
})

const wishSchema = z
  .strictObject({
    what,
    title: z.string().max(300).optional(),
    outlet: z
      .string()
      .max(300)
      .optional()
      .meta({ description: 'Who speaks in it, where its links do not say so' }),
    topic: z.string().max(64).optional(),
    every: z.string().max(20).optional().meta({ description: 'A fixed interval, such as 15m' }),
    selector: z.string().max(500).optional().meta({ description: 'CSS, for a page without a feed' }),
    unseen: z.boolean().optional().meta({ description: 'Add it without a look at it' }),
    choose: z.enum(['first', 'all']).optional().meta({ description: 'Of several feeds of a page' }),
  })
  .meta({ id: 'NewFeed', description: 'A feed to poll' })

const addedSchema = z
  .object({
    added: many(z.object({ id: z.string(), url: z.string() })),
    left: many(z.object({ url: z.string(), reason: z.string() })).meta({
      description: 'Feeds of a page that were not added',
    }),
  })
  .meta({ id: 'AddedFeeds', description: 'What is polled from now on' })

const foundSchema = z
  .object({
    feed: seenFeedSchema.nullable().meta({ description: 'The feed behind it; null where there are several' }),
    links: many(z.object({ url: z.string(), title: z.string().nullable() })).meta({
      description: 'Those to choose from',
    }),
  })
  .meta({ id: 'LookedUp', description: 'What is behind an address' })

/** Finding and adding feeds. */
export function addFeedRoutes(app: ApiApp, desk: Desk): void {
  app.post(
    '/feeds',
    {
      schema: {
        tags: ['Feeds'],
        summary: 'Poll another feed',
        body: wishSchema,
        response: { 201: addedSchema },
      },
    },
    async ({ body }, reply) => {
      const { added, left } = addedOr(await addFeed(body, desk))
      return reply.code(201).send({
        added: added.map(({ id, url }) => ({ id: String(id), url: maskUrl(url) })),
        left: left.map((one) => ({
          url: maskUrl(one.url),
          reason: one.kind === 'known' ? `it ${one.reason}` : maskUrls(one.reason),
        })),
      })
    },
  )
  app.post(
    '/feeds/look-up',
    {
      schema: {
        tags: ['Feeds'],
        summary: 'Find the feed, or the feeds to choose from, behind an address; nothing is kept',
        body: z.strictObject({ what }),
        response: { 200: foundSchema },
      },
    },
    async ({ body }) => {
      const found = await lookUp(body.what, looking(desk))
      switch (found.kind) {
        case 'feed':
          return { feed: seenJson(found.url, found.feed), links: [] }
        case 'links':
          return { feed: null, links: found.links.map(({ url, title }) => ({ url: maskUrl(url), title })) }
        case 'no-feed':
        case 'unreachable':
          throw unseen(found.reason)
      }
    },
  )
  exchangeRoutes(app, desk)
}

function addedOr(outcome: AddFeedOutcome): Extract<AddFeedOutcome, { kind: 'added' }> {
  switch (outcome.kind) {
    case 'added':
      return outcome
    case 'known':
      throw new ApiProblem('conflict', `it ${knownText(outcome.feed)}, as feed ${outcome.feed.id}`)
    case 'choose': {
      const errors = outcome.links.map(({ url }) => ({ pointer: '/what', detail: maskUrl(url) }))
      throw new ApiProblem(
        'invalid',
        'the page has several feeds: send the address of one, or choose first or all',
        errors,
      )
    }
    case 'no-feed':
    case 'unreachable':
      throw unseen(outcome.reason)
    case 'mistakes':
      throw mistakesProblem(outcome.problems, { url: 'what' })
  }
}

function unseen(reason: string): ApiProblem {
  const detail = maskUrls(reason)
  return new ApiProblem('invalid', detail, [{ pointer: '/what', detail }])
}

const opmlType = 'text/x-opml'

const importedSchema = z
  .object({
    added: many(z.string()).meta({ description: 'Addresses that are polled from now on' }),
    known: z.int().meta({ description: 'How many are polled already' }),
    problems: many(z.object({ line: z.int(), reason: z.string() })).meta({
      description: 'Lines that could not be used',
    }),
  })
  .meta({ id: 'ImportedFeeds', description: 'What came of a list of feeds' })

/** A list of feeds is no larger, in bytes. */
const largestList = 5_000_000

function exchangeRoutes(app: ApiApp, desk: Desk): void {
  app.get(
    '/feeds/opml',
    {
      schema: {
        tags: ['Feeds'],
        summary: 'The feeds as OPML, for other readers',
        querystring: z.object({
          secrets: z
            .enum(['true', 'false'])
            .optional()
            .meta({ description: 'With passwords and keys in addresses; needs the right `write`' }),
        }),
        response: {
          200: { description: 'A list of feeds', content: { [opmlType]: { schema: z.string() } } },
        },
      },
    },
    async (request, reply) => {
      const withSecrets = request.query.secrets === 'true'
      if (withSecrets && !mayDo(viewerOf(request), 'write'))
        throw new ApiProblem('forbidden', 'addresses with passwords and keys need the right write')
      const { opml } = await exportFeeds(desk, { withSecrets })
      return reply.type(`${opmlType}; charset=utf-8`).serializer(String).send(opml)
    },
  )
  app.register((lists: ApiApp, _options, done) => {
    lists.removeAllContentTypeParsers()
    lists.addContentTypeParser(
      [opmlType, 'text/xml', 'application/xml'],
      { parseAs: 'buffer', bodyLimit: largestList },
      (_request, body, parsed) => parsed(null, body),
    )
    lists.post(
      '/feeds/opml',
      {
        bodyLimit: largestList,
        schema: {
          tags: ['Feeds'],
          summary:
            'Poll the feeds of another reader: an OPML file as the body (text/x-opml or application/xml)',
          response: { 200: importedSchema },
        },
      },
      async ({ body }) => {
        if (!(body instanceof Uint8Array)) throw new ApiProblem('invalid', 'send an OPML file as the body')
        const outcome = await importFeeds(body, desk)
        if (outcome.kind === 'nothing')
          throw new ApiProblem(
            'invalid',
            'no line of it could be used',
            outcome.problems
              .slice(0, 100)
              .map(({ line, reason }) => ({ pointer: '', detail: `line ${line}: ${reason}` })),
          )
        const { added, known, problems } = outcome
        return { added: added.map(maskUrl), known, problems }
      },
    )
    done()
  })
}
