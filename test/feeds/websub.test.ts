import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseLinks } from '../../src/feeds/link-header.ts'
import {
  advertised,
  askAgainMs,
  callbackUrl,
  hubForm,
  isSigned,
  readHubCall,
  renewAfterMs,
} from '../../src/feeds/websub.ts'
import { processorTime } from '../support/processor-time.ts'

const page = 'https://news.example/feed'

describe('the Link header', () => {
  it.each([
    ['<https://hub.example/>; rel="hub"', [['hub', 'https://hub.example/']]],
    ['<https://hub.example/>; rel=hub', [['hub', 'https://hub.example/']]],
    [
      '<https://a.example/?a=1,2>; rel="hub self"',
      [
        ['hub', 'https://a.example/?a=1,2'],
        ['self', 'https://a.example/?a=1,2'],
      ],
    ],
    [
      '</hub>; title="a, <b>; \\"c"; REL="HUB", <feed>;rel=self',
      [
        ['hub', 'https://news.example/hub'],
        ['self', 'https://news.example/feed'],
      ],
    ],
    ['<https://hub.example/>; rel=hub; rel=self', [['hub', 'https://hub.example/']]],
    ['<https://hub.example/>; rel=hub; anchor="https://other.example/"', []],
    ['<javascript:alert(1)>; rel=hub, no link at all, <https://hub.example/', []],
  ])('%s', (value, links) => {
    expect(parseLinks(value, page).map(({ rel, href }) => [rel, href])).toEqual(links)
  })

  it('may come several times', () => {
    const links = parseLinks(['<https://hub.example/>; rel=hub', `<${page}>; rel=self`], page)
    expect(links.map((link) => link.rel)).toEqual(['hub', 'self'])
  })

  it('may be anything, and large, without harm', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseLinks(text, page)).toBeInstanceOf(Array)
      }),
    )
    const took = processorTime()
    parseLinks('<"\\"'.repeat(8000), page)
    expect(took()).toBeLessThan(500)
  })
})

describe('discovery', () => {
  const inFeed = { hubs: ['https://in-feed.example/'], selfUrl: 'https://news.example/own' }
  const headers = parseLinks(
    '<https://in-header.example/>; rel=hub, <https://news.example/header>; rel=self',
    page,
  )

  it('takes what the feed says', () => {
    expect(advertised({ url: page }, inFeed)).toEqual({
      hubs: ['https://in-feed.example/'],
      topic: 'https://news.example/own',
    })
  })

  it('takes what the headers say, also where nothing of the feed was read', () => {
    const wanted = { hubs: ['https://in-header.example/'], topic: 'https://news.example/header' }
    expect(advertised({ url: page, links: headers }, { hubs: [], selfUrl: null })).toEqual(wanted)
    expect(advertised({ url: page, links: headers }, null)).toEqual(wanted)
  })

  it('prefers the headers where both speak', () => {
    expect(advertised({ url: page, links: headers }, inFeed)).toEqual({
      hubs: ['https://in-header.example/'],
      topic: 'https://news.example/header',
    })
  })

  it('takes a hub from the headers and the topic from the feed where that is how it is', () => {
    expect(advertised({ url: page, links: headers.slice(0, 1) }, inFeed)).toEqual({
      hubs: ['https://in-header.example/'],
      topic: 'https://news.example/own',
    })
  })

  it('knows nothing where nothing was said, and that there is no hub where a feed names none', () => {
    expect(advertised({ url: page }, null)).toBeNull()
    expect(advertised({ url: page, links: headers.slice(0, 1) }, null)).toBeNull()
    expect(advertised({ url: page }, { hubs: [], selfUrl: page })?.hubs).toEqual([])
  })

  it('falls back to the address that answered, unless that holds a secret', () => {
    const silent = { ...inFeed, selfUrl: null }
    expect(advertised({ url: page }, silent)?.topic).toBe(page)
    expect(advertised({ url: `${page}?token=abc` }, silent)?.hubs).toEqual([])
  })

  it('leaves out hubs that no request may go to, and more than two', () => {
    const hubs = [
      'ftp://hub.example/',
      'https://user:pass@hub.example/',
      `https://hub.example/${'x'.repeat(2000)}`,
      'nonsense',
    ]
    const good = ['https://1.example/', 'https://2.example/', 'https://3.example/']
    expect(advertised({ url: page }, { ...inFeed, hubs: [...hubs, ...good] })?.hubs).toEqual(good.slice(0, 2))
  })
})

describe('a request to a hub', () => {
  const wish = { topic: page, callback: 'https://watch.example/websub/x', secret: 's3cret' }

  it('has what the recommendation asks for', () => {
    expect(Object.fromEntries(hubForm({ ...wish, mode: 'subscribe' }))).toEqual({
      'hub.mode': 'subscribe',
      'hub.topic': page,
      'hub.callback': 'https://watch.example/websub/x',
      'hub.lease_seconds': '864000',
      'hub.secret': 's3cret',
    })
    expect([...hubForm({ ...wish, mode: 'unsubscribe' }).keys()]).toEqual([
      'hub.callback',
      'hub.mode',
      'hub.topic',
    ])
  })

  it.each([
    ['https://watch.example', 'https://watch.example/websub/abc'],
    ['https://watch.example/news', 'https://watch.example/news/websub/abc'],
    ['https://watch.example/news/?x=1#y', 'https://watch.example/news/websub/abc'],
  ])('names a callback under %s', (base, callback) => {
    expect(callbackUrl(base, 'abc')).toBe(callback)
  })
})

describe("a hub's call", () => {
  const asked = {
    'hub.mode': 'subscribe',
    'hub.topic': page,
    'hub.challenge': 'c',
    'hub.lease_seconds': '3600',
  }

  it('is read', () => {
    expect(readHubCall(asked)).toEqual({
      kind: 'verify',
      mode: 'subscribe',
      topic: page,
      challenge: 'c',
      leaseMs: 3_600_000,
    })
    expect(readHubCall({ 'hub.mode': 'denied', 'hub.topic': page, 'hub.reason': 'no' })).toEqual({
      kind: 'denied',
      topic: page,
      reason: 'no',
    })
  })

  it.each([
    ['no mode', { 'hub.mode': undefined }],
    ['another mode', { 'hub.mode': 'publish' }],
    ['no topic', { 'hub.topic': '' }],
    ['two topics', { 'hub.topic': [page, page] }],
    ['no challenge', { 'hub.challenge': undefined }],
  ])('is none of ours with %s', (_what, change) => {
    expect(readHubCall({ ...asked, ...change })).toBeNull()
  })

  it.each([
    [undefined, 1],
    ['0', 1],
    ['-5', 1],
    ['1e9', 1],
    ['864000', 10],
    ['999999999999', 365],
  ])('has a lease_seconds of %s, which is believed to be %i days', (seconds, days) => {
    expect(readHubCall({ ...asked, 'hub.lease_seconds': seconds })).toMatchObject({
      leaseMs: days * 86_400_000,
    })
  })
})

describe('the signature', () => {
  const body = Buffer.from('<rss/>')
  const sign = (method: string, secret = 's3cret') =>
    `${method}=${createHmac(method, secret).update(body).digest('hex')}`

  it.each(['sha1', 'sha256', 'sha384', 'sha512'])(
    'by %s is known, in small and capital letters',
    (method) => {
      expect(isSigned(body, sign(method), 's3cret')).toBe(true)
      expect(isSigned(body, sign(method).toUpperCase(), 's3cret')).toBe(true)
    },
  )

  it.each([
    ['missing', undefined],
    ['empty', ''],
    ['by another secret', sign('sha256', 'other')],
    ['by a method that is not allowed', sign('md5')],
    ['of a part', sign('sha256').slice(0, -2)],
    ['of nothing', 'sha256='],
    ['said to be by another method', sign('sha1').replace('sha1', 'sha256')],
    ['given twice', `${sign('sha1')}, ${sign('sha1')}`],
  ])('is wrong when it is %s', (_what, signature) => {
    expect(isSigned(body, signature, 's3cret')).toBe(false)
  })

  it('is wrong for another body', () => {
    expect(isSigned(Buffer.from('<rss />'), sign('sha512'), 's3cret')).toBe(false)
  })
})

describe('waiting', () => {
  it('renews at about 80% of the lease', () => {
    expect([0, 0.5, 1].map((random) => renewAfterMs(1000, random))).toEqual([750, 800, 850])
  })

  it('doubles from five minutes to a day', () => {
    const minutes = [1, 2, 3, 9, 100].map((attempt) => askAgainMs(attempt, null, 0.5) / 60_000)
    expect(minutes).toEqual([5, 10, 20, 1280, 1440])
    expect(askAgainMs(1, null, 0)).toBe(240_000)
    expect(askAgainMs(1, null, 1)).toBe(360_000)
  })

  it('tries more than once before a short lease ends', () => {
    expect(askAgainMs(1, 600_000, 0.5)).toBe(30_000)
    expect(askAgainMs(1, 10_000, 0.5)).toBe(5000)
  })
})
