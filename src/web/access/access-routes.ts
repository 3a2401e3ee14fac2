import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { changePassword, type ChangedPassword } from '../../pipeline/change-password.ts'
import { createToken, type CreatedToken } from '../../pipeline/create-token.ts'
import { whereConfigured } from '../../pipeline/set-password.ts'
import { listSessions } from '../../pipeline/web-session.ts'
import { untilText } from '../../report/people-time.ts'
import { listApiTokens, removeApiToken, tokenScopes } from '../../store/api-tokens.ts'
import { endWebSession, endWebSessions } from '../../store/web-sessions.ts'
import { sendProblem } from '../api/problem.ts'
import { doneWords, renderAccessPage, tokenLives, type AccessPageProps } from '../pages/access-page.tsx'
import { viewerOf } from '../viewer.ts'
import type { Access } from './access.ts'
import { signIn } from './login.ts'

const base = '/settings/access'
const text = z.string().catch('')
const passwordForm = z.object({ current: text, wanted: text, again: text })
const tokenForm = z.object({
  name: text,
  scope: z.enum(tokenScopes).catch('read'),
  expires: z.enum(Object.keys(tokenLives) as [keyof typeof tokenLives]).catch('90d'),
})
const numbered = z.object({
  id: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1)
    .catch(0),
})

/** The page where passwords are changed, sessions ended and tokens made. It is for people: a token cannot make tokens. */
export function accessRoutes(access: Access) {
  const { db, clock } = access.desk

  async function page(reply: FastifyReply, request: FastifyRequest, shown: Partial<AccessPageProps> = {}) {
    const password = await access.passwords.current()
    const now = clock.now()
    const sessions = password === null ? [] : await listSessions(db, password, now)
    const body = renderAccessPage({
      ...{ viewer: viewerOf(request), now, sessions, tokens: await listApiTokens(db.pool) },
      password: { isSet: password !== null, where: whereConfigured(access.server()) },
      ...{ created: null, faults: {}, typed: {}, done: null },
      ...shown,
    })
    return reply.type('text/html; charset=utf-8').send(body)
  }

  return (app: FastifyInstance, _options: object, done: () => void): void => {
    const config = { needs: 'write' } as const
    app.addHook('onRequest', async (request, reply) => {
      if (viewerOf(request).token === undefined) return
      return sendProblem(reply, 'forbidden', 'a token cannot do this: sign in, or use "openwatch tokens"')
    })

    app.get<{ Querystring: { done?: unknown } }>(base, { config }, (request, reply) => {
      const words = Object.entries(doneWords).find(([name]) => name === request.query.done)?.[1]
      return page(reply, request, { done: words ?? null })
    })

    app.post(`${base}/password`, { config }, async (request, reply) => {
      const { current, wanted, again } = passwordForm.parse(request.body ?? {})
      if (wanted !== again)
        return page(reply.code(422), request, { faults: { again: 'This is not the same as above.' } })
      const changed = await changePassword(
        { tried: { password: current, from: request.ip }, wanted },
        { db, clock, passwords: access.passwords, configured: access.server() },
      )
      if (changed.kind !== 'changed') {
        const code = changed.kind === 'wait' ? 429 : 422
        return page(reply.code(code), request, { faults: passwordFaults(changed, clock.now()) })
      }
      await signIn(request, reply, { access, password: changed.password })
      return reply.redirect(`${base}?done=password`, 303)
    })

    app.post(`${base}/tokens`, { config }, async (request, reply) => {
      const typed = tokenForm.parse(request.body ?? {})
      const created = await createToken(
        { name: typed.name, scope: typed.scope, lifeMs: tokenLives[typed.expires].ms },
        { db, now: clock.now() },
      )
      // shown here and never again: an address to go to would keep it
      if (created.kind === 'created') return page(reply, request, { created: created.secret })
      return page(reply.code(422), request, { typed, faults: { name: tokenFault(created) } })
    })

    app.post(`${base}/tokens/:id/revoke`, { config }, async (request, reply) => {
      await removeApiToken(db.pool, numbered.parse(request.params).id)
      return reply.redirect(`${base}?done=revoked`, 303)
    })

    app.post(`${base}/sessions/:id/end`, { config }, async (request, reply) => {
      await endWebSession(db.pool, numbered.parse(request.params).id)
      return reply.redirect(`${base}?done=ended`, 303)
    })

    app.post(`${base}/sessions/end-others`, { config }, async (request, reply) => {
      await endWebSessions(db.pool, viewerOf(request).session ?? null)
      return reply.redirect(`${base}?done=ended-others`, 303)
    })
    done()
  }
}

function passwordFaults(
  changed: Exclude<ChangedPassword, { kind: 'changed' }>,
  now: Date,
): AccessPageProps['faults'] {
  switch (changed.kind) {
    case 'wrong':
      return { current: 'This is not the password.' }
    case 'wait':
      return {
        current: `Too many wrong passwords came just now. Try again ${untilText(changed.until, now)}.`,
      }
    case 'unfit':
      return { wanted: `${changed.reason.slice(0, 1).toUpperCase()}${changed.reason.slice(1)}.` }
    case 'configured':
      return { wanted: `The password is set by ${changed.where}: change it there.` }
  }
}

function tokenFault(created: Exclude<CreatedToken, { kind: 'created' }>): string {
  if (created.kind === 'taken') return 'There is a token of this name; revoke it first, or take another name.'
  return `${created.reason.slice(0, 1).toUpperCase()}${created.reason.slice(1)}.`
}
