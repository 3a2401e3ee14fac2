import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FeedFormatError, parseFeed, type ParsedFeed } from '../../src/feeds/parse.ts'
import { processorTime } from '../support/processor-time.ts'
import { now } from './read.ts'

function readPage(html: string, selector: string): Promise<ParsedFeed> {
  return parseFeed(Buffer.from(html), {
    url: 'https://acme.example/news/',
    contentType: 'text/html; charset=utf-8',
    selector,
    now,
  })
}

const page = `<!doctype html><html><head><title>Acme &amp; news</title></head><body>
  <time datetime="2020-01-01">since 2020</time>
  <div class="post"><time datetime="2025-08-05T10:00:00Z">5 Aug</time><h2><a href="gizmo-2">Gizmo 2 is <b>here</b></a></h2><p>It ships.</p></div>
  <div class="post"><h2><a href="/news/gizmo-1">Gizmo 1</a></h2></div>
  </body></html>`

test('each link that matches is an entry with its text, its address and the date beside it', async () => {
  const feed = await readPage(page, '.post a')
  expect(feed).toMatchObject({ format: 'page', title: 'Acme & news', homeUrl: 'https://acme.example/news/' })
  expect(feed.entries).toMatchObject([
    {
      id: 'https://acme.example/news/gizmo-2',
      url: 'https://acme.example/news/gizmo-2',
      title: 'Gizmo 2 is here',
      text: '',
      outlet: 'acme.example',
      publishedAt: new Date('2025-08-05T10:00:00Z'),
    },
    { url: 'https://acme.example/news/gizmo-1', title: 'Gizmo 1', publishedAt: null },
  ])
})

test('of a match that holds more than a link the heading is the title and the rest its text', async () => {
  const [entry] = (await readPage(page, '.post')).entries
  expect(entry).toMatchObject({ title: 'Gizmo 2 is here', url: 'https://acme.example/news/gizmo-2' })
  expect(entry?.text).toContain('Gizmo 2 is here\nIt ships.')
})

test('a match without a link is known by its words: the same words are the same entry', async () => {
  const read = (text: string) => readPage(`<ul><li>${text}</li><li>Other</li></ul>`, 'li')
  const [one] = (await read('Gizmo 2 is out')).entries
  const [same] = (await read(' Gizmo 2\n is <i>out</i>')).entries
  const [other] = (await read('Gizmo 3 is out')).entries
  expect(one?.url).toBeNull()
  expect(same?.id).toBe(one?.id)
  expect(other?.id).not.toBe(one?.id)
})

test('a match inside a link has that link', async () => {
  const feed = await readPage('<a href="/x"><h3>Inside</h3></a>', 'h3')
  expect(feed.entries).toMatchObject([{ title: 'Inside', url: 'https://acme.example/x' }])
})

test('picture, headline and "read more" of one address are one entry, with the words of the headline', async () => {
  const html =
    '<p><a href="/x"><img alt="A gizmo"></a> <a href="/x">Gizmo 2</a> <a href="/x">Read more</a> <a href="/y"><img alt="Only a picture"></a></p>'
  const feed = await readPage(html, 'a')
  expect(feed.entries.map((entry) => entry.title)).toEqual(['Gizmo 2', 'Only a picture'])
})

test('links are resolved against the base of the page, and those that lead nowhere are none', async () => {
  const html = '<base href="https://cdn.example/b/"><a href="x">X</a><a href="javascript:go()">Go</a>'
  expect((await readPage(html, 'a')).entries).toMatchObject([
    { url: 'https://cdn.example/b/x' },
    { title: 'Go', url: null },
  ])
})

test('a page on which nothing matches any more is no feed, and the selector is named', async () => {
  await expect(readPage(page, '.gone')).rejects.toThrow(/nothing on the page matches the selector \.gone/)
})

test('whatever a page holds, the parser throws nothing but its own error', async () => {
  const piece = fc.constantFrom(
    '<a href="/x">',
    '</a>',
    '<time datetime="x">',
    '<div>',
    '</p>',
    'text',
    '<',
    '&',
  )
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
      await readPage(pieces.join(''), 'a, div').catch((error: unknown) => {
        if (!(error instanceof FeedFormatError)) throw error
      })
    }),
  )
})

test('a page nested without end is read or refused within a second', async () => {
  const took = processorTime()
  await readPage('<div><a href="/x">'.repeat(100_000), 'a').catch((error: unknown) => {
    if (!(error instanceof FeedFormatError)) throw error
  })
  expect(took()).toBeLessThan(1000)
})
