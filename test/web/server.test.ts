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
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.body).toContain(holds)
  })

  it('says why it is not ready', async () => {
    const answer = await server('the schedule is 90 s late').inject({ url: '/readyz' })
    expect(answer.statusCode).toBe(503)
    expect(answer.json()).toEqual({ status: 'not ready', reason: 'the schedule is 90 s late' })
  })

  it('knows nothing else', async () => {
    expect((await server().inject({ url: '/nothing' })).statusCode).toBe(404)
  })
})
