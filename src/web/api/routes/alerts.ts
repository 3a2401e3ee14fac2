import { z } from 'zod'
import { alertKinds } from '../../../config/schema/alert-kinds.ts'
import { explainDelivery } from '../../../pipeline/explain-delivery.ts'
import { outcomeText } from '../../../pipeline/delivery-words.ts'
import { listAlerts, listChannels, type ListedAlert } from '../../../pipeline/list-alerts.ts'
import { retryAlerts } from '../../../pipeline/retry-alerts.ts'
import { maskUrls } from '../../../report/mask-url.ts'
import { deliveryStates, type StoredDelivery } from '../../../store/deliveries.ts'
import type { Desk } from '../../desk.ts'
import type { ApiApp } from '../app.ts'
import { decodeCursor, page, pageOf, pageQuery } from '../cursor.ts'
import { ApiProblem } from '../problem.ts'
import { many, moment } from '../schemas/common.ts'

const listed = {
  id: z.string(),
  alertId: z.string().meta({ description: 'One alert goes to several channels' }),
  kind: z.string().meta({ description: 'status-changed, date-changed, corrected, overdue, feed-blind, ...' }),
  subject: z.string().meta({ description: 'What it tells, in a line' }),
  itemId: z.string().nullable(),
  channel: z.string(),
  state: z
    .enum(deliveryStates)
    .meta({ description: '`dead`: given up, to be retried; `withdrawn`: no longer true before it was sent' }),
  ...{
    attempts: z.int(),
    createdAt: moment(),
    nextAttemptAt: moment().nullable(),
    sentAt: moment().nullable(),
  },
  lastError: z.string().nullable(),
  waitsFor: z.string().nullable().meta({ description: 'What it waits for, in words' }),
}

const listedSchema = z.object(listed).meta({ id: 'Delivery', description: 'One alert on one channel' })

const trySchema = z
  .object({
    at: moment(),
    outcome: z.enum(['sent', 'retry', 'refused']),
    detail: z.string(),
    durationMs: z.int(),
  })
  .meta({ id: 'Try', description: 'One try to deliver' })

const explainedSchema = z
  .object({
    ...listed,
    words: z.string().meta({ description: 'What became of it and what happens next' }),
    tries: many(trySchema),
    elsewhere: many(z.object({ id: z.string(), channel: z.string(), state: z.enum(deliveryStates) })).meta({
      description: 'The same alert on other channels',
    }),
  })
  .meta({ id: 'ExplainedDelivery', description: 'All that is known of one alert on one channel' })

const query = z.object({
  state: z.enum(deliveryStates).optional(),
  channel: z.string().max(64).optional(),
  item: z.string().max(64).optional(),
  kind: z.enum(alertKinds).optional(),
  ...pageQuery,
})

const params = z.object({
  id: z
    .string()
    .regex(/^[0-9a-fA-F-]{4,36}$/)
    .meta({ description: 'The id of a delivery, or its beginning' }),
})

const retrySchema = z
  .strictObject({
    channel: z.string().max(64).optional().meta({ description: 'All of this channel that failed' }),
    all: z.literal(true).optional().meta({ description: 'All dead letters' }),
  })
  .refine(({ channel, all }) => (channel === undefined) !== (all === undefined), 'say channel or all')

const retriedSchema = z.object({ retried: z.int().meta({ description: 'How many are tried at once' }) })

/** Alerts and what became of them. */
export function alertRoutes(app: ApiApp, desk: Desk): void {
  app.get(
    '/alerts',
    {
      schema: {
        tags: ['Alerts'],
        summary: 'The alerts, each on each of its channels, the newest first',
        querystring: query,
        response: { 200: pageOf(listedSchema) },
      },
    },
    async (request, reply) => {
      const { limit, cursor, ...filter } = request.query
      const after = decodeCursor('alerts', cursor, z.tuple([z.uuid()]))?.[0]
      const { alerts } = await listAlerts({ ...filter, after }, limit + 1, desk)
      return page(
        { rows: alerts, limit, list: 'alerts' },
        { show: alertJson, place: ({ delivery }) => [delivery.id] },
        { request, reply },
      )
    },
  )
  app.get(
    '/alerts/:id',
    {
      schema: {
        tags: ['Alerts'],
        summary: 'What became of an alert on a channel, try by try, and what it waits for',
        params,
        response: { 200: explainedSchema },
      },
    },
    async (request) => {
      const found = await explainDelivery(request.params.id, desk)
      if (found.kind !== 'explained') throw unnamed(request.params.id, found.kind)
      const { delivery, reason, tries, elsewhere } = found
      return {
        ...alertJson(found),
        words: maskUrls(outcomeText(delivery, reason, desk.clock.now())),
        tries: tries.map(({ at, detail, ...one }) => ({
          ...one,
          detail: maskUrls(detail),
          at: at.toISOString(),
        })),
        elsewhere: elsewhere.map(({ id, channel, state }) => ({ id, channel, state })),
      }
    },
  )
  retryRoutes(app, desk)
}

function retryRoutes(app: ApiApp, desk: Desk): void {
  app.post(
    '/alerts/:id/retry',
    {
      schema: {
        tags: ['Alerts'],
        summary: 'Try an alert on a channel again at once',
        params,
        response: { 200: retriedSchema },
      },
    },
    (request) => retried({ id: request.params.id }, desk),
  )
  app.post(
    '/alerts/retry',
    {
      schema: {
        tags: ['Alerts'],
        summary: 'Try all dead letters again, or all that failed on a channel',
        body: retrySchema,
        response: { 200: retriedSchema },
      },
    },
    ({ body: { channel } }) => retried(channel === undefined ? { all: true } : { channel }, desk),
  )
}

async function retried(wish: Parameters<typeof retryAlerts>[0], desk: Desk): Promise<{ retried: number }> {
  const outcome = await retryAlerts(wish, desk)
  switch (outcome.kind) {
    case 'tried':
      return { retried: outcome.alerts }
    case 'unknown':
    case 'ambiguous':
      throw unnamed('id' in wish ? wish.id : '', outcome.kind)
    case 'over':
      throw new ApiProblem('conflict', `it is ${outcome.delivery.state}: there is nothing to try`)
    case 'unknown-channel': {
      const detail = `there is no such channel; there is ${outcome.channels.join(', ') || 'none'}`
      throw new ApiProblem('invalid', detail, [{ pointer: '/channel', detail }])
    }
  }
}

function unnamed(id: string, kind: 'unknown' | 'ambiguous'): ApiProblem {
  return kind === 'unknown'
    ? new ApiProblem('not-found', `there is no alert ${JSON.stringify(id)}; GET /api/v1/alerts lists them`)
    : new ApiProblem('conflict', `several alerts begin with ${id}: write more of the id`)
}

function alertJson({ delivery, subject, reason }: ListedAlert): z.input<typeof listedSchema> {
  const { id, alertId, alertKind, itemId, channel, state, attempts, lastError }: StoredDelivery = delivery
  return {
    ...{ id, alertId, kind: alertKind, subject, itemId, channel, state, attempts },
    lastError: lastError === null ? null : maskUrls(lastError),
    createdAt: delivery.createdAt.toISOString(),
    nextAttemptAt: delivery.nextAttemptAt?.toISOString() ?? null,
    sentAt: delivery.sentAt?.toISOString() ?? null,
    waitsFor: reason,
  }
}

const channelSchema = z
  .object({
    id: z.string(),
    type: z.string().nullable().meta({ description: 'Null for one that is no longer configured' }),
    ...{ failures: z.int(), failingSince: moment().nullable(), heldUntil: moment().nullable() },
    ...{ lastOkAt: moment().nullable(), lastError: z.string().nullable() },
    counts: z.object({ waiting: z.int(), sent: z.int(), dead: z.int(), withdrawn: z.int() }),
  })
  .meta({ id: 'Channel', description: 'Where alerts go, and how it is' })

const testedSchema = z
  .object({
    outcome: z.enum(['sent', 'retry', 'refused']),
    detail: z.string(),
  })
  .meta({ id: 'TestedChannel', description: 'What came back from a channel that was sent a test' })

/** Where alerts go. */
export function channelRoutes(app: ApiApp, desk: Desk): void {
  app.get(
    '/channels',
    {
      schema: {
        tags: ['Alerts'],
        summary: 'Where alerts go, and how each channel is',
        response: { 200: z.object({ data: many(channelSchema) }) },
      },
    },
    async () => ({
      data: (await listChannels(desk)).map(({ id, config, state, counts }) => ({
        ...{ id, type: config?.type ?? null, counts, failures: state.failures },
        failingSince: state.failingSince?.toISOString() ?? null,
        heldUntil: state.heldUntil?.toISOString() ?? null,
        lastOkAt: state.lastOkAt?.toISOString() ?? null,
        lastError: state.lastError === null ? null : maskUrls(state.lastError),
      })),
    }),
  )
  app.post(
    '/channels/:id/test',
    {
      schema: {
        tags: ['Alerts'],
        summary: 'Send a real alert through a channel at once',
        params: z.object({ id: z.string().min(1).max(64) }),
        response: { 200: testedSchema },
      },
    },
    async (request) => {
      const found = await desk.deliveries.test(request.params.id)
      if (found === null)
        throw new ApiProblem('not-found', 'there is no such channel; GET /api/v1/channels lists them')
      return { outcome: found.kind, detail: found.kind === 'sent' ? maskUrls(found.detail) : found.reason }
    },
  )
}
