import fc from 'fast-check'
import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { buildReport } from '../../src/report/build.ts'
import type { ReportChange, ReportInput, ReportItem } from '../../src/report/report-input.ts'
import { buildServer } from '../../src/web/server.ts'
import { anyText, anyUrl } from '../alerts/hostile.ts'
import {
  change,
  everyStanding,
  releaseChanges,
  reportItem,
  sampleInput,
  sampleNow,
  watchItem,
  windowOf,
} from '../report/sample.ts'

const page = 'https://watch.example/'

async function ask(url: string, input: ReportInput, headers = {}) {
  const app = buildServer({
    report: () => Promise.resolve(buildReport(input, sampleNow)),
    installation: 'this-one',
    notReady: () => Promise.resolve(null),
    pageUrl: () => page,
  })
  return app.inject({ url, headers })
}

const only = (changes: readonly ReportChange[], over: Partial<ReportItem> = {}): ReportInput => ({
  items: [reportItem({ changes: changes.map((one, at) => ({ ...one, sequence: at + 1 })), ...over })],
  feeds: [],
})

/** The events of a calendar, as another program reads them. */
async function eventsOf(input: ReportInput, query = '') {
  const answer = await ask(`/calendar.ics${query}`, input)
  expect(answer.statusCode).toBe(200)
  return read(answer.body)
}

function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[])
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const { uid, sequence, summary, startDate, endDate, description } = new ICAL.Event(component)
    const value = (name: string) => component.getFirstPropertyValue(name)?.toString() ?? null
    return {
      ...{ uid, sequence, summary, description },
      ...{ from: startDate.toString(), end: endDate.toString(), isDate: startDate.isDate },
      ...{ status: value('status'), transp: value('transp'), url: value('url'), stamp: value('dtstamp') },
    }
  })
}

const may = windowOf('month', '2026-05-01', '2026-05-31', 'in May 2026')
const june = windowOf('month', '2026-06-01', '2026-06-30', 'in June 2026')
const announced = change('2026-01-10', { expectedTo: may, quote: 'It comes in May 2026.' })
const slipped = change('2026-02-10', {
  from: 'announced',
  to: 'delayed',
  expectedFrom: may,
  expectedTo: june,
})

describe('the calendar of expected dates', () => {
  it('shows a promised window as an event of whole days that keeps nobody busy', async () => {
    const [event, ...others] = await eventsOf(only([announced]))
    expect(others).toEqual([])
    expect(event).toMatchObject({
      ...{ sequence: 0, from: '2026-05-01', end: '2026-06-01', isDate: true },
      ...{ status: 'CONFIRMED', transp: 'TRANSPARENT', url: `${page}items/release-timing` },
      summary: 'When will OpenAI release its open-weight model?',
    })
    expect(event?.description).toContain('“It comes in May 2026.” openai.com, official word')
  })

  it('moves the same event, with a higher sequence, when the date slips', async () => {
    const [before] = await eventsOf(only([announced]))
    const standing = { status: 'delayed', since: slipped.at, expected: june, disputed: false } as const
    const [after] = await eventsOf(only([announced, slipped], { standing }))
    expect(after).toMatchObject({ uid: before?.uid, sequence: 1, from: '2026-06-01', end: '2026-07-01' })
    expect(after?.summary).toMatch(/^Delayed: /)
    expect(after?.stamp).not.toBe(before?.stamp)
  })

  it('cancels the event when the date is withdrawn, and when the whole thing is', async () => {
    const none = change('2026-03-01', {
      kind: 'date',
      from: 'delayed',
      to: 'delayed',
      expectedFrom: june,
      expectedTo: null,
    })
    expect(await eventsOf(only([announced, slipped, none]))).toMatchObject([
      { sequence: 2, status: 'CANCELLED', from: '2026-06-01' },
    ])
    const off = change('2026-03-02', { from: 'delayed', to: 'cancelled', expectedFrom: june })
    expect(await eventsOf(only([announced, slipped, off]))).toMatchObject([
      { sequence: 2, status: 'CANCELLED' },
    ])
    const back = change('2026-04-01', { kind: 'date', from: 'delayed', to: 'delayed', expectedTo: june })
    expect(await eventsOf(only([announced, slipped, none, back]))).toMatchObject([
      { sequence: 3, status: 'CONFIRMED' },
    ])
  })

  it('puts what has happened on its day', async () => {
    const [event] = await eventsOf(
      only(releaseChanges, {
        standing: { status: 'happened', since: sampleNow, expected: null, disputed: false },
      }),
    )
    expect(event).toMatchObject({ from: '2025-08-05', end: '2025-08-06', status: 'CONFIRMED' })
    expect(event?.summary).toMatch(/^Happened: /)
  })

  it('leaves out what has no date, and marks what is not official as tentative', async () => {
    expect(await eventsOf(only([change('2026-01-10', {})]))).toEqual([])
    expect(await eventsOf(only([{ ...announced, certainty: 'reported' }]))).toMatchObject([
      { status: 'TENTATIVE' },
    ])
    const by = windowOf('day', null, '2026-05-31', 'by the end of May')
    expect(await eventsOf(only([{ ...announced, expectedTo: by }]))).toMatchObject([
      { from: '2026-05-31', end: '2026-06-01' },
    ])
  })

  it('is of one topic or question where that is asked for', async () => {
    const all = await eventsOf(sampleInput)
    const one = await eventsOf(sampleInput, '?item=release-timing')
    expect(all.length).toBeGreaterThan(0)
    expect(one).toHaveLength(1)
    expect(all.map(({ uid }) => uid)).toContain(one[0]?.uid)
    expect(await eventsOf(sampleInput, '?topic=openai-open-weights')).toEqual(all)
    expect((await ask('/calendar.ics?item=unknown', sampleInput)).statusCode).toBe(404)
    expect((await ask('/calendar.ics?item=a&item=b', sampleInput)).statusCode).toBe(400)
  })

  it('is the same text whenever it is asked for, and not sent twice', async () => {
    const first = await ask('/calendar.ics', sampleInput)
    expect(first.headers['content-type']).toBe('text/calendar; charset=utf-8')
    const again = await ask('/calendar.ics', sampleInput, { 'if-none-match': first.headers.etag })
    expect(again.statusCode).toBe(304)
  })

  it(
    'reads the same whatever the questions and quotes hold, in lines of 75 octets',
    { timeout: 60_000 },
    async () => {
      expect(read((await ask('/calendar.ics', everyStanding)).body).length).toBeGreaterThan(0)
      await fc.assert(
        fc.asyncProperty(anyText, anyText, anyUrl, anyText, async (question, quote, url, topic) => {
          const said = {
            ...announced,
            evidence: announced.evidence.map((one) => ({ ...one, quote, url, outlet: topic })),
          }
          const { body } = await ask(
            '/calendar.ics',
            only([said, slipped], { item: watchItem({ question, topic }) }),
          )
          for (const line of body.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
          // eslint-disable-next-line no-control-regex -- nothing but line ends may be among them
          expect(body.replaceAll('\r\n', '')).not.toMatch(/[\u0000-\u0008\u000a-\u001f\u007f]/)
          expect(read(body)).toMatchObject([
            { sequence: 1, from: '2026-06-01', end: '2026-07-01', status: 'CONFIRMED' },
          ])
        }),
        { numRuns: 150 },
      )
    },
  )
})
