import { expect, test } from 'vitest'
import { read, readItem } from './read.ts'

function feed(...items: string[]): string {
  return `<rss version="2.0"><channel>${items.map((item) => `<item>${item}</item>`).join('')}</channel></rss>`
}

test('an entry is known by its guid, else its link, else its words', async () => {
  expect((await readItem('<guid isPermaLink="false">g</guid><link>https://a.example/</link>')).id).toBe('g')
  expect((await readItem('<link>https://a.example/</link>')).id).toBe('https://a.example/')
  const words = await readItem('<title>T</title><description>D</description>')
  expect(words.id).toMatch(/^[0-9a-f]{32}$/)
  expect((await readItem('<title>T</title><description>D</description>')).id).toBe(words.id)
  expect((await readItem('<title>T</title><description>E</description>')).id).not.toBe(words.id)
})

test('entries that share a guid are told apart by their links', async () => {
  const { entries } = await read(
    feed('<guid>g</guid><link>https://a.example/1</link>', '<guid>g</guid><link>https://a.example/2</link>'),
  )
  expect(entries.map((entry) => entry.id)).toEqual(['https://a.example/1', 'https://a.example/2'])
})

test('entries that share guid and link are told apart by their words', async () => {
  const { entries } = await read(
    feed(
      '<guid>g</guid><link>https://a.example/</link><title>1</title>',
      '<guid>g</guid><link>https://a.example/</link><title>2</title>',
    ),
  )
  expect(new Set(entries.map((entry) => entry.id)).size).toBe(2)
})

test('an entry that is there twice in the same words is taken once, and listed twice', async () => {
  const parsed = await read(
    feed('<guid>g</guid><title>1</title>', '<guid>g</guid><title>1</title>', '<guid>h</guid>'),
  )
  expect(parsed.entries.map((entry) => entry.id)).toEqual(['g', 'h'])
  expect(parsed.listed).toHaveLength(3)
  expect(parsed.skipped).toHaveLength(1)
})

test('an id too long for an index becomes a short one', async () => {
  const entry = await readItem(`<guid>${'g'.repeat(100_000)}</guid>`)
  expect(entry.id.length).toBeLessThan(100)
})

test('an entry with nothing to read is listed and not taken', async () => {
  const parsed = await read(feed('<title>x</title>', '<category>c</category>'))
  expect(parsed.entries).toHaveLength(1)
  expect(parsed.listed).toHaveLength(2)
  expect(parsed.skipped).toHaveLength(1)
})

test('an empty entry inside another is none, and what follows it is the outer one’s', async () => {
  const parsed = await read(feed('<title>x</title><item/><link>https://a.example/</link>'))
  expect(parsed.listed).toHaveLength(1)
  expect(parsed.entries[0]?.url).toBe('https://a.example/')
})
