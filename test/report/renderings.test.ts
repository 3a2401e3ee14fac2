import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { buildReport } from '../../src/report/build.ts'
import { unpainted } from '../../src/report/paint.ts'
import type { ReportItem } from '../../src/report/report-input.ts'
import { renderItemText } from '../../src/report/render-item-text.ts'
import { renderJson } from '../../src/report/render-json.ts'
import { renderItemMarkdown, renderMarkdown } from '../../src/report/render-markdown.ts'
import { renderText } from '../../src/report/render-text.ts'
import { change, everyStanding, feed, reportItem, sampleInput, sampleNow, watchItem } from './sample.ts'

const hostile =
  '\u001b]8;;https://evil.example\u0007\u202eclick [here](javascript:alert(1)) <b>now</b> @everyone'

const hostileReport = () =>
  buildReport(
    {
      items: [
        reportItem({
          item: watchItem({ question: hostile }),
          changes: [
            {
              ...change('2025-08-05', { quote: hostile }),
              evidence: [
                {
                  url: 'javascript:alert(1)',
                  outlet: hostile,
                  quote: hostile,
                  claimedAt: sampleNow,
                  certainty: 'official',
                },
              ],
            },
          ],
        }),
      ],
      feeds: [feed('https://a.example', { state: 'failing', title: hostile, lastError: hostile })],
    },
    sampleNow,
  )

describe('the report in a terminal', () => {
  it('tells the first question as a person would want it, at 80 columns', () => {
    const text = renderText(buildReport(sampleInput, sampleNow), 80, unpainted)
    expect(text.split('\n\n')[1]).toBe(
      [
        '● happened    When will OpenAI release its open-weight model?',
        '              since 5 August 2025',
        '              promised: in the coming months → early summer → later this summer',
        '              → no date → 5 August 2025',
        '              “Today we are releasing gpt-oss-120b and gpt-oss-20b, two',
        '              open-weight language models, under the Apache 2.0 licence.”',
        '              openai.com, 5 Aug 2025 · official word',
        '              https://openai.com/index/introducing-gpt-oss/',
        '              quiet for 105 days, but only 1 of 14 feeds healthy',
      ].join('\n'),
    )
  })

  it('tells failing feeds of one host apart, and gives no key away', () => {
    const failing = (path: string, lastError: string, title: string | null = null) =>
      feed(`http://me:pw@127.0.0.1:9/${path}`, { state: 'failing', lastError, title })
    const feeds = [
      failing('one', 'first reason'),
      failing('two', 'second reason'),
      failing('three', 'third reason', 'News'),
      failing('four', 'fourth reason', 'News'),
      failing('five?id=1&token=abc', 'fifth reason'),
      failing('five?id=2&token=abc', 'fifth reason'),
      failing('six', 'sixth reason', 'Only one'),
    ]
    const text = renderText(buildReport({ items: [], feeds }, sampleNow), 80, unpainted)
    expect(text).toContain('! 127.0.0.1:9/one: first reason')
    expect(text).toContain('! 127.0.0.1:9/two: second reason')
    expect(text).toContain('! News (127.0.0.1:9/three): third reason')
    expect(text).toContain('! Only one: sixth reason')
    expect(text).toContain('127.0.0.1:9/five?id=1&token=***, 127.0.0.1:9/five?id=2&token=***')
    expect(text).not.toMatch(/abc|pw/)
  })

  it('does not call it good when there are no feeds', () => {
    const marked: typeof unpainted = (words, style) => `<${style}>${words}`
    expect(renderText(buildReport({ items: [], feeds: [] }, sampleNow), 80, marked)).toContain(
      '<warning>No feeds: nothing can be seen.',
    )
  })

  it('says which feeds fail, why, and when they are tried next', () => {
    const text = renderText(buildReport(sampleInput, sampleNow), 100, unpainted)
    expect(text).toContain('1 of 14 feeds healthy, 13 failing')
    expect(text).toContain('! 12 feeds: there is no such host')
    expect(text).toContain('for 40 min, next try in 3 min')
    expect(text).toContain('! hnrss.example: the server answers 503 (Service Unavailable)')
    expect(text).toContain('mistral.ai')
  })

  it.each([40, 60, 80, 120, 200])('keeps within %i columns but for links', (width) => {
    const lines = renderText(buildReport(everyStanding, sampleNow), width, unpainted).split('\n')
    const long = lines.filter((line) => stringWidth(line) > width && !line.includes('https://'))
    expect(long).toEqual([])
  })

  it('never repeats what would drive the terminal', () => {
    const report = hostileReport()
    const [item] = report.items
    if (item === undefined) throw new Error('the report has no item')
    const text = renderText(report, 80, unpainted) + renderItemText(item, sampleNow, 80, unpainted)
    // eslint-disable-next-line no-control-regex -- the very characters that must be gone
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
    expect(text).not.toMatch(/javascript:alert\(1\)$/m)
  })

  it('leads from nothing to the first question', () => {
    const text = renderText(buildReport({ items: [], feeds: [] }, sampleNow), 80, unpainted)
    expect(text).toContain('openwatch add')
    expect(text).toContain('openwatch feeds add <url>')
  })

  it('tells one question in full: history newest first, promised dates, and what was not enough', () => {
    const [item] = buildReport(sampleInput, sampleNow).items
    if (item === undefined) throw new Error('the report has no item')
    const text = renderItemText(item, sampleNow, 120, unpainted)
    expect(text.indexOf('delayed → happened')).toBeLessThan(text.indexOf('open → announced'))
    expect(text).toContain('11 Jul 2025   #4 delayed, date withdrawn (was late summer 2025)')
    expect(text).toContain('9 Jul 2025    as early as next week, theverge.com (only said)')
    expect(text).toContain('why not: hedged: a guarded word does not move a delayed question')
    expect(text).toContain('a keyword alert would have sent 412')
  })
})

describe('the report in a chat', () => {
  it('is Markdown with the quote, its link and the slippage', () => {
    const text = renderMarkdown(buildReport(sampleInput, sampleNow))
    expect(text).toContain('● **happened** · When will OpenAI release its open-weight model?')
    expect(text).toContain(
      'promised: in the coming months → early summer → later this summer → no date → 5 August 2025',
    )
    expect(text).toContain(
      '> [openai.com](https://openai.com/index/introducing-gpt-oss/), 5 Aug 2025 · official word',
    )
  })

  it('makes no link, mention or markup of what a feed wrote', () => {
    const report = hostileReport()
    const [item] = report.items
    if (item === undefined) throw new Error('the report has no item')
    const text = renderMarkdown(report) + renderItemMarkdown(item)
    expect(text).not.toContain('](javascript:')
    expect(text).not.toContain('@everyone')
    expect(text).not.toMatch(/(?<!\\)<b>/)
  })
})

describe('a question that cannot be seen', () => {
  const blind = (over: Partial<ReportItem> = {}, state: 'failing' | 'healthy' = 'failing') =>
    buildReport(
      {
        items: [
          reportItem({
            sight: {
              blindSince: new Date('2025-11-18T20:12:00Z'),
              turnedAt: null,
              broughtBy: ['https://a.example'],
            },
            ...over,
          }),
        ],
        feeds: [feed('https://a.example', { state }), feed('https://b.example'), feed('https://c.example')],
        watchedSince: new Date('2025-11-01T00:00:00Z'),
      },
      sampleNow,
    )
  const says = 'blind since 18 November 2025, 20:12 UTC (0 of 1 feed healthy)'

  it('is called blind in every form of the report, in its heading too', () => {
    const report = blind()
    const [item] = report.items
    if (item === undefined) throw new Error('the report has no item')
    expect(renderText(report, 120, unpainted)).toMatch(/^1 question · 1 blind /)
    expect(renderText(report, 120, unpainted)).toContain(says)
    expect(renderItemText(item, sampleNow, 120, unpainted)).toContain(says)
    expect(renderMarkdown(report)).toMatch(/^\*\*1 question\*\* · \*\*1 blind\*\* · /)
    expect(renderMarkdown(report)).toContain(
      '**blind since 18 November 2025, 20:12 UTC \\(0 of 1 feed healthy\\)**',
    )
    expect(renderJson(report).items[0]?.sight).toEqual({
      healthy: 0,
      total: 1,
      blindSince: '2025-11-18T20:12:00.000Z',
    })
  })

  it('is not, while it is paused or sees', () => {
    const sees = { blindSince: null, turnedAt: null, broughtBy: ['https://a.example'] }
    for (const report of [blind({ state: 'paused' }), blind({ sight: sees }, 'healthy')])
      expect(renderText(report, 120, unpainted)).not.toContain('blind')
  })

  it('still is for a quarter of an hour when its feeds can be read again, as the alerts have it', () => {
    const since = (minutes: number) => ({
      blindSince: new Date('2025-11-18T20:12:00Z'),
      turnedAt: new Date(sampleNow.getTime() - minutes * 60_000),
      broughtBy: ['https://a.example'],
    })
    expect(renderText(blind({ sight: since(14) }, 'healthy'), 120, unpainted)).toContain(
      '(1 of 1 feed healthy)',
    )
    expect(renderText(blind({ sight: since(15) }, 'healthy'), 120, unpainted)).not.toContain('blind')
  })
})

describe('feeds that are paused', () => {
  const feeds = [
    feed('https://a.example', { state: 'paused' }),
    feed('https://b.example'),
    feed('https://c.example', { state: 'stale' }),
  ]
  it('are neither healthy nor failing', () => {
    const report = buildReport({ items: [], feeds }, sampleNow)
    expect(renderText(report, 120, unpainted)).toContain('1 of 3 feeds healthy, 1 stale, 1 paused')
    expect(renderJson(report).feeds).toMatchObject({ healthy: 1, failing: 1, stale: 1, paused: 1, total: 3 })
  })
})

describe('the report as JSON', () => {
  it('has what a script needs, and survives a round through text', () => {
    const json = renderJson(buildReport(sampleInput, sampleNow))
    expect(JSON.parse(JSON.stringify(json))).toEqual(json)
    expect(json.feeds).toMatchObject({ healthy: 1, failing: 13, total: 14 })
    expect(json.items[0]).toMatchObject({
      id: 'release-timing',
      question: 'When will OpenAI release its open-weight model?',
      status: 'happened',
      since: '2025-08-05T17:00:00.000Z',
      expected: null,
      disputed: false,
      evidence: [
        {
          url: 'https://openai.com/index/introducing-gpt-oss/',
          outlet: 'openai.com',
          claimedAt: '2025-08-05T17:00:00.000Z',
        },
      ],
    })
  })

  it('gives windows both as days and as people read them', () => {
    const json = renderJson(buildReport(everyStanding, sampleNow))
    expect(json.items.find((item) => item.id === 'grok-3')?.expected).toEqual({
      from: '2026-02-01',
      to: '2026-02-28',
      granularity: 'month',
      words: 'in about six months',
      text: 'February 2026',
    })
  })

  it('lists each failing feed with the reason and the next try', () => {
    const json = renderJson(buildReport(sampleInput, sampleNow))
    expect(json.feeds.failures.at(-1)).toMatchObject({
      url: 'https://hnrss.example/newest',
      reason: 'the server answers 503 (Service Unavailable)',
      nextTry: '2025-11-19T09:50:00.000Z',
    })
  })
})
