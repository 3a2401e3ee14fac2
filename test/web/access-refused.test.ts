import type { InjectOptions } from 'fastify'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { listApiTokens } from '../../src/store/api-tokens.ts'
import { metricsRoutes } from '../../src/web/metrics.ts'
import {
  accessWorld,
  bearer,
  cookieOf,
  locationOf,
  password,
  setCookieOf,
  tokenOf,
  type AccessServer,
  type AccessWorld,
} from './access-server.ts'

let world: AccessWorld
let server: AccessServer

beforeAll(async () => {
  world = await accessWorld()
})

afterAll(() => world.end())

afterEach(() => server.end())

describe('a form from another site', () => {
  const host = 'localhost:8484'
  const form = { name: 'planted', scope: 'write', expires: 'never' }

  async function planted(headers: Record<string, string>): Promise<number> {
    const cookie = await server.signIn()
    const sent = { host, cookie, 'content-type': 'application/x-www-form-urlencoded', ...headers }
    const payload = new URLSearchParams(form).toString()
    const answer = await server.browse('/settings/access/tokens', { method: 'POST', payload, headers: sent })
    return answer.statusCode
  }

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another host of the site', { 'sec-fetch-site': 'same-site', origin: 'http://localhost:9000' }],
    [
      'another site that lies about the rest',
      { 'sec-fetch-site': 'cross-site', origin: 'http://localhost:8484' },
    ],
    ['another site, by an older browser', { origin: 'https://evil.example' }],
    ['another port', { origin: 'http://localhost:9000' }],
    ['a page without an origin', { origin: 'null' }],
    ['an origin that is none', { origin: 'localhost:8484' }],
    ['a name that only begins so', { origin: 'http://localhost:8484.evil.example' }],
  ])('is refused: %s', async (_from, headers) => {
    server = await world.serve()
    expect(await planted(headers)).toBe(403)
    expect(await listApiTokens(server.system.db.pool)).toEqual([])
  })

  it.each([
    ['our own page', { 'sec-fetch-site': 'same-origin', origin: 'http://localhost:8484' }],
    ['the address bar', { 'sec-fetch-site': 'none' }],
    ['our own page, by an older browser or over plain http', { origin: 'http://localhost:8484' }],
    ['the public address, where a proxy says another host', { origin: 'https://watch.example.org' }],
    ['a program', {}],
  ])('is none from %s', async (_from, headers) => {
    server = await world.serve({ publicUrl: 'https://watch.example.org/' })
    expect(await planted(headers)).toBe(200)
  })

  it('is refused also where no password is set, and where nobody is asked who they are', async () => {
    server = await world.serve({}, { isPasswordSet: false })
    const headers = { 'sec-fetch-site': 'cross-site' }
    for (const url of ['/settings/access/password', '/login', '/logout', '/act/token', '/feeds', '/nothing'])
      expect((await server.send(url, form, { headers })).statusCode, url).toBe(403)
    const json = {
      method: 'POST',
      payload: form,
      headers: { ...headers, 'content-type': 'application/json' },
    } as const
    expect((await server.ask('/api/v1/items', json)).statusCode).toBe(403)
  })

  it('does not matter to a token, which no browser sends by itself', async () => {
    server = await world.serve()
    const headers = { ...bearer(await tokenOf(server, 'write')).headers, 'sec-fetch-site': 'cross-site' }
    const answer = await server.ask('/api/v1/items', { method: 'POST', payload: {}, headers })
    expect(answer.statusCode).toBeGreaterThanOrEqual(400)
    expect(answer.statusCode).not.toBe(403)
    expect(answer.statusCode).not.toBe(401)
  })

  it('that only looks is answered: links lead here', async () => {
    server = await world.serve()
    const headers = {
      cookie: await server.signIn(),
      'sec-fetch-site': 'cross-site',
      origin: 'https://evil.example',
    }
    expect((await server.browse('/settings/access', { headers })).statusCode).toBe(200)
  })
})

describe('a token', () => {
  it('for reading sees everything and changes nothing', async () => {
    server = await world.serve()
    const token = await tokenOf(server, 'read')
    for (const url of ['/api/v1/items', '/status.json', '/changes.atom', '/'])
      expect((await server.ask(url, bearer(token))).statusCode, url).toBe(200)
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
      const answer = await server.ask('/api/v1/items', { ...bearer(token), method, payload: {} })
      expect([403, 405], method).toContain(answer.statusCode)
    }
    const refused = await server.ask('/api/v1/items', { ...bearer(token), method: 'POST', payload: {} })
    expect(refused.headers['www-authenticate']).toContain('error="insufficient_scope"')
    expect(refused.json()).toMatchObject({ status: 403, detail: expect.stringContaining('"read"') as string })
  })

  it('for writing makes no tokens and sees no sessions: that is for people', async () => {
    server = await world.serve()
    const token = await tokenOf(server, 'write')
    expect((await server.ask('/settings/access', bearer(token))).statusCode).toBe(403)
    expect((await server.send('/settings/access/tokens', { name: 'more' }, bearer(token))).statusCode).toBe(
      403,
    )
    expect(await listApiTokens(server.system.db.pool)).toHaveLength(1)
  })

  it('ends when it is said to, and when it is revoked', async () => {
    server = await world.serve()
    const token = await tokenOf(server, 'read', 60_000)
    server.later(59_999)
    expect((await server.ask('/status.json', bearer(token))).statusCode).toBe(200)
    server.later(1)
    const ended = await server.ask('/status.json', bearer(token))
    expect(ended.statusCode).toBe(401)
    expect(ended.headers['www-authenticate']).toContain('error="invalid_token"')
    const other = await tokenOf(server, 'write')
    const cookie = await server.signIn()
    const id = (await listApiTokens(server.system.db.pool)).find(({ name }) => name === 'for write')?.id
    await server.send(`/settings/access/tokens/${id}/revoke`, {}, { headers: { cookie } })
    expect((await server.ask('/status.json', bearer(other))).statusCode).toBe(401)
  })

  it.each(['', 'ow_', `ow_${'A'.repeat(43)}`, 'x'.repeat(5000), "' or 1=1 --", 'ow_%00'])(
    'that is none is refused, also beside a session that holds: %.20s',
    async (token) => {
      server = await world.serve()
      const headers = { authorization: `Bearer ${token}`, cookie: await server.signIn() }
      expect((await server.ask('/status.json', { headers })).statusCode).toBe(401)
    },
  )

  it('is known to have been used', async () => {
    server = await world.serve()
    await server.ask('/status.json', bearer(await tokenOf(server, 'read')))
    const [used] = await listApiTokens(server.system.db.pool)
    expect(used?.usedAt).toEqual(server.system.clock.now())
  })

  it('in an address opens feeds of changes alone, for reading alone, and is not told on', async () => {
    server = await world.serve()
    const read = await tokenOf(server, 'read')
    for (const path of ['/changes.atom', '/changes.json']) {
      const feed = await server.ask(`${path}?token=${read}`)
      expect(feed.statusCode).toBe(200)
      expect(feed.body).not.toContain(read)
    }
    for (const path of ['/status.json', '/api/v1/items', '/', '/settings/access'])
      expect((await server.ask(`${path}?token=${read}`)).statusCode, path).toBe(401)
    expect((await server.ask(`/changes.atom?token=${await tokenOf(server, 'write')}`)).statusCode).toBe(401)
    expect((await server.ask('/changes.atom?token=x&token=y')).statusCode).toBe(401)
  })
})

describe('a report that everybody may see', () => {
  const open = ['/', '/status.json', '/changes.atom', '/changes.json']

  it('shows the report and nothing more', async () => {
    server = await world.serve({ host: '0.0.0.0', publicReport: true })
    const answered: string[] = []
    const routes = await routesOf()
    expect(routes).toContainEqual({ method: 'POST', url: '/settings/access/tokens' })
    for (const { method, url } of routes) {
      const path = url.replace(/:\w+/g, '1')
      // a stream of events never ends
      if (path === '/events') continue
      const { statusCode } = await server.ask(path, method === 'GET' ? {} : { method, payload: {} })
      if (![401, 405].includes(statusCode)) answered.push(`${method} ${url}`)
    }
    expect(answered.filter((route) => !route.includes(' /assets/')).toSorted()).toEqual(
      [
        ...['/', '/status.json', '/changes.atom', '/changes.json', '/calendar.ics', '/items/:id'].map(get),
        ...['/api/v1/report', '/api/v1/openapi.json', '/api/v1/health'].map(get),
        ...['/healthz', '/readyz', '/login', '/act/:token', '/websub/:id'].map(get),
        ...['/login', '/logout', '/act/:token', '/websub/:id'].map((url) => `POST ${url}`),
      ].toSorted(),
    )
  })

  it('tells nobody which feeds are read, but whoever has a token', async () => {
    server = await world.serve({ publicReport: true })
    const { db } = server.system
    await db.pool.query(
      `insert into feed (url, origin, state, created_at, failures, failing_since, last_error, last_poll_at)
       values ('https://secret-source.example/feed', 'user', 'active', now(), 9, now(), 'answered 500', now())`,
    )
    const { headers } = bearer(await tokenOf(server, 'read'))
    for (const url of ['/status.json', '/api/v1/report']) {
      for (const accept of ['application/json', 'text/markdown']) {
        const known = await server.ask(url, { headers: { ...headers, accept } })
        expect(known.body, url).toContain('secret-source.example')
        const stranger = await server.ask(url, { headers: { accept } })
        expect(stranger.statusCode).toBe(200)
        expect(stranger.body, url).not.toContain('secret-source.example')
      }
    }
  })

  it('offers to sign in, and no form', async () => {
    server = await world.serve({ publicReport: true })
    const page = await server.browse('/')
    expect(page.body).toContain('href="/login"')
    expect(page.body).not.toContain('method="post"')
    expect(page.body).not.toContain('/settings')
  })

  it('is shown without a password, too, and the rest stays shut', async () => {
    server = await world.serve({ host: '0.0.0.0', publicReport: true }, { isPasswordSet: false })
    for (const url of open) expect((await server.ask(url)).statusCode, url).toBe(200)
    expect((await server.browse('/settings/access')).statusCode).toBe(503)
  })
})

const get = (url: string) => `GET ${url}`

interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
}

/** Every route that there is, read from the tree that fastify draws of them. */
async function routesOf(): Promise<Route[]> {
  await server.app.ready()
  const above: string[] = []
  return server.app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent = '', path, methods] = /^([│ ]*)[├└]── (\S+) \(([^)]*)\)/.exec(line) ?? []
      if (path === undefined || methods === undefined) return []
      const depth = indent.length / 4
      const url = `${above[depth - 1] ?? ''}${path}`.replace(/^\/+/, '/')
      above.splice(depth, Infinity, depth === 0 ? '/' : url)
      const asked = methods.split(', ').filter((method) => !['HEAD', 'OPTIONS'].includes(method))
      return asked.map((method) => ({ method: method as Route['method'], url }))
    })
}

describe('what programs of this machine may read', () => {
  const served = async (settings: Parameters<AccessWorld['serve']>[0]) => {
    server = await world.serve(settings)
    server.app.register(metricsRoutes({ contentType: 'text/plain', text: () => Promise.resolve('up 1') }))
  }
  const metrics = (more: InjectOptions = {}) =>
    server.ask('/metrics', more).then((answer) => answer.statusCode)

  it('needs no token from here, also where there is a password', async () => {
    await served({})
    expect(await metrics()).toBe(200)
    expect(await metrics({ remoteAddress: '::1' })).toBe(200)
  })

  it('needs one from elsewhere, and by a proxy', async () => {
    await served({})
    expect(await metrics({ remoteAddress: '192.168.0.9' })).toBe(401)
    expect(await metrics({ headers: { 'x-forwarded-for': '203.0.113.9' } })).toBe(401)
    expect(await metrics({ headers: { host: 'watch.example.org' } })).toBe(401)
    expect(await metrics(bearer(await tokenOf(server, 'read')))).toBe(200)
    await server.end()
    await served({ publicUrl: 'https://watch.example.org/' })
    expect(await metrics()).toBe(401)
  })
})

describe('an address made to deceive', () => {
  it.each([
    '//settings/access',
    '/./settings/access/../access',
    '/%2e/settings/access',
    '/settings%2faccess',
    '/settings/access/',
    '/SETTINGS/ACCESS',
    '/settings/access;x',
    '/settings/access%00',
    '/settings/access%20',
    '/assets/../settings/access',
    '/assets/..%2f..%2fsettings%2faccess',
    '/healthz/../settings/access',
    '/login/../settings/access',
    '/settings\\access',
  ])('gives nothing away: %s', async (url) => {
    server = await world.serve()
    for (const answer of [await server.ask(url), await server.browse(url)]) {
      expect([303, 400, 401, 404]).toContain(answer.statusCode)
      expect(answer.body).not.toContain('Tokens for programs')
    }
    expect(server.faults).toEqual([])
  })

  it.each([
    ['with NUL in it', '/login?next=%00'],
    ['that cannot be read', '/%ff'],
    ['that is very long', `/${'a'.repeat(10_000)}`],
    ['with a very long name', `/items/${'a'.repeat(3000)}`],
    ['with a thousand parameters', `/login?${'next=/&'.repeat(1000)}`],
    ['named as what every object has', '/__proto__?__proto__[x]=1&constructor=1'],
  ])('%s is answered with what is wrong, and is no fault of ours', async (_what, url) => {
    server = await world.serve({}, { isPasswordSet: false })
    const { statusCode } = await server.browse(url)
    expect(statusCode).toBeLessThan(500)
    expect(server.faults).toEqual([])
  })

  it('an address that cannot be read is answered with a page to browsers, with JSON to programs', async () => {
    server = await world.serve({}, { isPasswordSet: false })
    const page = await server.browse('/%E0%A4%A')
    expect([page.statusCode, page.headers['content-type']]).toEqual([400, 'text/html; charset=utf-8'])
    expect(page.body).toContain('<h1>This cannot be read</h1>')
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    const json = await server.ask('/%E0%A4%A')
    expect([json.statusCode, json.headers['content-type']]).toEqual([400, 'application/problem+json'])
  })

  it('a form with NUL, one that is no form and one that is too large are refused', async () => {
    server = await world.serve({}, { isPasswordSet: false })
    const name = 'a\0b'
    expect((await server.send('/settings/access/tokens', { name })).statusCode).toBe(400)
    const odd = { headers: { 'content-type': 'application/x-unknown' } }
    expect((await server.send('/login', {}, odd)).statusCode).toBe(415)
    const large = await server.send('/login', { password: 'x'.repeat(1_000_001) })
    expect(large.statusCode).toBe(413)
    expect(large.body).toContain('too much at once')
    expect(server.faults).toEqual([])
  })
})

describe('the page about access', () => {
  const there = '/settings/access'

  it('sets a first password, signs in whoever set it, and asks for it from then on', async () => {
    server = await world.serve({}, { isPasswordSet: false })
    expect((await server.browse(there)).body).toContain('Set the password')
    const set = await server.send(`${there}/password`, { wanted: password, again: password })
    expect(locationOf(set)).toBe('/settings/access?done=password')
    expect((await server.browse(there)).statusCode).toBe(303)
    const page = await server.browse(locationOf(set), { headers: { cookie: cookieOf(set) } })
    expect(page.body).toContain('The password is set.')
    expect(page.body).toContain('this one')
  })

  it('changes it for who knows it, ends all other sessions, and keeps this one', async () => {
    server = await world.serve()
    const [mine, other] = [await server.signIn(), await server.signIn()]
    const change = (form: Record<string, string>) =>
      server.send(`${there}/password`, form, { headers: { cookie: mine } })
    const wanted = 'five words, random, as before'
    const wrong = await change({ current: 'guess', wanted, again: wanted })
    expect([wrong.statusCode, wrong.body.includes('This is not the password.')]).toEqual([422, true])
    const differs = await change({ current: password, wanted, again: 'something else' })
    expect([differs.statusCode, differs.body.includes('not the same as above')]).toEqual([422, true])
    const short = await change({ current: password, wanted: 'short', again: 'short' })
    expect([short.statusCode, short.body.includes('needs at least 10')]).toEqual([422, true])
    const done = await change({ current: password, wanted, again: wanted })
    expect(done.statusCode).toBe(303)
    for (const cookie of [mine, other])
      expect((await server.browse(there, { headers: { cookie } })).statusCode).toBe(303)
    expect((await server.browse(there, { headers: { cookie: cookieOf(done) } })).statusCode).toBe(200)
  })

  it('makes a token and shows it once', async () => {
    server = await world.serve()
    const headers = { cookie: await server.signIn(), 'user-agent': '<script>alert(1)</script>' }
    const made = await server.send(
      `${there}/tokens`,
      { name: 'phone', scope: 'read', expires: '30d' },
      { headers },
    )
    const secret = /ow_[\w-]{43}/.exec(made.body)?.[0] ?? ''
    expect((await server.ask('/status.json', bearer(secret))).statusCode).toBe(200)
    expect((await server.browse(there, { headers })).body).not.toContain(secret)
    expect((await listApiTokens(server.system.db.pool))[0]).toMatchObject({
      name: 'phone',
      scope: 'read',
      expiresAt: new Date(server.system.clock.now().getTime() + 30 * 86_400_000),
    })
    const again = await server.send(`${there}/tokens`, { name: 'phone', scope: 'write' }, { headers })
    expect([again.statusCode, again.body.includes('There is a token of this name')]).toEqual([422, true])
  })

  it('shows names as text, whatever a browser or a person calls itself', async () => {
    server = await world.serve()
    const agent = '<script>alert(1)</script>'
    const cookie = await server.signIn({ headers: { 'user-agent': agent } })
    const page = await server.send(`${there}/tokens`, { name: '"><img src=x>' }, { headers: { cookie } })
    expect(page.statusCode).toBe(422)
    expect(page.body).not.toMatch(/<script>|<img/)
    expect(page.body).toContain('&lt;script>alert(1)')
  })

  it('ends one session, or all others', async () => {
    server = await world.serve()
    const [mine, second, third] = [await server.signIn(), await server.signIn(), await server.signIn()]
    const see = async (cookie: string) => (await server.browse(there, { headers: { cookie } })).statusCode
    const page = await server.browse(there, { headers: { cookie: mine } })
    const [first] = [...page.body.matchAll(/sessions\/(\d+)\/end"/g)].map((found) => found[1])
    await server.send(`${there}/sessions/${first}/end`, {}, { headers: { cookie: mine } })
    expect([await see(mine), await see(second), await see(third)].toSorted()).toEqual([200, 200, 303])
    await server.send(`${there}/sessions/end-others`, {}, { headers: { cookie: mine } })
    expect([await see(mine), await see(second), await see(third)]).toEqual([200, 303, 303])
    expect(
      (await server.send(`${there}/sessions/999999999999/end`, {}, { headers: { cookie: mine } })).statusCode,
    ).toBe(303)
  })

  it('gives no cookie to those who have none', async () => {
    server = await world.serve()
    for (const url of ['/login', '/', there, '/healthz', '/nothing'])
      expect(setCookieOf(await server.browse(url)), url).toBe('')
  })
})
