import type { FastifyRequest } from 'fastify'
import type { Config } from '../../config/config.ts'
import { tokenOf } from '../../pipeline/create-token.ts'
import { createPasswordKeeper, type PasswordKeeper } from '../../pipeline/password.ts'
import { sessionOf } from '../../pipeline/web-session.ts'
import type { Desk } from '../desk.ts'
import type { Right } from '../viewer.ts'
import { sessionSecret } from './cookie.ts'
import { isFromHere, isOwnHost, isReachable } from './local.ts'
import type { Asked } from './ruling.ts'

/** What guards the pages: who somebody is, and what the settings say about strangers. */
export interface Access {
  readonly desk: Pick<Desk, 'db' | 'clock' | 'logger'>
  readonly passwords: PasswordKeeper
  server(): Config['server']
  /** Whether the browser reached us over https, be it by a proxy. */
  isHttps(request: FastifyRequest): boolean
  /** All that has to be known to decide about a request. */
  look(request: FastifyRequest, needs: Right): Promise<Asked>
}

/** Joins passwords, sessions and tokens with the settings in use. */
export function createAccess(desk: Desk, installation: string): Access {
  const { db, clock } = desk
  const server = () => desk.config().server
  const passwords = createPasswordKeeper({ db, clock, installation, configured: server })
  const isHttps = (request: FastifyRequest) => isOverHttps(request, server())

  async function tokenIn(request: FastifyRequest): Promise<Asked['token']> {
    const secret = shownToken(request)
    if (secret === null) return null
    const token = await tokenOf(db, secret.text, clock.now())
    // whoever sees an address, in a log or a history, must not be able to change anything
    return token === null || (secret.isInAddress && token.scope !== 'read') ? 'unknown' : token
  }

  return {
    desk,
    passwords,
    server,
    isHttps,
    async look(request, needs) {
      const [token, password] = await Promise.all([tokenIn(request), passwords.current()])
      const secret = token === null ? sessionSecret(request, isHttps(request)) : null
      const session =
        secret === null || password === null
          ? null
          : await sessionOf(db, { secret, password, now: clock.now() })
      const { headers, socket, routeOptions } = request
      return {
        ...{ needs, token, session: session?.id ?? null, isPasswordSet: password !== null },
        isReachable: isReachable(server()),
        isOwnHost: isOwnHost(headers.host, server()),
        isReportPublic: server().publicReport,
        isOpenLocally:
          routeOptions.config.openLocally === true &&
          isFromHere({ remoteAddress: socket.remoteAddress, headers }, server()),
      }
    },
  }
}

interface ShownToken {
  readonly text: string
  readonly isInAddress: boolean
}

/** Whether a request is by a token and not by what browsers send of their own accord. */
export function showsToken({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  return /^bearer /i.test(headers.authorization ?? '')
}

function shownToken(request: FastifyRequest): ShownToken | null {
  if (showsToken(request))
    return { text: (request.headers.authorization ?? '').slice('bearer '.length).trim(), isInAddress: false }
  if (request.routeOptions.config.tokenInAddress !== true) return null
  const { token } = request.query as { readonly token?: unknown }
  return typeof token === 'string' ? { text: token, isInAddress: true } : null
}

function isOverHttps({ protocol, host }: FastifyRequest, { publicUrl }: Config['server']): boolean {
  if (protocol === 'https') return true
  // a proxy that passes the name on and is not known to us: the public address says how browsers reach it
  if (publicUrl === undefined) return false
  const url = new URL(publicUrl)
  return url.protocol === 'https:' && url.host === host.toLowerCase()
}
