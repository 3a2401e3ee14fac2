import { z } from 'zod'
import { actedWords } from '../../../pipeline/acted-words.ts'
import { actOnItem, type ActedOnItem } from '../../../pipeline/act-on-item.ts'
import { itemActionSchema } from '../../../pipeline/item-action.ts'
import { renderItemJson } from '../../../report/render-json.ts'
import type { Desk } from '../../desk.ts'
import type { ApiApp } from '../app.ts'
import { ApiProblem } from '../problem.ts'
import { itemParams } from '../schemas/common.ts'
import { itemSchema } from '../schemas/item.ts'
import { noSuchItem } from './items.ts'

const actedSchema = z
  .object({
    done: z.string().meta({ description: 'What came of it: acknowledged, snoozed, muted, rejected, ...' }),
    words: z.string().meta({ description: 'The same for people' }),
    item: itemSchema,
  })
  .meta({ id: 'ActedOnItem', description: 'What came of acting on a question' })

/** What people do about a question: acknowledge, snooze, mute, say that it is wrong, and take that back. */
export function itemActionRoutes(app: ApiApp, desk: Desk): void {
  app.post(
    '/items/:id/actions',
    {
      schema: {
        tags: ['Questions'],
        summary:
          'Acknowledge, snooze or wake a question, mute or unmute an outlet for it, reject what decided a change, or take that back',
        params: itemParams,
        body: itemActionSchema,
        response: { 200: actedSchema },
      },
    },
    async ({ params, body }) => {
      const acted = await actOnItem(params.id, body, 'api', desk)
      const { isDone, text } = actedWords(acted)
      if (!isDone) throw refusal(acted, params.id, text)
      const [item] = (await desk.report([params.id])).items
      if (item === undefined) throw noSuchItem(params.id)
      return { done: acted.kind, words: text, item: renderItemJson(item) }
    },
  )
}

function refusal({ kind }: ActedOnItem, id: string, words: string): ApiProblem {
  if (kind === 'no-item') return noSuchItem(id)
  if (kind === 'no-change') return new ApiProblem('not-found', words)
  if (kind === 'over') return new ApiProblem('invalid', words, [{ pointer: '/until', detail: words }])
  return new ApiProblem('conflict', words)
}
