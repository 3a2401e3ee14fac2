import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { alertKinds } from '../../config/schema/alert-kinds.ts'
import { explainDelivery } from '../../pipeline/explain-delivery.ts'
import { listAlerts, listChannels } from '../../pipeline/list-alerts.ts'
import { retryAlerts } from '../../pipeline/retry-alerts.ts'
import { deliveryStates, type DeliveryFilter } from '../../store/deliveries.ts'
import type { Desk } from '../desk.ts'
import { choiceOf, fieldOf, withQuery } from '../fields.ts'
import { renderAlertPage } from '../pages/alert-page.tsx'
import { renderAlertsPage, type AlertsNotice } from '../pages/alerts-page.tsx'
import { renderMissingPage } from '../pages/missing-page.tsx'
import { viewerOf } from '../viewer.ts'

const perPage = 50

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The pages /alerts and /alerts/:id, with trying again and testing channels. */
export function alertsRoutes(desk: Desk) {
  return (app: FastifyInstance, _options: object, done: () => void): void => {
    app.get('/alerts', (request, reply) => show(desk, request, reply, retriedNotice(request.query)))
    app.post('/alerts/test', async (request, reply) => {
      const channel = fieldOf(request.body, 'channel')
      const tested = await desk.deliveries.test(channel)
      if (tested === null) return show(desk, request, reply.code(422), { kind: 'no-channel' })
      return show(desk, request, reply, { kind: 'tested', channel, tested })
    })
    app.post('/alerts/retry', async (request, reply) => {
      const channel = fieldOf(request.body, 'channel')
      const all = fieldOf(request.body, 'all') === 'yes'
      if (channel === '' && !all) return show(desk, request, reply.code(422), null)
      const outcome = await retryAlerts(channel === '' ? { all: true } : { channel }, desk)
      if (outcome.kind !== 'tried') return show(desk, request, reply.code(422), { kind: 'no-channel' })
      return reply.redirect(withQuery('/alerts', { retried: outcome.alerts }), 303)
    })
    app.get<{ Params: { id: string } }>('/alerts/:id', async (request, reply) => {
      const explained = await explainDelivery(request.params.id, desk)
      if (explained.kind !== 'explained') return missing(request, reply)
      const notice = choiceOf(request.query, 'done', ['retried', 'nothing'])
      const shown = { viewer: viewerOf(request), now: desk.clock.now(), explained, notice }
      return html(reply).send(renderAlertPage(shown))
    })
    app.post<{ Params: { id: string } }>('/alerts/:id', async (request, reply) => {
      const { id } = request.params
      // the whole id: a form names one alert, not those that begin alike
      const outcome = uuid.test(id) ? await retryAlerts({ id }, desk) : null
      if (outcome === null || outcome.kind === 'unknown' || outcome.kind === 'ambiguous')
        return missing(request, reply)
      const isTried = outcome.kind === 'tried' && outcome.alerts > 0
      return reply.redirect(`/alerts/${id}?done=${isTried ? 'retried' : 'nothing'}`, 303)
    })
    done()
  }
}

async function show(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  notice: AlertsNotice | null,
): Promise<FastifyReply> {
  const { query } = request
  const given = (name: string) => (fieldOf(query, name) === '' ? undefined : fieldOf(query, name))
  const after = fieldOf(query, 'after')
  const filter: DeliveryFilter = {
    state: choiceOf(query, 'state', deliveryStates) ?? undefined,
    channel: given('channel'),
    item: given('item'),
    kind: choiceOf(query, 'kind', alertKinds) ?? undefined,
    after: uuid.test(after) ? after : undefined,
  }
  const list = await listAlerts(filter, perPage, desk)
  const channels = await listChannels(desk)
  const shown = { ...list, filter, channels, notice }
  return html(reply).send(renderAlertsPage({ viewer: viewerOf(request), now: desk.clock.now(), ...shown }))
}

function retriedNotice(query: unknown): AlertsNotice | null {
  const retried = fieldOf(query, 'retried')
  return /^\d{1,5}$/.test(retried) ? { kind: 'retried', alerts: Number(retried) } : null
}

function missing(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const shown = { viewer: viewerOf(request), section: '/alerts', what: 'alert', list: 'All alerts' }
  return html(reply).code(404).send(renderMissingPage(shown))
}

function html(reply: FastifyReply): FastifyReply {
  return reply.type('text/html; charset=utf-8')
}
