import { Parser } from 'htmlparser2'
import { describe, expect, it } from 'vitest'
import { buildReport } from '../../../src/report/build.ts'
import type { ReportInput } from '../../../src/report/report-input.ts'
import { renderReportPage } from '../../../src/web/pages/board-page.tsx'
import { stylesheet } from '../../../src/web/assets.ts'
import {
  change,
  everyStanding,
  feed,
  reportItem,
  sampleInput,
  sampleNow,
  watchItem,
} from '../../report/sample.ts'

interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
}

/** What a browser would see: elements, and the text without white space doubled. */
function read(html: string) {
  const elements: Element[] = []
  let text = ''
  const parser = new Parser({
    onopentag: (name, attributes) => elements.push({ name, attributes }),
    ontext: (piece) => (text += piece),
    onclosetag: () => (text += ' '),
  })
  parser.end(html)
  const all = (name: string) => elements.filter((element) => element.name === name)
  return { elements, all, text: text.replace(/\s+/g, ' ') }
}

const page = (input: ReportInput) => read(renderReportPage(buildReport(input, sampleNow)))

const payloads = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'-alert(1)-'",
  '</title><script>alert(1)</script>',
  '<svg onload=alert(1)>',
  '&lt;script&gt;',
  '{{constructor.constructor("alert(1)")()}}',
]

function hostilePage(payload: string, url: string) {
  const evidence = {
    url,
    outlet: payload,
    quote: payload,
    claimedAt: sampleNow,
    certainty: 'official' as const,
  }
  return page({
    items: [
      reportItem({
        item: watchItem({ id: payload, question: payload, expected: payload, topic: payload }),
        changes: [{ ...change('2025-08-05', { to: 'delayed', reason: payload }), evidence: [evidence] }],
        standing: {
          status: 'delayed',
          since: sampleNow,
          expected: { from: null, to: null, granularity: 'vague', text: payload },
          disputed: true,
        },
      }),
    ],
    feeds: [feed(url, { state: 'failing', title: payload, lastError: payload })],
  })
}

describe('the first page', () => {
  it('tells each question with status, since when, slippage, quote and source', () => {
    const { text, all } = page(sampleInput)
    expect(text).toContain('When will OpenAI release its open-weight model?')
    expect(text).toContain('happened since 5 August 2025')
    expect(text).toContain('in the coming months early summer later this summer no date 5 August 2025')
    expect(text).toContain('Today we are releasing gpt-oss-120b')
    expect(text).toContain('quiet for 105 days, but only 1 of 14 feeds healthy')
    expect(all('a').map((link) => link.attributes['href'])).toContain(
      'https://openai.com/index/introducing-gpt-oss/',
    )
  })

  it('shows a status as a word and an icon, not by colour alone', () => {
    const { text, all } = page(everyStanding)
    for (const word of ['open', 'rumoured', 'announced', 'delayed', 'happened', 'cancelled']) {
      expect(text).toContain(`${word} since`)
    }
    const badges = all('span').filter((element) => element.attributes['class'] === 'badge')
    expect(badges).toHaveLength(everyStanding.items.length)
    expect(text).toContain('overdue for 49 days')
    expect(text).toContain('disputed')
  })

  it('says of a question that it is blind, and in the heading how many are', () => {
    const sight = { blindSince: new Date('2025-11-18T20:12:00Z'), turnedAt: null, broughtBy: [] }
    const { text, all } = page({ ...sampleInput, items: [reportItem({ sight })] })
    expect(text).toContain('1 question · 1 blind')
    expect(text).toContain('blind since 18 November 2025, 20:12 UTC (1 of 14 feeds healthy)')
    expect(all('li').filter((element) => element.attributes['class'] === 'warning')).toHaveLength(1)
  })

  it('says which feeds fail, why, and when they are tried next', () => {
    const { text } = page(sampleInput)
    expect(text).toContain('1 of 14 feeds healthy, 13 failing')
    expect(text).toContain('12 feeds there is no such host')
    expect(text).toContain('for 40 min, next try in 3 min')
    expect(text).toContain('https://mistral.ai/feed.xml')
  })

  it('can be reached by the link of an alert, and every id is there once', () => {
    const ids = page(everyStanding).elements.flatMap((element) => element.attributes['id'] ?? [])
    expect(ids).toContain('release-timing')
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('leads from nothing to the first question', () => {
    expect(page({ items: [], feeds: [] }).text).toContain('openwatch add')
  })

  it('has no inline script or style and needs no other host', () => {
    const { elements, all } = page(everyStanding)
    const scripts = all('script').map(({ attributes }) => attributes['src'] ?? 'inline')
    expect(scripts.filter((src) => !src.startsWith('/assets/'))).toEqual([])
    expect(all('style')).toEqual([])
    const names = elements.flatMap((element) => Object.keys(element.attributes))
    expect(names.filter((name) => name === 'style' || name.startsWith('on'))).toEqual([])
    const links = all('link').map((link) => link.attributes['href'] ?? '')
    expect(links.filter((href) => !/^\/(?!\/)/.test(href))).toEqual([])
    expect(stylesheet).not.toMatch(/url\(|@import|https?:/)
  })

  it('weighs little', () => {
    const html = renderReportPage(buildReport(everyStanding, sampleNow))
    expect(html.length + stylesheet.length).toBeLessThan(60_000)
  })
})

describe('what a feed or a person wrote', () => {
  it.each(payloads)('is shown as text and never runs: %s', (payload) => {
    const { elements, text, all } = hostilePage(payload, 'https://a.example/x')
    const names = new Set(elements.map((element) => element.name))
    expect(all('script').every(({ attributes }) => attributes['src']?.startsWith('/assets/'))).toBe(true)
    expect(names.has('img')).toBe(false)
    expect(
      elements.flatMap((element) => Object.keys(element.attributes)).filter((name) => name.startsWith('on')),
    ).toEqual([])
    expect(text).toContain(payload)
  })

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'nonsense',
  ])('never becomes a link: %s', (url) => {
    const links = hostilePage('x', url)
      .all('a')
      .map((link) => link.attributes['href'])
    expect(links.filter((link) => !/^(?:#|\/(?!\/))/.test(link ?? ''))).toEqual([])
  })

  it('cannot dress one host up as another', () => {
    const links = hostilePage('x', 'https://openai.com:pw@evil.example/').all('a')
    expect(links.map((link) => link.attributes['href'])).toContain('https://evil.example/')
  })

  it('tells other sites nothing about this page', () => {
    const outside = page(sampleInput)
      .all('a')
      .filter((link) => !/^[/#]/.test(link.attributes['href'] ?? ''))
    expect(outside.length).toBeGreaterThan(0)
    expect(outside.every((link) => link.attributes['rel']?.includes('noreferrer'))).toBe(true)
  })
})
