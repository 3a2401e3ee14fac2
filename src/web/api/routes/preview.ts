import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { WatchItem } from '../../../matching/watch-item.ts'
import { withSince } from '../../../pipeline/add-item.ts'
import { previewSteps, type Preview, type PreviewOptions } from '../../../pipeline/preview.ts'
import { proposeItem } from '../../../pipeline/propose-item.ts'
import { readWrittenItem } from '../../../pipeline/written-item.ts'
import type { Desk } from '../../desk.ts'
import type { ApiApp } from '../app.ts'
import { ApiProblem } from '../problem.ts'
import { many } from '../schemas/common.ts'
import { newItemSchema } from '../schemas/item.ts'
import { previewJson, previewSchema, previewStepSchema, stepJson } from '../schemas/preview.ts'
import { fieldsProblem } from './item-edits.ts'
import { storedItem } from './items.ts'

const streamType = 'application/x-ndjson'

const wishSchema = z
  .strictObject({
    itemId: z
      .string()
      .max(64)
      .optional()
      .meta({ description: 'A question under watch, with what people said about it' }),
    ...newItemSchema.partial().shape,
    since: z
      .string()
      .max(40)
      .optional()
      .meta({ description: 'Entries from this day on; all stored ones when left out' }),
  })
  .refine(
    ({ itemId, question }) => (itemId === undefined) !== (question === undefined),
    'say itemId, or question and subject',
  )
  .meta({ id: 'PreviewWish', description: 'What is to be previewed: a question under watch, or a new one' })

const proposedSchema = z
  .object({ value: z.string(), reason: z.string() })
  .meta({ id: 'Proposed', description: 'Something proposed, and why' })

const proposalSchema = z
  .object({
    question: z.string(),
    ...{ id: proposedSchema, kind: proposedSchema, topic: proposedSchema },
    subject: many(proposedSchema).meta({ description: 'Empty where nothing in the question names anything' }),
    ...{ context: many(proposedSchema), about: many(proposedSchema), official: many(proposedSchema) },
    feeds: many(
      z.object({
        what: z.string().meta({ description: 'What POST /feeds takes' }),
        ...{ name: z.string(), reason: z.string(), isPolled: z.boolean(), isAdvised: z.boolean() },
      }),
    ),
    alike: many(z.object({ id: z.string(), question: z.string() })).meta({
      description: 'Questions about the same',
    }),
    looked: z.object({ entries: z.int(), naming: z.int() }),
  })
  .meta({
    id: 'Proposal',
    description: 'A watch item for a question, proposed from its words and from what is stored',
  })

/** What comes before adding: a proposal, and what it would have told. */
export function previewRoutes(app: ApiApp, desk: Desk): void {
  app.post(
    '/proposals',
    {
      config: { needs: 'read', keepsNothing: true },
      schema: {
        tags: ['Questions'],
        summary: 'Propose subject, context, kind, official outlets and feeds for a question; nothing is kept',
        body: z.strictObject({ question: z.string().min(1).max(2000) }),
        response: { 200: proposalSchema },
      },
    },
    async (request) => {
      const proposing = await proposeItem(request.body.question, desk, leavingOf(request))
      if (proposing.kind !== 'no-question') return proposing.proposal
      const detail = 'there is no question in this: write at least a few words'
      throw new ApiProblem('invalid', detail, [{ pointer: '/question', detail }])
    },
  )
  app.post(
    '/preview',
    {
      config: { needs: 'read', keepsNothing: true },
      schema: {
        tags: ['Questions'],
        summary:
          'What a question would have told over the stored entries; with Accept: application/x-ndjson step by step',
        body: wishSchema,
        response: {
          200: {
            description: 'The preview, or its steps, one a line',
            content: {
              'application/json': { schema: previewSchema },
              [streamType]: { schema: previewStepSchema },
            },
          },
        },
      },
    },
    async (request, reply) => {
      const { item, objections } = await wanted(request.body, desk)
      const options = { signal: leavingOf(request), ...(objections && { objections }) }
      if ((request.headers.accept ?? '').includes(streamType))
        // the type provider knows of the other form only
        return reply.type(streamType).send(Readable.from(lines(desk, item, options)) as never)
      const preview = await whole(desk, item, options)
      return reply.send(previewJson(preview))
    },
  )
}

async function wanted(
  { itemId, ...written }: z.output<typeof wishSchema>,
  desk: Desk,
): Promise<{ readonly item: WatchItem; readonly objections?: PreviewOptions['objections'] }> {
  if (itemId !== undefined) {
    const { item, muted, standing } = await storedItem(desk, itemId)
    return { item, objections: { muted, rejected: standing.rejected ?? [] } }
  }
  const described = await withSince({ ...written, question: written.question ?? '' }, desk)
  const read = readWrittenItem(described, { kinds: desk.config().kinds, since: new Date(0) })
  if (read.kind === 'invalid') throw fieldsProblem(read.problems)
  return { item: read.item }
}

async function whole(desk: Desk, item: WatchItem, options: PreviewOptions): Promise<Preview> {
  for await (const step of previewSteps(desk.db, item, desk.config(), options))
    if (step.kind === 'done') return step.preview
  throw new ApiProblem('unavailable', 'the preview was broken off')
}

async function* lines(desk: Desk, item: WatchItem, options: PreviewOptions): AsyncGenerator<string> {
  try {
    for await (const step of previewSteps(desk.db, item, desk.config(), options))
      yield `${JSON.stringify(stepJson(step))}\n`
  } catch (error) {
    desk.logger.error({ event: 'preview-failed', err: error }, 'a preview could not be finished')
    yield `${JSON.stringify({ kind: 'failed', detail: 'it could not be finished; the log says why' })}\n`
  }
}

/** Ends when whoever asked is gone. */
function leavingOf({ raw }: FastifyRequest): AbortSignal {
  const leaving = new AbortController()
  raw.socket.once('close', () => leaving.abort())
  return leaving.signal
}
