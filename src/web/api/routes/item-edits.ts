import { z } from 'zod'
import { addItem } from '../../../pipeline/add-item.ts'
import { changeItemState, type ChangedState, type ItemChange } from '../../../pipeline/change-item-state.ts'
import { editItem, type ItemEdits } from '../../../pipeline/edit-item.ts'
import type { Managed } from '../../../pipeline/item-desk.ts'
import type { FieldProblem } from '../../../pipeline/written-item.ts'
import { editsOf } from '../../../store/item-edits.ts'
import { namesTag } from '../../etag.ts'
import type { Desk } from '../../desk.ts'
import type { ApiApp } from '../app.ts'
import { ApiProblem, mistakesProblem } from '../problem.ts'
import { itemParams, many, moment } from '../schemas/common.ts'
import { definitionSchema, itemEditSchema, newItemSchema } from '../schemas/item.ts'
import type { StoredItem } from '../../../store/watch-items.ts'
import { definitionJson, definitionTag, noSuchItem, storedItem } from './items.ts'

const actor = { via: 'api' } as const

const editSchema = z
  .object({
    what: z.enum(['added', 'edited', 'paused', 'resumed', 'removed']),
    changes: many(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
    via: z.string().meta({ description: 'cli, page, link, api or mcp' }),
    at: moment(),
  })
  .meta({ id: 'Edit', description: 'What a person did to a question' })

/** Adding and changing questions. */
export function itemEditRoutes(app: ApiApp, desk: Desk): void {
  app.post(
    '/items',
    {
      schema: {
        tags: ['Questions'],
        summary: 'Put a question under watch; the stored entries are judged for it, without alerting',
        body: newItemSchema,
        response: { 201: definitionSchema },
      },
    },
    async ({ body }, reply) => {
      const added = await addItem(body, actor, desk)
      switch (added.kind) {
        case 'invalid':
          throw fieldsProblem(added.problems)
        case 'id-taken':
          throw new ApiProblem('conflict', `there is a question ${added.id} already; ${added.free} is free`)
        case 'added':
          void reply.code(201).header('location', `/api/v1/items/${added.stored.item.id}`)
          return definitionJson(added.stored)
      }
    },
  )
  definitionRoute(app, desk)
  stateRoutes(app, desk)
  historyRoute(app, desk)
}

function definitionRoute(app: ApiApp, desk: Desk): void {
  app.patch(
    '/items/:id/definition',
    {
      schema: {
        tags: ['Questions'],
        summary: 'Change how a question is defined; with If-Match only where it is still as you know it',
        params: itemParams,
        headers: z.looseObject({
          'if-match': z
            .string()
            .max(500)
            .optional()
            .meta({ description: 'The ETag of the definition as you know it' }),
        }),
        body: itemEditSchema,
        response: { 200: definitionSchema },
      },
    },
    async ({ params, body, headers }, reply) => {
      const tag = headers['if-match']
      const knows = (stored: StoredItem) => tag === undefined || namesTag(tag, definitionTag(stored))
      const edited = await editItem(params.id, body as ItemEdits, { ...actor, knows }, desk)
      switch (edited.kind) {
        case 'no-item':
          throw noSuchItem(params.id)
        case 'stale':
          throw new ApiProblem(
            'precondition-failed',
            'somebody changed it meanwhile: read it again, then change that',
          )
        case 'invalid':
          throw fieldsProblem(edited.problems)
        case 'removed':
          throw new ApiProblem('conflict', `${params.id} was removed; add the question again`)
        case 'managed':
          throw managed(edited)
        case 'edited':
        case 'unchanged': {
          void reply.header('etag', definitionTag(edited.stored))
          return definitionJson(edited.stored)
        }
      }
    },
  )
}

function stateRoutes(app: ApiApp, desk: Desk): void {
  for (const [change, words] of [
    ['pause', 'Stop judging for a question, for now'],
    ['resume', 'Judge for a question again; what came meanwhile is judged without alerting'],
  ] as const)
    app.post(
      `/items/:id/${change}`,
      {
        schema: {
          tags: ['Questions'],
          summary: words,
          params: itemParams,
          response: { 200: definitionSchema },
        },
      },
      async ({ params }) => {
        await changeState(params.id, change, desk)
        return definitionJson(await storedItem(desk, params.id))
      },
    )
  app.delete(
    '/items/:id',
    {
      schema: {
        tags: ['Questions'],
        summary: 'Take a question off the watch; its history is kept',
        params: itemParams,
        response: { 200: definitionSchema },
      },
    },
    async ({ params }) => {
      await changeState(params.id, 'remove', desk)
      return definitionJson(await storedItem(desk, params.id))
    },
  )
}

function historyRoute(app: ApiApp, desk: Desk): void {
  app.get(
    '/items/:id/edits',
    {
      schema: {
        tags: ['Questions'],
        summary: 'What people did to a question, the newest first',
        params: itemParams,
        response: { 200: z.object({ data: many(editSchema) }) },
      },
    },
    async ({ params }) => {
      await storedItem(desk, params.id)
      const edits = await editsOf(desk.db.pool, params.id)
      return {
        data: edits.map(({ at, what, changes, via }) => ({ what, changes, via, at: at.toISOString() })),
      }
    },
  )
}

async function changeState(id: string, change: ItemChange, desk: Desk): Promise<void> {
  const changed: ChangedState = await changeItemState(id, change, actor, desk)
  switch (changed.kind) {
    case 'changed':
    case 'already':
      return
    case 'no-item':
      throw noSuchItem(id)
    case 'removed':
      throw new ApiProblem('conflict', `${id} was removed; add the question again`)
    case 'managed':
      throw managed(changed)
  }
}

function managed({ itemId, file }: Managed): ApiProblem {
  return new ApiProblem('conflict', `the configuration manages ${itemId}: change it in ${file}`)
}

/** The problem that mistakes in the fields of a question make. */
export function fieldsProblem(problems: readonly FieldProblem[]): ApiProblem {
  return mistakesProblem(problems.map(({ field, message, fix }) => ({ path: field, message, fix })))
}
