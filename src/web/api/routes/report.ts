import { z } from 'zod'
import { renderJson } from '../../../report/render-json.ts'
import { renderMarkdown } from '../../../report/render-markdown.ts'
import { etagOf } from '../../etag.ts'
import type { Desk } from '../../desk.ts'
import { reportFor } from '../../report-for.ts'
import type { ApiApp } from '../app.ts'
import { many, moment } from '../schemas/common.ts'
import { itemSchema } from '../schemas/item.ts'

const failureSchema = z
  .object({
    url: z.string().meta({ description: 'Without keys and passwords' }),
    ...{ host: z.string(), title: z.string().nullable(), name: z.string() },
    state: z.enum(['failing', 'stale', 'retired']),
    ...{ reason: z.string(), since: moment().nullable(), failures: z.int(), nextTry: moment().nullable() },
  })
  .meta({ id: 'FeedFailure', description: 'A feed that brings nothing at present, and why' })

const processSchema = z
  .object({
    ...{ id: z.string(), kind: z.enum(['start', 'worker', 'web']), host: z.string(), pid: z.int() },
    ...{ version: z.string(), startedAt: moment(), seenAt: moment() },
    page: z.string().nullable(),
    metrics: z.string().nullable(),
    trouble: z.string().nullable().meta({ description: 'What keeps it from its work' }),
    ...{ state: z.string().meta({ description: '`alive`, or `lost`: silent for too long' }) },
  })
  .meta({ id: 'Process', description: 'A process of openwatch on this database' })

const reportSchema = z
  .object({
    generatedAt: moment(),
    items: many(itemSchema),
    feeds: z.object({
      ...{ healthy: z.int(), failing: z.int(), stale: z.int(), waiting: z.int(), paused: z.int() },
      ...{ total: z.int(), failures: many(failureSchema) },
    }),
    processes: many(processSchema),
  })
  .meta({ id: 'Report', description: 'Where every question stands, and the health of the feeds' })

/** The status report. */
export function reportRoutes(app: ApiApp, desk: Desk): void {
  app.get(
    '/report',
    {
      config: { needs: 'report' },
      schema: {
        tags: ['Report'],
        summary:
          'Where every question stands, and the health of the feeds; as Markdown where that is asked for',
        response: {
          200: {
            description: 'The status report',
            content: {
              'application/json': { schema: reportSchema },
              'text/markdown': { schema: z.string() },
            },
          },
        },
      },
    },
    async (request, reply) => {
      const report = reportFor(request, await desk.report())
      void reply.header('vary', 'accept')
      if (prefersMarkdown(request.headers.accept))
        return reply.type('text/markdown; charset=utf-8').serializer(String).send(renderMarkdown(report))
      const body = renderJson(report)
      // the same report is the same, whenever it was made
      void reply.header('etag', etagOf(JSON.stringify({ ...body, generatedAt: null, processes: null })))
      return body
    },
  )
}

function prefersMarkdown(accept: string | undefined): boolean {
  return (
    accept !== undefined && /text\/(?:markdown|plain)/.test(accept) && !accept.includes('application/json')
  )
}
