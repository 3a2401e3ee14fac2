import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sendProblem } from '../api/problem.ts'
import { renderFaultPage } from '../pages/fault-page.tsx'
import { renderShutPage } from '../pages/shut-page.tsx'
import { isForPeople } from '../people.ts'
import type { Right } from '../viewer.ts'
import { showsToken, type Access } from './access.ts'
import { isCrossSite, isSafe } from './cross-site.ts'
import { loginPath, ownPath } from './own-path.ts'
import { ruleOn, type Ruling } from './ruling.ts'

/** Asks everybody who they are before anything else is done for them. To be called before any route is added. */
export function guard(app: FastifyInstance, access: Access): void {
  app.addHook('onRequest', async (request, reply) => {
    request.viewer = { may: 'nothing', isSignedIn: false }
    const { method, headers, host } = request
    const origins = { method, headers, host, publicUrl: access.server().publicUrl }
    if (isCrossSite(origins) && !showsToken(request)) return refuseCrossSite(request, reply)
    const needs = neededFor(request)
    if (needs === 'nothing') return
    const ruling = ruleOn(await access.look(request, needs))
    if (ruling.kind !== 'pass') return refuse(ruling, request, reply, needs)
    request.viewer = ruling.viewer
  })
}

/** Finds out who looks at a page that needs nothing, for what it shows of other pages. */
export async function recognise(request: FastifyRequest, access: Access): Promise<Ruling> {
  const ruling = ruleOn(await access.look(request, 'nothing'))
  if (ruling.kind === 'pass') request.viewer = ruling.viewer
  return ruling
}

/** Whether who asked some time ago might ask so now: sessions end, tokens are revoked. */
export async function maySee(request: FastifyRequest, access: Access, needs: Right): Promise<boolean> {
  return ruleOn(await access.look(request, needs)).kind === 'pass'
}

/** What is not there needs nothing to be told so. */
function neededFor({ is404, method, routeOptions }: FastifyRequest): Right {
  if (is404) return 'nothing'
  return routeOptions.config.needs ?? (isSafe(method) ? 'read' : 'write')
}

function refuseCrossSite(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const detail =
    'a page of another site sent this. If it was you, open openwatch itself and do it there; behind a proxy, set server.publicUrl to the address that people use'
  if (!isForPeople(request)) return sendProblem(reply, 'forbidden', detail)
  return page(reply, 403).send(
    renderFaultPage({ title: 'This came from another site', detail: sentence(detail) }),
  )
}

function refuse(
  ruling: Exclude<Ruling, { kind: 'pass' }>,
  request: FastifyRequest,
  reply: FastifyReply,
  needs: Right,
): FastifyReply {
  switch (ruling.kind) {
    case 'misdirected':
      return misdirected(request, reply)
    case 'shut':
      if (isForPeople(request)) return page(reply, 503).header('retry-after', '30').send(renderShutPage())
      return askForToken(reply, 'no password is set yet, and no token was shown: run "openwatch passwd"')
    case 'unknown-token':
      return askForToken(
        reply,
        'this token is unknown, revoked or expired, or it is none for this; "openwatch tokens create" makes one',
        ', error="invalid_token"',
      )
    case 'too-little': {
      const detail = `the token "${ruling.viewer.token ?? ''}" has the scope "${ruling.viewer.may}"; this needs "${needs}"`
      const scope = `Bearer realm="openwatch", error="insufficient_scope", scope="${needs}"`
      return sendProblem(reply.header('www-authenticate', scope), 'forbidden', detail)
    }
    case 'sign-in':
      if (isForPeople(request)) return reply.redirect(loginPath(wantedPage(request)), 303)
      return askForToken(
        reply,
        'show a token: Authorization: Bearer ow_…; "openwatch tokens create" makes one',
      )
  }
}

function misdirected(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const detail =
    'while no password is set, openwatch answers only by names of this machine, such as localhost. Set a password ("openwatch passwd"), or name the host in server.publicUrl'
  if (!isForPeople(request)) return sendProblem(reply, 'forbidden', detail, { status: 421 })
  return page(reply, 421).send(
    renderFaultPage({ title: 'This is not the name of this openwatch', detail: sentence(detail) }),
  )
}

function askForToken(reply: FastifyReply, detail: string, more = ''): FastifyReply {
  void reply.header('www-authenticate', `Bearer realm="openwatch"${more}`)
  return sendProblem(reply, 'unauthorized', detail)
}

/** The page to come back to after signing in: the one asked for, or the one with the form that was sent. */
function wantedPage({ method, url, headers }: FastifyRequest): string | null {
  if (isSafe(method)) return ownPath(url)
  const { referer } = headers
  if (referer === undefined || !URL.canParse(referer)) return null
  const { host, pathname, search } = new URL(referer)
  return host === headers.host ? ownPath(pathname + search) : null
}

function page(reply: FastifyReply, code: number): FastifyReply {
  return reply.code(code).type('text/html; charset=utf-8')
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`
}
