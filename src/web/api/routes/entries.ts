import { z } from 'zod'
import { domain, instant } from '../../../config/schema/values.ts'
import { queryLanguage } from '../../../matching/query-language.ts'
import { searchEntries, type FoundEntry } from '../../../pipeline/search-entries.ts'
import { maskUrl } from '../../../report/mask-url.ts'
import { clip } from '../../../report/plain.ts'
import type { Desk } from '../../desk.ts'
import type { ApiApp } from '../app.ts'
import { decodeCursor, encodeCursor, linkNext, pageOf, pageQuery } from '../cursor.ts'
import { ApiProblem } from '../problem.ts'
import { many, moment } from '../schemas/common.ts'

const entrySchema = z
  .object({
    id: z.string(),
    ...{
      title: z.string(),
      text: z.string().meta({ description: 'Its beginning' }),
      url: z.string().nullable(),
    },
    ...{ outlet: z.string(), author: z.string().nullable(), at: moment(), publishedAt: moment().nullable() },
    seenAt: moment(),
    feed: z.object({ id: z.string(), title: z.string().nullable(), url: z.string() }),
    items: many(z.string()).meta({ description: 'The questions that it met' }),
  })
  .meta({ id: 'Entry', description: 'A stored entry, in its newest wording that meets the query' })

const query = z.object({
  q: z
    .string()
    .max(1000)
    .prefault('')
    .meta({ description: `${queryLanguage}. Empty: all` }),
  outlet: domain().optional(),
  feed: z
    .string()
    .regex(/^\d{1,9}$/)
    .optional()
    .meta({ description: 'The number of a feed' }),
  since: instant().optional().meta({ description: 'Entries that count from this day or time (UTC) on' }),
  until: instant().optional().meta({ description: 'And before this one' }),
  ...pageQuery,
})

/** Searching what is stored. */
export function entryRoutes(app: ApiApp, desk: Desk): void {
  app.get(
    '/entries',
    {
      schema: {
        tags: ['Entries'],
        summary: 'Search the stored entries, the newest first',
        description:
          'An answer is owed within about a second: it may have fewer entries than asked for, or none, and a `next` to go on with.',
        querystring: query,
        response: {
          200: pageOf(entrySchema).extend({
            backTo: moment().nullable().meta({ description: 'Back to when was looked; null at the end' }),
          }),
        },
      },
    },
    async (request, reply) => {
      const { q, feed, outlet, since, until, limit, cursor } = request.query
      const place = decodeCursor('entries', cursor, z.tuple([z.string()]))?.[0]
      const feedId = feed === undefined ? undefined : Number(feed)
      const searched = await searchEntries(
        { query: q, outlet, feedId, since, until, limit, cursor: place },
        desk.db.pool,
      )
      switch (searched.kind) {
        case 'bad-query': {
          const detail = `${searched.error.message} (at column ${searched.error.column})`
          throw new ApiProblem('bad-request', detail, [{ pointer: '#query/q', detail }])
        }
        case 'bad-cursor':
          throw new ApiProblem('bad-request', 'this is no cursor of this list: begin without one')
        case 'found': {
          const next = searched.next === null ? null : encodeCursor('entries', [searched.next])
          linkNext(request, reply, next)
          const backTo = searched.backTo?.toISOString() ?? null
          return { data: searched.entries.map(entryJson), next, backTo }
        }
      }
    },
  )
}

function entryJson({ revision, feed, items }: FoundEntry): z.input<typeof entrySchema> {
  const { entryId, title, text, url, outlet, author, at, publishedAt, seenAt } = revision
  return {
    ...{ id: entryId, title, text: clip(text, 500), url, outlet, author, at: at.toISOString() },
    ...{ publishedAt: publishedAt?.toISOString() ?? null, seenAt: seenAt.toISOString() },
    feed: { id: String(feed.id), title: feed.title, url: maskUrl(feed.url) },
    items,
  }
}
