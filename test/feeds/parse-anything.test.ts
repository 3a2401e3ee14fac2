import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FeedFormatError } from '../../src/feeds/parse.ts'
import { processorTime } from '../support/processor-time.ts'
import { read } from './read.ts'

async function outcome(body: string | Uint8Array): Promise<string> {
  try {
    const feed = await read(body)
    expect(new Set(feed.entries.map((entry) => entry.id)).size).toBe(feed.entries.length)
    return 'feed'
  } catch (error) {
    if (error instanceof FeedFormatError) return error.code
    throw error
  }
}

const scraps = fc.constantFrom(
  ...'<rss version="2.0">|<channel>|<item>|</item>|<title>|</title>|<link>|<link href="/x" rel=hub>|<feed xmlns="http://www.w3.org/2005/Atom">'.split(
    '|',
  ),
  ...'<entry>|</entry>|<![CDATA[|]]>|<!--|-->|&amp;|&|&#0;|&#xD800;|&nbsp;|<!DOCTYPE x [|<!ENTITY a "b">|]>|<pubDate>|<guid isPermaLink=false>'.split(
    '|',
  ),
  ...'<content type="xhtml">|<div>|</div>|<content mode="base64">|AAAA|"|\'|<a b=|/>|<?xml encoding="big5"?>|\u0000|\ud800|{"items":[|]}|1e999'.split(
    '|',
  ),
  ...'<dc:creator>|xml:base="http://["|<author>|<name>|a@b|\u202e|<rdf:RDF>|<media:group>|__proto__|<constructor>|<__proto__>|text:0|text:99'.split(
    '|',
  ),
)

test('arbitrary bytes are a feed or a FeedFormatError, and take no time', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), async (body) => {
      const took = processorTime()
      await outcome(body)
      expect(took()).toBeLessThan(1000)
    }),
    { numRuns: 300 },
  )
})

test('scraps of feeds in any order are a feed or a FeedFormatError', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(scraps, fc.string()), { maxLength: 60 }), async (parts) => {
      await outcome(parts.join(''))
    }),
    { numRuns: 1500 },
  )
})

test('whatever a title says, it comes back as it went in', async () => {
  const word = fc
    .string({ unit: 'binary', minLength: 1 })
    .map((text) => text.replace(/[\p{C}\p{Z}\s\u007f-\u009f]/gu, ''))
  await fc.assert(
    fc.asyncProperty(
      word.filter((text) => text !== ''),
      async (title) => {
        const body = JSON.stringify({
          version: 'https://jsonfeed.org/version/1.1',
          items: [{ id: '1', title }],
        })
        const escaped = title.replace(/&/g, '&amp;').replace(/</g, '&lt;')
        const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>${escaped}</title></entry></feed>`
        expect((await read(body)).entries[0]?.title).toBe(title)
        expect((await read(atom)).entries[0]?.title).toBe(title)
      },
    ),
    { numRuns: 300 },
  )
})

test('what JSON hides in escapes, and what a cut leaves of a character, comes to nothing that no database takes', async () => {
  const half = '\\ud800a\\u0000b\\u0085'
  const json = `{"title":"${half}","items":[{"id":"${half}","title":"${half}","content_text":"${half}","authors":[{"name":"${half}"}]}]}`
  const cut = `<rss><channel><item><title>${'x'.repeat(1999)}🦄</title><description>${'y'.repeat(399_999)}🦄</description><author>${'z'.repeat(299)}🦄</author></item></channel></rss>`
  const numbers =
    '<rss><channel><title>&#xD800;</title><item><title>&#xD800;a</title><description>&#55296;</description></item></channel></rss>'
  const declared = `<!DOCTYPE rss [<!ENTITY half "&#xD800;">]>${numbers.replaceAll('#xD800', 'half')}`
  const wide = Buffer.from(numbers.replaceAll('&#xD800;', '\ud800'), 'utf16le')
  const utf32 = Buffer.from(
    Uint32Array.from(`<rss><channel><item><title>\ud800</title></item></channel></rss>`.split(''), (one) =>
      one.charCodeAt(0),
    ).buffer,
  )
  for (const body of [json, cut, numbers, declared, wide, utf32]) {
    const { title, entries } = await read(body)
    for (const text of [
      title,
      ...entries.flatMap((entry) => [entry.id, entry.title, entry.text, entry.author]),
    ]) {
      expect(text?.isWellFormed() ?? true).toBe(true)
      expect(text ?? '').not.toContain('\0')
    }
  }
})

test('items whose id is empty are known by their links and words', async () => {
  const items = [
    { id: '', title: 'One' },
    { id: ' ', title: 'Two' },
    { id: '', url: 'https://a.example/3' },
  ]
  const { entries } = await read(JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items }))
  expect(entries.map(({ id }) => id.length > 1)).toEqual([true, true, true])
})

const large = 5_000_000
const item = (inside: string): string => `<rss version="2.0"><channel><item>${inside}</item></channel></rss>`

test.each([
  ['a 10 MB title', item(`<title>${'word '.repeat(2_000_000)}</title>`)],
  ['tags that never end', item(`<description>${'<p'.repeat(large / 2)}</description>`)],
  ['escaped tags that never end', item(`<description>${'&lt;p'.repeat(large / 5)}</description>`)],
  [
    'deep HTML',
    item(`<description><![CDATA[${'<i>'.repeat(large / 6)}${'</b>'.repeat(large / 8)}]]></description>`),
  ],
  ['deep XML', item('<a>'.repeat(large / 3))],
  ['ampersands', item(`<title>${'&'.repeat(large)}</title>`)],
  ['comments that never end', item('<!--'.repeat(large / 4))],
  ['CDATA that never ends', item('<![CDATA['.repeat(large / 9))],
  ['closing tags', item('</x>'.repeat(large / 4))],
  ['a name that looks like a tag and never ends', item(`<title>&lt;${'a'.repeat(large)}</title>`)],
  ['white space', item(`<title>${' \n'.repeat(large / 2)}x</title>`)],
  ['a mail address that never ends', item(`<author>${'a'.repeat(large)}@</author>`)],
  ['brackets', `{"items":${'['.repeat(large)}`],
  ['NUL bytes', item(`<title>${'a\0'.repeat(large / 2)}</title>`)],
])('%s is read or refused in a moment', async (_, body) => {
  const took = processorTime()
  await outcome(body)
  expect(took()).toBeLessThan(5000)
})

test('100,000 entries are all read', async () => {
  const items = Array.from(
    { length: 100_000 },
    (_, n) => `<item><title>T${n}</title><guid>${n}</guid></item>`,
  )
  const feed = await read(`<rss version="2.0"><channel>${items.join('')}</channel></rss>`)
  expect(feed.entries).toHaveLength(100_000)
})
