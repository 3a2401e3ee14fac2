import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { checkPassword } from '../../pipeline/check-password.ts'
import { beginSession, secretHash } from '../../pipeline/web-session.ts'
import { untilText } from '../../report/people-time.ts'
import { endWebSessionOf } from '../../store/web-sessions.ts'
import { renderLoginPage } from '../pages/login-page.tsx'
import { renderShutPage } from '../pages/shut-page.tsx'
import type { Access } from './access.ts'
import { endedCookie, sessionCookie, sessionSecret } from './cookie.ts'
import { recognise } from './gate.ts'
import { ownPath } from './own-path.ts'

const form = z.object({ password: z.string().catch(''), next: z.string().catch('/') })

/** Signing in and out. */
export function loginRoutes(access: Access) {
  return (app: FastifyInstance, _options: object, done: () => void): void => {
    const open = { config: { needs: 'nothing' } } as const
    app.get<{ Querystring: { next?: unknown } }>('/login', open, async (request, reply) => {
      const next = ownPath(request.query.next) ?? '/'
      if (await isIn(request, access)) return reply.redirect(next, 303)
      if ((await access.passwords.current()) === null) return shut(reply)
      return answer(reply, 200, { next, fault: null })
    })

    app.post('/login', open, async (request, reply) => {
      const { password, next: asked } = form.parse(request.body ?? {})
      const next = ownPath(asked) ?? '/'
      const { db, clock, logger } = access.desk
      const checked = await checkPassword(
        { password, from: request.ip },
        { db, clock, passwords: access.passwords },
      )
      switch (checked.kind) {
        case 'unset':
          return (await isIn(request, access)) ? reply.redirect(next, 303) : shut(reply)
        case 'wait': {
          const now = clock.now()
          const seconds = Math.ceil((checked.until.getTime() - now.getTime()) / 1000)
          const fault = `Too many wrong passwords came just now. Try again ${untilText(checked.until, now)}.`
          return answer(reply.header('retry-after', String(Math.max(1, seconds))), 429, { next, fault })
        }
        case 'wrong':
          logger.warn({ event: 'login-failed', from: request.ip }, 'somebody gave a wrong password')
          return answer(reply, 422, { next, fault: 'This is not the password.' })
        case 'right':
          await signIn(request, reply, { access, password: checked.password })
          logger.info({ event: 'login', from: request.ip }, 'somebody signed in')
          return reply.redirect(next, 303)
      }
    })

    app.post('/logout', open, async (request, reply) => {
      const isHttps = access.isHttps(request)
      const secret = sessionSecret(request, isHttps)
      if (secret !== null) await endWebSessionOf(access.desk.db.pool, secretHash(secret))
      return reply
        .header('set-cookie', endedCookie(isHttps))
        .redirect(access.server().publicReport ? '/' : '/login', 303)
    })
    done()
  }

  function answer(
    reply: FastifyReply,
    code: number,
    shown: { next: string; fault: string | null },
  ): FastifyReply {
    const page = renderLoginPage({ ...shown, isReportPublic: access.server().publicReport })
    return reply.code(code).type('text/html; charset=utf-8').send(page)
  }
}

/** Gives the browser a session of its own, in place of the one it had. */
export async function signIn(
  request: FastifyRequest,
  reply: FastifyReply,
  {
    access,
    password,
  }: { readonly access: Access; readonly password: Parameters<typeof beginSession>[1]['password'] },
): Promise<void> {
  const isHttps = access.isHttps(request)
  const { db, clock } = access.desk
  const { secret } = await beginSession(db, {
    password,
    agent: request.headers['user-agent'] ?? '',
    former: sessionSecret(request, isHttps),
    now: clock.now(),
  })
  void reply.header('set-cookie', sessionCookie(secret, isHttps))
}

/** Whether there is no need to sign in. */
async function isIn(request: FastifyRequest, access: Access): Promise<boolean> {
  const ruling = await recognise(request, access)
  return ruling.kind === 'pass' && ruling.viewer.may === 'write'
}

function shut(reply: FastifyReply): FastifyReply {
  return reply.code(503).header('retry-after', '30').type('text/html; charset=utf-8').send(renderShutPage())
}
