import { fastifyCookie } from '@fastify/cookie'
import formbody from '@fastify/formbody'
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { renderJson } from '../report/render-json.ts'
import type { StatusReport } from '../report/status-report.ts'
import { accessRoutes } from './access/access-routes.ts'
import { createAccess, type Access } from './access/access.ts'
import { guard, maySee, recognise } from './access/gate.ts'
import { loginRoutes } from './access/login.ts'
import { actionRoutes, type ActionParts } from './actions.ts'
import { apiRoutes } from './api/api.ts'
import { refuseUnstorable } from './api/text-guard.ts'
import { assetRoutes } from './assets.ts'
import type { Desk } from './desk.ts'
import { answerBadRequest, answerFaults, answerNotFound } from './faults.ts'
import { feedOutRoutes } from './feed-out.ts'
import { sendHeaders } from './headers.ts'
import { limitRates } from './limit-rates.ts'
import { renderReportPage } from './pages/board-page.tsx'
import { isForPeople } from './people.ts'
import { alertsRoutes } from './routes/alerts.ts'
import { entriesRoutes } from './routes/entries.ts'
import { feedsRoutes } from './routes/feeds.ts'
import { itemRoutes } from './routes/item.ts'
import { mcpRoutes } from './routes/api-mcp.ts'
import { newItemRoutes } from './routes/new-item.ts'
import { settingsRoutes } from './routes/settings.ts'
import { reportFor } from './report-for.ts'
import { serveBoard } from './serve-board.ts'
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
  /** Without it there is the report, open to all, and nothing to change. With it everybody is asked who they are. */
  readonly desk?: Desk
  /** Is told why something could not be answered: those who asked are not. */
  readonly onFault?: (error: unknown) => void
}

/** The largest body that is taken where a route does not say otherwise, in bytes. */
const bodyLimit = 1_000_000

/** How long somebody may take to send a request, in milliseconds. */
const requestTimeout = 60_000

/** Builds the web server without listening: pages, API, feeds of changes, and the health endpoints. */
export function buildServer(parts: WebParts): FastifyInstance {
  const { desk, installation } = parts
  const server = desk?.config().server
  const app = fastify({
    ...{ logger: false, forceCloseConnections: true, bodyLimit, requestTimeout },
    trustProxy: server === undefined || server.trustProxy.length === 0 ? false : [...server.trustProxy],
    frameworkErrors: (_error, request, reply) => answerBadRequest(request, reply),
  })
  sendHeaders(app, () => desk?.config().server.publicUrl?.startsWith('https:') === true)
  answerFaults(app, parts.onFault ?? (() => undefined))
  const access = desk === undefined ? null : createAccess(desk, installation)
  if (access !== null) {
    // its functions can be used once it is registered
    app.register(fastifyCookie)
    limitRates(app, access)
    guard(app, access)
  }
  app.register(healthRoutes(parts))
  app.register(assetRoutes)
  app.register(reportRoutes(parts))
  app.register(feedOutRoutes(parts))
  if (parts.websub !== undefined) app.register(websubRoutes(parts.websub))
  if (parts.actions !== undefined) app.register(actionRoutes(parts.actions))
  if (desk !== undefined && access !== null) deskRoutes(app, desk, access, parts)
  app.setNotFoundHandler(async (request, reply) => {
    // who is signed in sees the way to the other pages; where that cannot be found out, there is none
    if (access !== null && isForPeople(request)) await recognise(request, access).catch(() => null)
    return answerNotFound(request, reply)
  })
  return app
}

function healthRoutes({ installation, notReady }: WebParts) {
  return (app: FastifyInstance, _options: object, done: () => void): void => {
    const config = { needs: 'nothing', rateLimit: false } as const
    app.get('/healthz', { config }, () => ({ status: 'ok', program: 'openwatch', installation }))
    app.get('/readyz', { config }, async (_request, reply) => {
      const reason = await notReady()
      if (reason === null) return { status: 'ready' }
      return reply.code(503).send({ status: 'not ready', reason })
    })
    done()
  }
}

function reportRoutes({ report, desk }: WebParts) {
  return (app: FastifyInstance, _options: object, done: () => void): void => {
    if (desk === undefined)
      app.get('/', { config: { needs: 'report' } }, async (_request, reply) =>
        reply.type('text/html; charset=utf-8').send(renderReportPage(await report())),
      )
    app.get('/status.json', { config: { needs: 'report' } }, async (request) =>
      renderJson(reportFor(request, await report())),
    )
    done()
  }
}

/** All that needs more than a report to look at. */
function deskRoutes(app: FastifyInstance, desk: Desk, access: Access, { notReady, onFault }: WebParts): void {
  app.register(apiRoutes({ desk, notReady, onFault: onFault ?? (() => undefined) }), { prefix: '/api' })
  app.register(mcpRoutes(desk))
  const mayStill = (request: FastifyRequest) => maySee(request, access, 'report')
  serveBoard(app, { db: desk.db, clock: desk.clock, mayStill, ...(onFault && { onFault }) })
  app.register((pages, _options, done) => {
    // forms and nothing else: what a parser made of another body would reach routes that expect fields
    pages.removeAllContentTypeParsers()
    pages.register(formbody)
    pages.addHook('preValidation', refuseUnstorable)
    for (const routes of [
      itemRoutes,
      newItemRoutes,
      feedsRoutes,
      alertsRoutes,
      entriesRoutes,
      settingsRoutes,
    ])
      pages.register(routes(desk))
    for (const routes of [loginRoutes, accessRoutes]) pages.register(routes(access))
    done()
  })
}
