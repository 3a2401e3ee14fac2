import { z } from 'zod'
import { explainEntry, type ItemExplanation } from '../../../pipeline/explain.ts'
import { maskUrl } from '../../../report/mask-url.ts'
import { windowJson } from '../../../report/render-json.ts'
import { rejectionWords } from '../../../status/rejected.ts'
import { listItems } from '../../../store/watch-items.ts'
import type { Desk } from '../../desk.ts'
import type { ApiApp } from '../app.ts'
import { certaintySchema, many, moment, statusSchema, windowSchema } from '../schemas/common.ts'
import { storedItem } from './items.ts'

const itemSchema = z
  .object({
    ...{ itemId: z.string(), question: z.string() },
    matched: z.boolean(),
    match: z.string().meta({ description: 'Why it met the question, or what it lacks' }),
    notJudged: z.string().nullable().meta({ description: 'Why it was not judged at all' }),
    claims: many(
      z.object({
        signal: statusSchema.nullable(),
        ...{ hedged: z.boolean(), window: windowSchema.nullable(), quote: z.string(), because: z.string() },
      }),
    ).meta({ description: 'What it says about the question, by the rules of now' }),
    remarks: many(z.string()).meta({ description: 'Why other places of it claim nothing' }),
    decided: many(
      z.object({
        ...{ decision: z.enum(['status-changed', 'date-changed', 'unchanged']), reason: z.string() },
        ...{ signal: statusSchema.nullable(), certainty: certaintySchema, quote: z.string() },
        rejected: z.string().nullable().meta({ description: 'Why a person took it out of the evidence' }),
      }),
    ).meta({ description: 'What was decided when it came' }),
  })
  .meta({ id: 'ItemExplanation', description: 'Why an entry did or did not move a question' })

const explanationSchema = z
  .object({
    ...{ title: z.string(), url: z.string().nullable(), outlet: z.string(), feedUrl: z.string() },
    ...{ at: moment(), seenAt: moment() },
    items: many(itemSchema),
  })
  .meta({ id: 'Explanation', description: 'An entry as it stood, with what every question made of it' })

/** Why an entry did or did not change anything. */
export function explanationRoutes(app: ApiApp, desk: Desk): void {
  app.get(
    '/explanations',
    {
      schema: {
        tags: ['Entries'],
        summary:
          'Step by step why an entry did or did not change anything; empty where no feed has carried it',
        querystring: z.object({
          url: z.string().min(1).max(4000).meta({ description: 'The address that the entry links to' }),
          item: z.string().max(64).optional().meta({ description: 'One question; all when left out' }),
        }),
        response: { 200: z.object({ data: many(explanationSchema) }) },
      },
    },
    async ({ query: { url, item } }) => {
      const items =
        item === undefined
          ? (await listItems(desk.db.pool)).filter(({ state }) => state !== 'retired')
          : [await storedItem(desk, item)]
      const explained = await explainEntry(desk.db.pool, url, items, desk.config())
      return {
        data: explained.map(({ revision, items: all }) => ({
          ...{ title: revision.title, url: revision.url, outlet: revision.outlet },
          ...{ feedUrl: maskUrl(revision.feedUrl), at: revision.at.toISOString() },
          seenAt: revision.seenAt.toISOString(),
          items: all.map(explanationJson),
        })),
      }
    },
  )
}

function explanationJson({ stored, match, claims, remarks, decided, notJudged }: ItemExplanation) {
  return {
    ...{ itemId: stored.item.id, question: stored.item.question },
    ...{ matched: match.matched, match: match.summary, notJudged, remarks },
    claims: claims.map(({ signal, hedged, window, quote, because }) => ({
      ...{ signal, hedged, window: windowJson(window), quote, because },
    })),
    decided: decided.map(({ decision, reason, signal, certainty, quote, rejected }) => ({
      ...{ decision, reason, signal, certainty, quote },
      rejected: rejected === null ? null : rejectionWords[rejected.reason],
    })),
  }
}
