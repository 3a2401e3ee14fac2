import { z } from 'zod'
import { renderItemJson } from '../../../report/render-json.ts'
import { findChanges, type ChangeKey } from '../../../store/changes.ts'
import { instant } from '../../../config/schema/values.ts'
import type { Desk } from '../../desk.ts'
import type { ApiApp } from '../app.ts'
import { decodeCursor, page, pageOf, pageQuery } from '../cursor.ts'
import { changeSchema } from '../schemas/item.ts'

const query = z.object({
  since: instant().optional().meta({ description: 'Written down at this day or time (UTC) or later' }),
  item: z.string().max(64).optional(),
  topic: z.string().max(64).optional(),
  kind: z.enum(['status', 'date', 'correction']).optional(),
  order: z.enum(['newest', 'oldest']).prefault('newest').meta({ description: 'Which come first' }),
  ...pageQuery,
})

const listedSchema = z
  .object({ ...changeSchema.shape, itemId: z.string(), question: z.string(), topic: z.string() })
  .meta({ id: 'ListedChange', description: 'A change with the question that it is of' })

type Listed = z.input<typeof listedSchema>

/** What moved. */
export function changeRoutes(app: ApiApp, desk: Desk): void {
  app.get(
    '/changes',
    {
      schema: {
        tags: ['Report'],
        summary: 'What moved: the changes of all questions, in the order in which they were written down',
        querystring: query,
        response: { 200: pageOf(listedSchema) },
      },
    },
    async (request, reply) => {
      const { limit, cursor, ...meant } = request.query
      const place = z.tuple([z.string().regex(/^\d{1,18}$/)])
      const after = decodeCursor('changes', cursor, place)?.[0] ?? null
      const rows = await listedChanges(
        desk,
        await findChanges(desk.db.pool, { ...meant, after, limit: limit + 1 }),
      )
      return page(
        { rows, limit, list: 'changes' },
        { show: (row) => row, place: ({ id }) => [id] },
        { request, reply },
      )
    },
  )
}

/** Changes in full, in the order of their keys. */
export async function listedChanges(
  desk: Pick<Desk, 'report'>,
  keys: readonly ChangeKey[],
): Promise<Listed[]> {
  if (keys.length === 0) return []
  const { items } = await desk.report([...new Set(keys.map(({ itemId }) => itemId))])
  const found = new Map(
    items
      .map(renderItemJson)
      .flatMap(({ id: itemId, question, topic, changes }) =>
        changes.map((change) => [change.id, { ...change, itemId, question, topic }] as const),
      ),
  )
  return keys.flatMap(({ id }) => found.get(id) ?? [])
}
