import { describe, expect, it } from 'vitest'
import { buildReport } from '../../src/report/build.ts'
import { buildServer } from '../../src/web/server.ts'
import { everyStanding, sampleNow } from '../report/sample.ts'

const report = buildReport(everyStanding, sampleNow)

function server(notReady: string | null = null) {
  return buildServer({
    report: () => Promise.resolve(report),
    installation: 'this-one',
    notReady: () => Promise.resolve(notReady),
  })
}

describe('the web server', () => {
  it.each([
    ['/', 'text/html; charset=utf-8', report.items[0]?.question ?? ''],
    ['/status.json', 'application/json; charset=utf-8', '"items"'],
    ['/healthz', 'application/json; charset=utf-8', '"installation":"this-one"'],
    ['/readyz', 'application/json; charset=utf-8', '"ready"'],
  ])('answers %s, with the headers that keep the page to itself', async (url, type, holds) => {
    const answer = await server().inject({ url })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toBe(type)
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()') as string,
      'cache-control': 'no-store',
    })
    expect(answer.body).toContain(holds)
  })

  it('says why it is not ready', async () => {
    const answer = await server('the schedule is 90 s late').inject({ url: '/readyz' })
    expect(answer.statusCode).toBe(503)
    expect(answer.json()).toEqual({ status: 'not ready', reason: 'the schedule is 90 s late' })
  })

  it('knows nothing else', async () => {
    const program = await server().inject({ url: '/nothing' })
    expect(program.statusCode).toBe(404)
    expect(program.headers['content-type']).toBe('application/problem+json')
    const person = await server().inject({ url: '/nothing', headers: { accept: 'text/html,*/*' } })
    expect(person.statusCode).toBe(404)
    expect(person.body).toContain('<h1>There is nothing here</h1>')
  })

  describe('without a database', () => {
    const faults: unknown[] = []
    const secret = new Error('connect ECONNREFUSED 10.0.0.7:5432')
    const blind = () =>
      buildServer({
        report: () => Promise.reject(secret),
        installation: 'this-one',
        notReady: () => Promise.reject(secret),
        onFault: (error) => void faults.push(error),
      })

    it('shows people a page that says so, and programs JSON', async () => {
      const page = await blind().inject({ url: '/', headers: { accept: 'text/html' } })
      expect(page.statusCode).toBe(503)
      expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
      expect(page.body).toContain('cannot be shown just now')
      expect(page.body).toContain('openwatch.css')
      const json = await blind().inject({ url: '/status.json' })
      expect(json.statusCode).toBe(503)
      expect(json.headers['content-type']).toBe('application/problem+json')
      expect(json.json()).toMatchObject({ status: 503, type: 'urn:openwatch:problem:unavailable' })
      expect(faults).toEqual([secret, secret])
    })

    it.each([
      ['/', 503],
      ['/status.json', 503],
      ['/readyz', 503],
      ['/nothing', 404],
      ['/%ff', 400],
    ])('gives nothing away at %s, and keeps its headers', async (url, code) => {
      const answer = await blind().inject({ url })
      expect(answer.statusCode).toBe(code)
      expect(answer.body).not.toMatch(/ECONNREFUSED|10\.0\.0\.7|FST_|%ff/)
      expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
      expect(answer.headers['x-content-type-options']).toBe('nosniff')
      expect(answer.headers['referrer-policy']).toBe('same-origin')
      expect(answer.headers['cache-control']).toBe('no-store')
    })
  })
})
