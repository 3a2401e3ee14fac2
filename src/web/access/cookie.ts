import { fastifyCookie } from '@fastify/cookie'
import type { FastifyRequest } from 'fastify'
import { sessionLife } from '../../pipeline/web-session.ts'

/** Over https no other host, path or plain page can set it (`__Host-`); over http browsers refuse that name. */
const names = { secure: '__Host-openwatch', plain: 'openwatch' } as const

/** The secret of the session that a browser shows; null where it shows none. */
export function sessionSecret({ headers }: Pick<FastifyRequest, 'headers'>, isHttps: boolean): string | null {
  const secret = fastifyCookie.parse(headers.cookie ?? '')[nameFor(isHttps)]
  return secret === undefined || secret.length > 100 ? null : secret
}

/** The header that gives a browser its session. */
export function sessionCookie(secret: string, isHttps: boolean): string {
  return cookie(secret, isHttps, sessionLife.mostMs / 1000)
}

/** The header that takes it away. */
export function endedCookie(isHttps: boolean): string {
  return cookie('', isHttps, 0)
}

function cookie(value: string, isHttps: boolean, maxAge: number): string {
  return fastifyCookie.serialize(nameFor(isHttps), value, {
    ...{ path: '/', httpOnly: true, sameSite: 'lax', secure: isHttps, maxAge },
  })
}

function nameFor(isHttps: boolean): string {
  return isHttps ? names.secure : names.plain
}
