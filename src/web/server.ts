import formbody from '@fastify/formbody'
import fastify, { type FastifyInstance } from 'fastify'
import { renderJson } from '../report/render-json.ts'
import type { StatusReport } from '../report/status-report.ts'
import { actionRoutes, type ActionParts } from './actions.ts'
import { answerBadRequest, answerFaults, securityHeaders } from './faults.ts'
import { feedOutRoutes } from './feed-out.ts'
import { apiRoutes } from './api/api.ts'
import { assetRoutes } from './assets.ts'
import type { Desk } from './desk.ts'
import { renderStatusPage } from './pages/status-page.tsx'
import { alertsRoutes } from './routes/alerts.ts'
import { entriesRoutes } from './routes/entries.ts'
import { feedsRoutes } from './routes/feeds.ts'
import { newItemRoutes } from './routes/new-item.ts'
import { settingsRoutes } from './routes/settings.ts'
import { viewerOf } from './viewer.ts'
import { websubRoutes, type WebSubParts } from './websub.ts'

/** What the pages show and the health endpoints ask. */
export interface WebParts {
  readonly report: () => Promise<StatusReport>
  /** The id of the installation, by which another daemon knows that this is the same one. */
  readonly installation: string
  /** Null when ready, else the reason why not. */
  readonly notReady: () => Promise<string | null>
  /** The page as people reach it, with a slash at the end; as it was asked for where this is null or missing. */
  readonly pageUrl?: () => string | null
  /** Without it there are no callbacks for hubs. */
  readonly websub?: WebSubParts
  /** Without it the links in alerts lead nowhere. */
  readonly actions?: ActionParts
  /** Without it there is the report, and nothing to change. */
  readonly desk?: Desk
  /** Is told why something could not be answered: those who asked are not. */
  readonly onFault?: (error: unknown) => void
}

/** Builds the web server without listening: the status page, its JSON, and the health endpoints. */
export function buildServer(parts: WebParts): FastifyInstance {
  const app = fastify({
    logger: false,
    forceCloseConnections: true,
    frameworkErrors: (_error, _request, reply) => answerBadRequest(reply),
  })
  // a callback, not a promise: a reply can be awaited, and that would wait for the answer it is part of
  app.addHook('onSend', (_request, reply, _payload, done) => {
    for (const [name, value] of Object.entries(securityHeaders))
      if (!reply.hasHeader(name)) reply.header(name, value)
    done()
  })
  answerFaults(app, parts.onFault ?? (() => undefined))
  app.get('/', { config: { needs: 'report' } }, async (request, reply) => {
    const viewer = parts.desk === undefined ? undefined : viewerOf(request)
    return reply.type('text/html; charset=utf-8').send(renderStatusPage(await parts.report(), viewer))
  })
  app.register(assetRoutes)
  app.get('/status.json', async () => renderJson(await parts.report()))
  app.get('/healthz', () => ({ status: 'ok', program: 'openwatch', installation: parts.installation }))
  app.get('/readyz', async (_request, reply) => {
    const reason = await parts.notReady()
    if (reason === null) return { status: 'ready' }
    return reply.code(503).send({ status: 'not ready', reason })
  })
  app.register(feedOutRoutes(parts))
  if (parts.websub !== undefined) app.register(websubRoutes(parts.websub))
  if (parts.actions !== undefined) app.register(actionRoutes(parts.actions))
  if (parts.desk !== undefined) deskRoutes(app, parts.desk, parts)
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ status: 'not found' }))
  return app
}

/** All that needs more than a report to look at. */
function deskRoutes(app: FastifyInstance, desk: Desk, { notReady, onFault }: WebParts): void {
  app.register(apiRoutes({ desk, notReady, onFault: onFault ?? (() => undefined) }), { prefix: '/api' })
  app.register((pages, _options, done) => {
    pages.register(formbody)
    for (const routes of [newItemRoutes, feedsRoutes, alertsRoutes, entriesRoutes, settingsRoutes])
      pages.register(routes(desk))
    done()
  })
}
