import fc from 'fast-check'
import Parser from 'rss-parser'
import { describe, expect, it } from 'vitest'
import { alternateLinks } from './alternate-links.ts'
import { parseFeed } from '../../src/feeds/parse.ts'
import { buildReport } from '../../src/report/build.ts'
import type { ReportInput, ReportItem } from '../../src/report/report-input.ts'
import { buildServer } from '../../src/web/server.ts'
import { anyText, anyUrl, nasty } from '../alerts/hostile.ts'
import { expectValid } from '../alerts/channels/chat.ts'
import { change, everyStanding, releaseChanges, reportItem, sampleNow, watchItem } from '../report/sample.ts'
import { atomProblems } from './atom-validity.ts'
import { jsonFeedSchema } from './json-feed-schema.ts'

const page = 'https://watch.example/'

function server(input: ReportInput = everyStanding, over = {}) {
  return buildServer({
    report: () => Promise.resolve(buildReport(input, sampleNow)),
    installation: 'this-one',
    notReady: () => Promise.resolve(null),
    pageUrl: () => page,
    ...over,
  })
}

const ask = async (url: string, input?: ReportInput) => {
  const answer = await server(input).inject({ url })
  expect(answer.statusCode).toBe(200)
  return answer.body
}

const bytes = (text: string) => new TextEncoder().encode(text)
const reading = { url: `${page}changes.atom`, contentType: null, now: sampleNow }
const only = (over: Partial<ReportItem>): ReportInput => ({ items: [reportItem(over)], feeds: [] })
const numbered = releaseChanges.map((one, index) => ({ ...one, sequence: index + 1 }))
const story = only({ changes: numbered })

describe('the Atom feed of changes', () => {
  it('is a valid one, whatever the questions stand at', async () => {
    expect(atomProblems(await ask('/changes.atom'))).toEqual([])
    expect(atomProblems(await ask('/changes.atom', { items: [], feeds: [] }))).toEqual([])
    expect(atomProblems(await ask('/changes.atom', only({})))).toEqual([])
  })

  it('is called invalid when it is (so that the check can fail)', async () => {
    const xml = await ask('/changes.atom', story)
    for (const [from, to] of [
      ['<author><name>openwatch</name></author>', ''],
      [/<updated>[^<]*<\/updated>/, ''],
      [/<updated>[^<]*<\/updated>/, '<updated>10 June</updated>'],
      ['type="html">&lt;', 'type="html"><b>x</b>&lt;'],
      ['&lt;', '&nbsp;'],
      ['</feed>', '<other/></feed>'],
    ] as const)
      expect(atomProblems(xml.replace(from, to)), String(from)).not.toEqual([])
  })

  it('tells each change with its time, its proof and where to look', async () => {
    const feed = await new Parser().parseString(await ask('/changes.atom', story))
    expect(feed.title).toBe('openwatch: status changes')
    expect(feed.items).toHaveLength(numbered.length)
    const [first] = numbered
    const oldest = feed.items.at(-1)
    expect(oldest).toMatchObject({
      title:
        'open → announced, expected in the coming months: When will OpenAI release its open-weight model?',
      link: `${page}items/release-timing`,
      pubDate: first?.at.toISOString(),
    })
    expect(oldest?.content).toContain(first?.evidence[0]?.quote)
    expect(oldest?.content).toContain('href="https://openai.com/open-model-feedback/"')
  })

  it('is read by openwatch itself as what it is', async () => {
    const read = await parseFeed(bytes(await ask('/changes.atom', story)), reading)
    expect(read.selfUrl).toBe(`${page}changes.atom`)
    expect(read.homeUrl).toBe(page)
    expect(read.entries).toHaveLength(numbered.length)
    expect(new Set(read.entries.map(({ id }) => id)).size).toBe(numbered.length)
    expect(read.entries.map(({ publishedAt }) => publishedAt?.getTime())).toEqual(
      numbered.map(({ at }) => at.getTime()).toReversed(),
    )
  })

  it('keeps its names when it moves to another address, and not those of another installation', async () => {
    const ids = async (over: object) =>
      [...(await server(story, over).inject({ url: '/changes.atom' })).body.matchAll(/<id>(.*)<\/id>/g)].map(
        ([, id]) => id,
      )
    expect(await ids({ pageUrl: () => 'http://10.0.0.9:8484/' })).toEqual(await ids({}))
    expect(await ids({ installation: 'another' })).not.toEqual(await ids({}))
    expect((await ids({}))[0]).toMatch(
      /^urn:uuid:[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
    )
  })

  it('tells again, as updated, what a person rejected', async () => {
    const at = new Date('2025-07-01T12:00:00Z')
    const [first, ...rest] = numbered
    if (first === undefined) throw new Error('no change')
    const evidence = first.evidence.map((one) => ({
      ...one,
      rejected: { at, words: 'not said', note: 'a joke' },
    }))
    const xml = await ask('/changes.atom', only({ changes: [{ ...first, evidence }, ...rest] }))
    expect(atomProblems(xml)).toEqual([])
    expect(xml).toContain(`<updated>${at.toISOString()}</updated>`)
    expect(xml).toContain('not said')
  })

  it('lets nothing out of words of others, and stays valid', async () => {
    const hostile = nasty.map((text, index) =>
      change(`2025-06-${String((index % 28) + 1).padStart(2, '0')}`, {
        ...{ id: `c${index}`, quote: text, reason: text, url: 'https://news.example/a?b=1&c="><x' },
      }),
    )
    const xml = await ask(
      '/changes.atom',
      only({ changes: hostile, item: watchItem({ question: nasty.join(' ') }) }),
    )
    expect(atomProblems(xml)).toEqual([])
    const { items } = await new Parser().parseString(xml)
    for (const { content = '' } of items) {
      const tags = [...content.matchAll(/<\/?([a-z]+)/gi)].map(([, tag]) => tag)
      expect(['p', 'strong', 'br', 'blockquote', 'a']).toEqual(expect.arrayContaining(tags))
    }
  })

  it('stays valid whatever stands in it', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, anyText, anyText, anyUrl, async (question, quote, reason, url) => {
        const evidence = [
          { ...{ url, outlet: quote, quote, claimedAt: sampleNow }, certainty: 'hedged' as const },
        ]
        const input = only({
          item: watchItem({ question, topic: reason }),
          changes: [{ ...change('2025-06-10', {}), evidence, reason }],
        })
        expect(atomProblems(await ask('/changes.atom', input))).toEqual([])
        expectValid(JSON.parse(await ask('/changes.json', input)), jsonFeedSchema)
      }),
      { numRuns: 60 },
    )
  })

  it('is found from the page', async () => {
    const html = (await server().inject({ url: '/' })).body
    expect(alternateLinks(html)).toEqual([
      { type: 'application/atom+xml', href: '/changes.atom' },
      { type: 'application/feed+json', href: '/changes.json' },
      { type: 'text/calendar', href: '/calendar.ics' },
    ])
  })
})

describe('the JSON Feed of changes', () => {
  it('is a valid one, with the facts for programs', async () => {
    const feed = JSON.parse(await ask('/changes.json', story)) as { items: unknown[] }
    expectValid(feed, jsonFeedSchema)
    expect(feed.items.at(-1)).toMatchObject({
      url: `${page}items/release-timing`,
      external_url: 'https://openai.com/open-model-feedback/',
      date_published: '2025-03-31T17:00:00.000Z',
      _openwatch: { item: 'release-timing', change: 1, kind: 'status', from: 'open', to: 'announced' },
    })
  })

  it('has the entries of the Atom feed, in the same order under the same names', async () => {
    const json = await parseFeed(bytes(await ask('/changes.json')), reading)
    const atom = await parseFeed(bytes(await ask('/changes.atom')), reading)
    expect(json.entries.length).toBeGreaterThan(3)
    expect(json.entries.map(({ id, title }) => [id, title])).toEqual(
      atom.entries.map(({ id, title }) => [id, title]),
    )
  })
})

describe.each(['/changes.atom', '/changes.json'])('%s', (path) => {
  const topic = everyStanding.items[0]?.item.topic ?? ''
  const item = everyStanding.items.find(({ changes }) => changes.length > 0)?.item.id ?? ''

  it('tells of one topic or one question where it is asked to', async () => {
    const read = async (query: string) => parseFeed(bytes(await ask(path + query)), reading)
    const [all, ofTopic, ofItem] = [
      await read(''),
      await read(`?topic=${topic}`),
      await read(`?item=${item}`),
    ]
    expect(ofTopic.title).toBe(`openwatch: status changes of ${topic}`)
    expect(ofItem.entries.length).toBeLessThan(all.entries.length)
    expect(ofItem.entries.every(({ url }) => url === `${page}items/${item}`)).toBe(true)
    expect(ofItem.selfUrl).toBe(`${page}${path.slice(1)}?item=${item}`)
    const names = new Set(all.entries.map(({ id }) => id))
    expect(ofItem.entries.every(({ id }) => names.has(id))).toBe(true)
  })

  it.each(['?item=nothing', '?topic=nothing', '?item='])('knows no feed of %s', async (query) => {
    expect((await server().inject({ url: path + query })).statusCode).toBe(404)
  })

  it('refuses to be asked for two at once', async () => {
    expect((await server().inject({ url: `${path}?item=a&item=b` })).statusCode).toBe(400)
  })

  it('is sent only to those who do not have it, and keeps still while nothing changes', async () => {
    const first = await server().inject({ url: path })
    const tag = String(first.headers.etag)
    expect(first.headers['cache-control']).toBe('no-cache')
    const later = server(everyStanding, {
      report: () => Promise.resolve(buildReport(everyStanding, new Date(sampleNow.getTime() + 3_600_000))),
    })
    for (const known of [tag, `W/${tag}`, `"x", ${tag}`]) {
      const again = await later.inject({ url: path, headers: { 'if-none-match': known } })
      expect(again.statusCode, known).toBe(304)
      expect(again.body).toBe('')
      expect(again.headers.etag).toBe(tag)
    }
    const other = await later.inject({ url: path, headers: { 'if-none-match': '"x"' } })
    expect(other.statusCode).toBe(200)
    const moved = await server(story).inject({ url: path, headers: { 'if-none-match': tag } })
    expect(moved.statusCode).toBe(200)
  })

  it('is not there while the database is away', async () => {
    const away = server(everyStanding, { report: () => Promise.reject(new Error('away')) })
    expect((await away.inject({ url: path })).statusCode).toBe(503)
  })

  it('names the address it was asked at where no other is known', async () => {
    const body = await server(story, { pageUrl: () => null }).inject({
      url: path,
      headers: { host: 'box:8484' },
    })
    const read = await parseFeed(bytes(body.body), reading)
    expect(read.selfUrl).toBe(`http://box:8484${path}`)
  })
})
