import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import type { Config } from '../../src/config/config.ts'
import { createToken } from '../../src/pipeline/create-token.ts'
import { hashPassword, type PasswordCost } from '../../src/pipeline/password-hash.ts'
import type { TokenScope } from '../../src/store/api-tokens.ts'
import { storePassword } from '../../src/store/settings.ts'
import { pagesOver } from '../support/pages.ts'
import { testConfig, testSystem, type TestSystem } from '../support/system.ts'

/** The password of these tests. */
export const password = 'four random words here'

/** A daemon's pages as they are served, with a clock that tests turn. */
export interface AccessServer {
  readonly app: FastifyInstance
  readonly system: TestSystem
  readonly faults: unknown[]
  /** Goes on by so many milliseconds. */
  later(ms: number): void
  /** Asks as a browser does that goes to a page. */
  browse(url: string, more?: InjectOptions): Promise<LightMyRequestResponse>
  /** Sends a form as a browser does from a page of ours. */
  send(url: string, form: Record<string, string>, more?: InjectOptions): Promise<LightMyRequestResponse>
  /** Asks as a program does. */
  ask(url: string, more?: InjectOptions): Promise<LightMyRequestResponse>
  /** Signs in, and gives the cookie that the browser has then. */
  signIn(more?: InjectOptions): Promise<string>
  /** Closes the pages; the database is the world's. */
  end(): Promise<void>
}

/** One database for a file of tests: each serves its own pages on it. */
export interface AccessWorld {
  /** Serves pages under the given settings, with the test's password (a cheap hash of it) or none. */
  serve(settings?: Partial<Config['server']>, options?: { isPasswordSet?: boolean }): Promise<AccessServer>
  end(): Promise<void>
}

/** A hash that is quick to make, for tests. */
export const cheap: PasswordCost = { ln: 4, r: 8, p: 1 }

export async function accessWorld(): Promise<AccessWorld> {
  let now = new Date('2026-01-01T12:00:00Z')
  const config = await testConfig()
  const system = await testSystem({ config, clock: { now: () => now } })
  const hash = await hashPassword(password, { cost: cheap })
  return {
    async serve(settings = {}, { isPasswordSet = true } = {}) {
      await system.db.pool.query('truncate web_session, api_token, login_try')
      await storePassword(system.db.pool, isPasswordSet ? hash : null)
      await system.useConfig({ ...config, server: { ...config.server, ...settings } })
      return accessServer(system, (ms) => (now = new Date(now.getTime() + ms)))
    },
    end: () => system.end(),
  }
}

function accessServer(system: TestSystem, later: AccessServer['later']): AccessServer {
  const faults: unknown[] = []
  const app = pagesOver(system, {
    pageUrl: system.pageUrl,
    websub: system.websub,
    actions: system.links,
    onFault: (error) => void faults.push(error),
  })
  const ask: AccessServer['ask'] = (url, more = {}) =>
    app.inject({ method: 'GET', ...more, url, headers: { host: 'localhost:8484', ...more.headers } })
  const browse: AccessServer['browse'] = (url, more = {}) =>
    ask(url, { ...more, headers: { accept: 'text/html,*/*;q=0.8', ...more.headers } })
  const send: AccessServer['send'] = (url, form, more = {}) =>
    browse(url, {
      method: 'POST',
      payload: new URLSearchParams(form).toString(),
      ...more,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
        ...more.headers,
      },
    })
  return {
    ...{ app, system, faults, ask, browse, send, later },
    async signIn(more = {}) {
      const answer = await send('/login', { password }, more)
      if (answer.statusCode !== 303) throw new Error(`signing in gave ${answer.statusCode}: ${answer.body}`)
      return cookieOf(answer)
    },
    end: () => app.close(),
  }
}

/** The cookie that an answer gives, as a browser sends it back. */
export function cookieOf(answer: LightMyRequestResponse): string {
  return setCookieOf(answer).split(';')[0] ?? ''
}

/** The header that gives a cookie; empty where there is none. */
export function setCookieOf(answer: LightMyRequestResponse): string {
  return [answer.headers['set-cookie'] ?? ''].flat().join('\n')
}

/** Where an answer leads to; empty where it leads nowhere. */
export function locationOf(answer: LightMyRequestResponse): string {
  return answer.headers.location ?? ''
}

/** Makes a token and gives it as programs show it; it holds until it is revoked, or for `lifeMs` milliseconds. */
export async function tokenOf(
  { system: { db, clock } }: AccessServer,
  scope: TokenScope,
  lifeMs: number | null = null,
): Promise<string> {
  const created = await createToken({ name: `for ${scope}`, scope, lifeMs }, { db, now: clock.now() })
  if (created.kind !== 'created') throw new Error(created.kind)
  return created.secret
}

/** What a program sends to show a token. */
export const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })
