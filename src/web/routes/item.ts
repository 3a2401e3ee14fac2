import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { nearest } from '../../config/nearest.ts'
import { actedWords } from '../../pipeline/acted-words.ts'
import { actOnItem } from '../../pipeline/act-on-item.ts'
import { changeItemState, type ChangedState } from '../../pipeline/change-item-state.ts'
import { itemActionSchema } from '../../pipeline/item-action.ts'
import { readItemStory, watchedIds } from '../../store/item-story.ts'
import type { Desk } from '../desk.ts'
import { doneWords, doneCode } from '../item-done.ts'
import { itemPath } from '../pages/item-card.tsx'
import { renderItemPage, renderNoItemPage, type ItemNotice } from '../pages/item-page.tsx'
import { viewerOf } from '../viewer.ts'

interface ItemRoute {
  Params: { id: string }
  Querystring: { done?: string }
}

const stateSchema = z.object({ action: z.enum(['pause', 'resume']) })

/** The page of a question, and what people do about it there. */
export function itemRoutes(desk: Desk) {
  return (app: FastifyInstance, _options: object, done: () => void): void => {
    app.get<ItemRoute>('/items/:id', { config: { needs: 'report' } }, (request, reply) =>
      show(desk, request, reply, doneWords(request.query.done)),
    )
    app.post<ItemRoute>('/items/:id/act', { config: { needs: 'write' } }, async (request, reply) => {
      const { id } = request.params
      const acted = await act(desk, id, request.body)
      if ('code' in acted) return reply.redirect(`${itemPath(id)}?done=${acted.code}`, 303)
      return show(desk, request, reply.code(422), { isDone: false, text: acted.text })
    })
    done()
  }
}

async function show(
  desk: Desk,
  request: FastifyRequest<ItemRoute>,
  reply: FastifyReply,
  notice: ItemNotice | null,
): Promise<FastifyReply> {
  reply.type('text/html; charset=utf-8')
  const { id } = request.params
  const now = desk.clock.now()
  const viewer = viewerOf(request)
  const story = await readItemStory(desk.db, id, now)
  if (story !== null) return reply.send(renderItemPage({ story, now, viewer, notice }))
  return reply.code(404).send(renderNoItemPage(id, nearIds(id, await watchedIds(desk.db.pool)), viewer))
}

/** What was done, by the code of its sentence; or why it was not. */
async function act(
  desk: Desk,
  id: string,
  body: unknown,
): Promise<{ readonly code: string } | { readonly text: string }> {
  const state = stateSchema.safeParse(body)
  if (state.success) return stateOf(await changeItemState(id, state.data.action, { via: 'page' }, desk))
  const action = itemActionSchema.safeParse(body)
  if (!action.success) return { text: action.error.issues[0]?.message ?? 'This cannot be done.' }
  const acted = await actOnItem(id, action.data, 'page', desk)
  const { isDone, text } = actedWords(acted)
  return isDone ? { code: doneCode(acted) } : { text }
}

function stateOf(changed: ChangedState): { readonly code: string } | { readonly text: string } {
  switch (changed.kind) {
    case 'changed':
    case 'already':
      return { code: changed.state === 'paused' ? 'paused' : 'resumed' }
    case 'removed':
      return { text: 'This question was removed: it can be neither paused nor resumed.' }
    case 'no-item':
      return { text: 'There is no such question.' }
    case 'managed':
      return { text: `A file of the configuration says so: ${changed.file}. Change it there.` }
  }
}

/** Names that may be meant: the nearest one, and those that share a part with what was asked for. */
function nearIds(id: string, known: readonly string[]): readonly string[] {
  const parts = id
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((part) => part.length > 2)
  const alike = known.filter((one) => parts.some((part) => one.includes(part)))
  const closest = nearest(id, known)
  return [...new Set([...(closest === null ? [] : [closest]), ...alike])].slice(0, 8)
}
