import { z } from 'zod'
import { renderItemJson } from '../../../report/render-json.ts'
import { statuses } from '../../../status/status.ts'
import { listItemIds } from '../../../store/item-list.ts'
import { listItems, type StoredItem } from '../../../store/watch-items.ts'
import type { Desk } from '../../desk.ts'
import { etagOf } from '../../etag.ts'
import type { ApiApp } from '../app.ts'
import { decodeCursor, page, pageOf, pageQuery } from '../cursor.ts'
import { ApiProblem } from '../problem.ts'
import { itemParams } from '../schemas/common.ts'
import { definitionSchema, itemSchema, itemSummarySchema } from '../schemas/item.ts'

const query = z.object({
  state: z
    .enum(['watching', 'paused', 'retired'])
    .optional()
    .meta({ description: 'All that are not retired when left out' }),
  status: z.enum(statuses).optional(),
  topic: z.string().max(64).optional(),
  q: z.string().max(200).optional().meta({ description: 'Words in the question or the id' }),
  ...pageQuery,
})

/** Reading the questions under watch. */
export function itemRoutes(app: ApiApp, desk: Desk): void {
  app.get(
    '/items',
    {
      schema: {
        tags: ['Questions'],
        summary: 'The questions, each with where it stands',
        querystring: query,
        response: { 200: pageOf(itemSummarySchema) },
      },
    },
    async (request, reply) => {
      const { limit, cursor, q, ...choice } = request.query
      const after = decodeCursor('items', cursor, z.tuple([z.string()]))?.[0] ?? null
      const rows = await listItemIds(desk.db.pool, { ...choice, text: q }, { after, limit: limit + 1 })
      const reports = new Map((await desk.report(rows)).items.map((item) => [item.id, item]))
      const known = rows.flatMap((id) => reports.get(id) ?? [])
      return page(
        { rows: known, limit, list: 'items' },
        { show: renderItemJson, place: ({ id }) => [id] },
        { request, reply },
      )
    },
  )
  app.get(
    '/items/:id',
    {
      schema: {
        tags: ['Questions'],
        summary:
          'A question in full: its standing with the evidence, its changes, every promised date, the claims that moved nothing',
        params: itemParams,
        response: { 200: itemSchema },
      },
    },
    async ({ params }) => {
      const [item] = (await desk.report([params.id])).items
      if (item === undefined) throw noSuchItem(params.id)
      return renderItemJson(item)
    },
  )
  app.get(
    '/items/:id/definition',
    {
      schema: {
        tags: ['Questions'],
        summary: 'A question as its owner wrote it; its ETag is what If-Match takes',
        params: itemParams,
        response: { 200: definitionSchema },
      },
    },
    async ({ params }, reply) => {
      const stored = await storedItem(desk, params.id)
      void reply.header('etag', definitionTag(stored))
      return definitionJson(stored)
    },
  )
}

/** The item of that id. Throws ApiProblem (404). */
export async function storedItem({ db }: Pick<Desk, 'db'>, id: string): Promise<StoredItem> {
  const [stored] = await listItems(db.pool, [id])
  if (stored === undefined) throw noSuchItem(id)
  return stored
}

/** That there is no such item. */
export function noSuchItem(id: string): ApiProblem {
  return new ApiProblem(
    'not-found',
    `there is no question ${JSON.stringify(id)}; GET /api/v1/items lists them`,
  )
}

/** An item as its owner wrote it, as plain data. */
export function definitionJson({
  item,
  origin,
  state,
  createdAt,
}: StoredItem): z.input<typeof definitionSchema> {
  const { subject, context, about, official, since } = item
  return {
    ...item,
    ...{ subject: [...subject], context: [...context], about: [...about], official: [...official] },
    ...{ since: since.toISOString(), origin, state, createdAt: createdAt.toISOString() },
  }
}

/** Another definition has another tag. */
export function definitionTag(stored: StoredItem): string {
  return etagOf(JSON.stringify(definitionJson(stored)))
}
