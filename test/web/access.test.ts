import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { setPassword } from '../../src/pipeline/set-password.ts'
import {
  accessWorld,
  bearer,
  cheap,
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

const minute = 60_000
const day = 86_400_000

describe('on this machine alone, without a password', () => {
  it('everything is open', async () => {
    server = await world.serve({}, { isPasswordSet: false })
    expect((await server.browse('/')).statusCode).toBe(200)
    expect((await server.browse('/settings/access')).statusCode).toBe(200)
    expect((await server.ask('/api/v1/items')).statusCode).toBe(200)
  })

  it.each([
    'localhost:8484',
    'localhost',
    'LOCALHOST:1',
    '127.0.0.1:8484',
    '127.8.9.1',
    '[::1]:8484',
    'ow.localhost',
  ])('it answers by the name %s', async (host) => {
    server = await world.serve({}, { isPasswordSet: false })
    expect((await server.browse('/', { headers: { host } })).statusCode).toBe(200)
  })

  it.each([
    'evil.example',
    'evil.example:8484',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    '192.168.0.7:8484',
    'localhost@evil.example',
  ])('it refuses the name "%s" that somebody made lead here', async (host) => {
    server = await world.serve({}, { isPasswordSet: false })
    const page = await server.browse('/', { headers: { host } })
    expect(page.statusCode).toBe(421)
    expect(page.body).not.toContain('/items/')
    expect((await server.ask('/status.json', { headers: { host } })).statusCode).toBe(421)
    expect(
      (await server.send('/settings/access/tokens', { name: 'mine' }, { headers: { host } })).statusCode,
    ).toBe(421)
    expect((await server.ask('/healthz', { headers: { host } })).statusCode).toBe(200)
  })

  it('it answers by the name that it is bound to, or has in its own address', async () => {
    server = await world.serve(
      { host: '127.0.0.1', publicUrl: 'http://ow.localhost:8484/' },
      { isPasswordSet: false },
    )
    expect((await server.browse('/', { headers: { host: 'ow.localhost:8484' } })).statusCode).toBe(200)
  })

  it('a token that is shown may do what it may, and no more', async () => {
    server = await world.serve({}, { isPasswordSet: false })
    const token = await tokenOf(server, 'read')
    expect((await server.ask('/api/v1/items', bearer(token))).statusCode).toBe(200)
    const post = { ...bearer(token), method: 'POST' as const, payload: {} }
    expect((await server.ask('/api/v1/items', post)).statusCode).toBe(403)
    expect((await server.ask('/api/v1/items', bearer('ow_unknown'))).statusCode).toBe(401)
  })
})

describe('where others can come by, without a password', () => {
  it.each([
    ['bound to every address', { host: '0.0.0.0' }],
    ['bound to every address of IPv6', { host: '::' }],
    ['bound to an address of the network', { host: '192.168.0.7' }],
    ['bound to a name', { host: 'watch.lan' }],
    ['behind a proxy on the same machine', { publicUrl: 'https://watch.example.org/' }],
    ['behind a proxy that it believes', { trustProxy: ['127.0.0.1'] }],
  ])('%s: pages stay shut and say how to set one', async (_how, settings) => {
    server = await world.serve(settings, { isPasswordSet: false })
    for (const url of ['/', '/feeds', '/settings/access', '/login']) {
      const page = await server.browse(url)
      expect(page.statusCode).toBe(503)
      expect(page.body).toContain('No password is set yet')
      expect(page.body).toContain('openwatch passwd')
      expect(page.body).toContain('docker compose exec openwatch openwatch passwd')
    }
    for (const url of ['/status.json', '/api/v1/items', '/changes.atom', '/events'])
      expect((await server.ask(url)).statusCode).toBe(401)
    const tried = await server.send('/settings/access/password', {
      wanted: 'a password of a stranger',
      again: 'a password of a stranger',
    })
    expect(tried.statusCode).toBe(503)
    expect((await server.send('/login', { password: '' })).statusCode).toBe(503)
  })

  it('who looks after it is answered, hubs and links in alerts are, too', async () => {
    server = await world.serve({ host: '0.0.0.0' }, { isPasswordSet: false })
    expect((await server.ask('/healthz')).statusCode).toBe(200)
    expect((await server.ask('/readyz')).statusCode).toBe(200)
    expect((await server.ask('/websub/nobody')).statusCode).toBe(404)
    expect((await server.browse('/act/forged')).statusCode).toBe(403)
  })

  it('a token is enough', async () => {
    server = await world.serve({ host: '0.0.0.0' }, { isPasswordSet: false })
    expect((await server.ask('/api/v1/items', bearer(await tokenOf(server, 'read')))).statusCode).toBe(200)
  })

  it('a password opens it at once', async () => {
    server = await world.serve({ host: '0.0.0.0' }, { isPasswordSet: false })
    expect((await server.browse('/')).statusCode).toBe(503)
    await setPassword(password, { db: server.system.db, configured: {}, cost: cheap })
    server.later(1000)
    expect((await server.browse('/')).headers.location).toBe('/login')
    const cookie = await server.signIn()
    expect((await server.browse('/', { headers: { cookie } })).statusCode).toBe(200)
  })
})

describe('with a password', () => {
  it('people are sent to sign in and come back to the page that they wanted', async () => {
    server = await world.serve()
    const sent = await server.browse('/settings/access?q=%22open+weights%22')
    expect(sent.statusCode).toBe(303)
    expect(sent.headers.location).toBe('/login?next=%2Fsettings%2Faccess%3Fq%3D%2522open%2Bweights%2522')
    const form = await server.browse(locationOf(sent))
    expect(form.body).toContain('value="/settings/access?q=%22open+weights%22"')
    const back = await server.send('/login', { password, next: '/settings/access?q=%22open+weights%22' })
    expect(back.headers.location).toBe('/settings/access?q=%22open+weights%22')
    expect((await server.browse('/login', { headers: { cookie: cookieOf(back) } })).headers.location).toBe(
      '/',
    )
  })

  it('programs are asked for a token, in the words of RFC 9457 and 6750', async () => {
    server = await world.serve()
    for (const url of ['/api/v1/items', '/status.json', '/changes.json']) {
      const answer = await server.ask(url)
      expect(answer.statusCode).toBe(401)
      expect(answer.headers['content-type']).toBe('application/problem+json')
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="openwatch"')
      expect(answer.json()).toMatchObject({
        status: 401,
        detail: expect.stringContaining('openwatch tokens create') as string,
      })
    }
  })

  it('forms are taken as forms alone', async () => {
    server = await world.serve()
    for (const [type, payload] of [
      ['text/plain', 'password=x'],
      ['application/json', '["x"]'],
      ['application/json', 'null'],
    ] as const)
      expect(
        (await server.ask('/login', { method: 'POST', payload, headers: { 'content-type': type } }))
          .statusCode,
      ).toBe(415)
  })

  it('the same is said of every wrong password, however close', async () => {
    server = await world.serve()
    const tries = ['', 'x', password.slice(0, -1), `${password} `]
    const said = await Promise.all(tries.map((tried) => server.send('/login', { password: tried })))
    expect(said.map((answer) => answer.statusCode)).toEqual([422, 422, 422, 422])
    expect(new Set(said.map((answer) => answer.body)).size).toBe(1)
    expect(said[0]?.body).toContain('This is not the password.')
    expect(said.map(setCookieOf)).toEqual(['', '', '', ''])
  })

  it('the same letters are the same password, composed or not', async () => {
    server = await world.serve({}, { isPasswordSet: false })
    const { db } = server.system
    await setPassword('Grüße aus Köln', { db, configured: {}, cost: cheap })
    expect((await server.send('/login', { password: 'Grüße aus Köln'.normalize('NFD') })).statusCode).toBe(
      303,
    )
  })

  it.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '/.//evil.example/',
    '/x/..//evil.example/',
    '/\t/evil.example/',
    '/%0d%0aset-cookie:x',
    'javascript:alert(1)',
    'evil.example',
    `/${'a'.repeat(3000)}`,
  ])('signing in leads to nowhere else: %.40s', async (next) => {
    server = await world.serve()
    const answer = await server.send('/login', { password, next })
    const to = locationOf(answer)
    expect(new URL(to, 'http://localhost:8484/').origin).toBe('http://localhost:8484')
    expect(to).toMatch(/^\/(?!\/)[^\r\n\\]*$/)
    expect(answer.headers['set-cookie']).toEqual(expect.stringMatching(/^openwatch=/))
  })

  it('the cookie is for the server alone, over https under a name that no other host can set', async () => {
    server = await world.serve()
    const plain = await server.send('/login', { password })
    expect(setCookieOf(plain)).toMatch(
      /^openwatch=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
    )
    await server.end()
    server = await world.serve({ publicUrl: 'https://watch.example.org/' })
    const secure = await server.send('/login', { password }, { headers: { host: 'watch.example.org' } })
    expect(setCookieOf(secure)).toMatch(
      /^__Host-openwatch=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
    expect(secure.headers['strict-transport-security']).toBe('max-age=31536000')
    // what came over https is not taken from a cookie that could have been set over http
    const plainName = cookieOf(secure).replace('__Host-', '')
    const page = await server.browse('/feeds', { headers: { host: 'watch.example.org', cookie: plainName } })
    expect(page.statusCode).toBe(303)
  })

  it('what a proxy says of https and of addresses is believed of those that were named alone', async () => {
    const said = {
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'watch.lan',
      'x-forwarded-for': '203.0.113.9',
    }
    server = await world.serve({ trustProxy: ['10.0.0.1'] })
    const from = (remoteAddress: string) =>
      server.send('/login', { password }, { remoteAddress, headers: said })
    expect(setCookieOf(await from('10.0.0.1'))).toContain('; Secure;')
    expect(setCookieOf(await from('10.0.0.2'))).not.toContain('; Secure;')
  })

  it('signing in gives a session of its own, never one that the browser brought', async () => {
    server = await world.serve()
    const planted = `openwatch=${'A'.repeat(43)}`
    const answer = await server.send('/login', { password }, { headers: { cookie: planted } })
    expect(cookieOf(answer)).not.toBe(planted)
    expect((await server.browse('/feeds', { headers: { cookie: planted } })).statusCode).toBe(303)
    const again = await server.send('/login', { password }, { headers: { cookie: cookieOf(answer) } })
    expect(cookieOf(again)).not.toBe(cookieOf(answer))
    expect(
      (await server.browse('/settings/access', { headers: { cookie: cookieOf(answer) } })).statusCode,
    ).toBe(303)
    expect(
      (await server.browse('/settings/access', { headers: { cookie: cookieOf(again) } })).statusCode,
    ).toBe(200)
  })

  it('the database holds no secret that signs in', async () => {
    server = await world.serve()
    const cookie = await server.signIn()
    const token = await tokenOf(server, 'write')
    const { rows } = await server.system.db.pool.query<{ all: string }>(
      `select (select json_agg(s)::text from web_session s) || (select json_agg(t)::text from api_token t) ||
         (select json_agg(v)::text from setting v) as all`,
    )
    for (const secret of [cookie.replace('openwatch=', ''), token, password]) {
      expect(rows[0]?.all).not.toContain(secret)
      expect(rows[0]?.all).not.toContain(Buffer.from(secret).toString('hex'))
    }
  })

  it('a session ends by signing out, here and in the browser', async () => {
    server = await world.serve()
    const cookie = await server.signIn()
    const out = await server.send('/logout', {}, { headers: { cookie } })
    expect(out.headers.location).toBe('/login')
    expect(setCookieOf(out)).toMatch(/^openwatch=; Max-Age=0; /)
    expect((await server.browse('/settings/access', { headers: { cookie } })).statusCode).toBe(303)
  })

  it('a session ends after a week without a visit, and after a month with visits', async () => {
    server = await world.serve()
    const idle = await server.signIn()
    server.later(7 * day - minute)
    expect((await server.browse('/settings/access', { headers: { cookie: idle } })).statusCode).toBe(200)
    server.later(7 * day)
    expect((await server.browse('/settings/access', { headers: { cookie: idle } })).statusCode).toBe(303)
    const used = await server.signIn()
    for (let visits = 0; visits < 5; visits++) {
      expect((await server.browse('/settings/access', { headers: { cookie: used } })).statusCode).toBe(200)
      server.later(6 * day)
    }
    expect((await server.browse('/settings/access', { headers: { cookie: used } })).statusCode).toBe(303)
  })

  it('a new password ends every session, also those that another process opened', async () => {
    server = await world.serve()
    const cookie = await server.signIn()
    const { db } = server.system
    expect(await setPassword('another password, longer', { db, configured: {}, cost: cheap })).toEqual({
      kind: 'set',
      sessionsEnded: 1,
    })
    server.later(1000)
    expect((await server.browse('/settings/access', { headers: { cookie } })).statusCode).toBe(303)
    expect((await server.send('/login', { password })).statusCode).toBe(422)
  })

  it('a password of the configuration is demanded, and ends the sessions of the one before', async () => {
    server = await world.serve()
    const cookie = await server.signIn()
    const config = server.system.config()
    const configured = { ...config, server: { ...config.server, password: 'from the environment' } }
    await server.system.useConfig(configured)
    expect((await server.browse('/settings/access', { headers: { cookie } })).statusCode).toBe(303)
    expect((await server.send('/login', { password })).statusCode).toBe(422)
    const answer = await server.send('/login', { password: 'from the environment' })
    expect(answer.statusCode).toBe(303)
    const page = await server.browse('/settings/access', { headers: { cookie: cookieOf(answer) } })
    expect(page.body).toContain('OPENWATCH_PASSWORD_FILE')
    expect(page.body).not.toContain('Change the password')
  })
})

describe('guessing', () => {
  it('waits twice as long after each wrong password of an address, and is told for how long', async () => {
    server = await world.serve()
    const waits: number[] = []
    for (let tries = 0; tries < 9; tries++) {
      await server.send('/login', { password: `guess ${tries}` })
      const held = await server.send('/login', { password: 'one more' })
      const seconds = held.statusCode === 429 ? Number(held.headers['retry-after']) : 0
      waits.push(seconds)
      server.later(seconds * 1000)
      if (seconds > 0) expect(held.body).toContain('Too many wrong passwords')
    }
    expect(waits).toEqual([0, 0, 2, 4, 8, 16, 32, 64, 128])
  })

  it('is not looked at while it has to wait, be it right', async () => {
    server = await world.serve()
    for (let tries = 0; tries < 5; tries++) await server.send('/login', { password: 'wrong' })
    const held = await server.send('/login', { password })
    expect(held.statusCode).toBe(429)
    expect(setCookieOf(held)).toBe('')
    server.later(2000)
    expect((await server.send('/login', { password })).statusCode).toBe(303)
    // the right one forgives
    expect((await server.send('/login', { password: 'wrong' })).statusCode).toBe(422)
  })

  it('a hundred at once are a hundred', async () => {
    server = await world.serve()
    const tries = Array.from({ length: 100 }, (_, n) => server.send('/login', { password: `guess ${n}` }))
    const codes = (await Promise.all(tries)).map((answer) => answer.statusCode)
    expect(codes.filter((code) => code === 422).length).toBeLessThanOrEqual(5)
    expect(codes.filter((code) => code === 429).length).toBeGreaterThanOrEqual(95)
  })

  it('from one place keeps nobody else out; IPv6 counts by the network', async () => {
    server = await world.serve({ host: '::' })
    const from = (remoteAddress: string, tried: string) =>
      server.send('/login', { password: tried }, { remoteAddress })
    for (let tries = 0; tries < 5; tries++) await from(`2001:db8:1:1::${tries}`, 'wrong')
    expect((await from('2001:db8:1:1:ffff::1', password)).statusCode).toBe(429)
    expect((await from('2001:db8:1:2::1', password)).statusCode).toBe(303)
    expect((await from('::ffff:203.0.113.9', password)).statusCode).toBe(303)
  })

  it('from thousands of places is slowed down for all, by ten seconds at most', async () => {
    server = await world.serve({ host: '0.0.0.0' })
    const from = (n: number, tried: string) =>
      server.send('/login', { password: tried }, { remoteAddress: `203.0.${n >> 8}.${n & 255}` })
    for (let n = 0; n < 50; n++) expect((await from(n, 'wrong')).statusCode).toBe(422)
    expect((await from(50, 'wrong')).statusCode).toBe(429)
    for (let n = 51; n < 60; n++) {
      server.later(10_000)
      expect((await from(n, 'wrong')).statusCode).toBe(422)
    }
    const held = await from(61, password)
    expect(held.statusCode).toBe(429)
    expect(Number(held.headers['retry-after'])).toBeLessThanOrEqual(10)
    server.later(10_000)
    expect((await from(61, password)).statusCode).toBe(303)
  })

  it('a new password lets everybody try again', async () => {
    server = await world.serve()
    for (let tries = 0; tries < 6; tries++) await server.send('/login', { password: 'wrong' })
    await setPassword('another password, longer', {
      db: server.system.db,
      configured: {},
      cost: cheap,
    })
    server.later(1000)
    expect((await server.send('/login', { password: 'another password, longer' })).statusCode).toBe(303)
  })

  it('of the password behind a page that is signed in is slowed down, too', async () => {
    server = await world.serve()
    const headers = { cookie: await server.signIn() }
    const change = (current: string) =>
      server.send(
        '/settings/access/password',
        { current, wanted: 'a new one, longer', again: 'a new one, longer' },
        { headers },
      )
    for (let tries = 0; tries < 5; tries++) expect((await change('wrong')).statusCode).toBe(422)
    expect((await change(password)).statusCode).toBe(429)
  })

  it('many requests from one address are held up, and told for how long', async () => {
    server = await world.serve({ host: '0.0.0.0' })
    const codes: number[] = []
    for (let n = 0; n < 1201; n++)
      codes.push((await server.ask('/status.json', { remoteAddress: '203.0.113.9' })).statusCode)
    expect(codes.slice(0, 1200).every((code) => code === 401)).toBe(true)
    const held = await server.browse('/', { remoteAddress: '203.0.113.9' })
    expect(held.statusCode).toBe(429)
    expect(held.headers['retry-after']).toMatch(/^\d+$/)
    expect(held.body).toContain('Too many requests')
    expect(held.headers['content-security-policy']).toContain("default-src 'none'")
    expect((await server.ask('/status.json', { remoteAddress: '203.0.113.10' })).statusCode).toBe(401)
    expect((await server.ask('/healthz', { remoteAddress: '203.0.113.9' })).statusCode).toBe(200)
  })
})
