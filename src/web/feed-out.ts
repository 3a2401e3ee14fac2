import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { buildCalendar } from '../report/calendar.ts'
import { buildChangeFeed, type ChangeFeed, type ChangeFilter } from '../report/change-feed.ts'
import type { StatusReport } from '../report/status-report.ts'
import { etagOf, namesTag } from './etag.ts'
import { feedAddresses, type FeedAddresses } from './feed-out-addresses.ts'
import { renderAtom } from './feed-out-atom.ts'
import { renderCalendar } from './feed-out-calendar.ts'
import { renderJsonFeed } from './feed-out-json.ts'
import { calendarPath, changesPaths } from './pages/layout.tsx'

/** What the feeds of changes are made from. */
export interface FeedOutParts {
  readonly report: () => Promise<StatusReport>
  readonly installation: string
  /** The page of all questions; null or missing where only the asker knows how it is reached. */
  readonly pageUrl?: () => string | null
}

interface Form {
  readonly path: string
  readonly type: string
  /** Null where there is no question of the kind. */
  readonly render: (report: StatusReport, filter: ChangeFilter, addresses: FeedAddresses) => string | null
}

const changesAs =
  (render: (feed: ChangeFeed, addresses: FeedAddresses) => string): Form['render'] =>
  ({ items }, asked, addresses) => {
    const feed = buildChangeFeed(items, asked)
    return feed === null ? null : render(feed, addresses)
  }

const forms: readonly Form[] = [
  { path: changesPaths.atom, type: 'application/atom+xml; charset=utf-8', render: changesAs(renderAtom) },
  {
    path: changesPaths.json,
    type: 'application/feed+json; charset=utf-8',
    render: changesAs(renderJsonFeed),
  },
  {
    path: calendarPath,
    type: 'text/calendar; charset=utf-8',
    render({ items }, asked, addresses) {
      const calendar = buildCalendar(items, asked)
      return calendar === null ? null : renderCalendar(calendar, addresses)
    },
  },
]

const filter = z.object({ topic: z.string().max(500).optional(), item: z.string().max(500).optional() })

/** The changes of all questions as feeds and their expected dates as a calendar, or those of one topic (`?topic=`) or question (`?item=`). */
export function feedOutRoutes(parts: FeedOutParts) {
  return (app: FastifyInstance, _options: object, done: () => void): void => {
    const config = { needs: 'report', tokenInAddress: true } as const
    for (const form of forms)
      app.get(form.path, { config }, (request, reply) => answer(form, parts, request, reply))
    done()
  }
}

async function answer(
  { path, type, render }: Form,
  parts: FeedOutParts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const asked = filter.safeParse(request.query)
  if (!asked.success) return reply.code(400).send({ status: 'bad request' })
  const base = parts.pageUrl?.() ?? addressAskedFor(request)
  const addresses = feedAddresses({ base, installation: parts.installation }, path, asked.data)
  const body = render(await parts.report(), asked.data, addresses)
  if (body === null) return reply.code(404).send({ status: 'not found' })
  const tag = etagOf(body)
  // Readers may keep it, and ask each time whether it still stands.
  reply.header('etag', tag).header('cache-control', 'no-cache')
  if (namesTag(request.headers['if-none-match'], tag)) return reply.code(304).send()
  return reply.type(type).send(body)
}

function addressAskedFor({ protocol, host }: FastifyRequest): string {
  const url = `${protocol}://${host}/`
  return URL.canParse(url) ? new URL(url).origin + '/' : 'http://localhost/'
}
