import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { FeedFormatError, type ParsedFeed } from '../../src/feeds/parse.ts'
import { processorTime } from '../support/processor-time.ts'
import { read } from './read.ts'

/** Real feed files, which are other people's and not part of this project. */
const corpus = fileURLToPath(new URL('../../../shared/corpus/feeds/raw', import.meta.url))
const present = existsSync(corpus)
const files = present
  ? readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name))
  : []

/** Begun entries in the bytes: a floor for what must be found. Empty ones, and those inside text or comments, are none. */
function begunEntries(body: Buffer): number {
  const bare = body.toString('latin1').replace(/<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->/g, '')
  return (bare.match(/<(?:\w+:)?(?:item|entry)(?=[\s>])(?![^>]*\/>)/gi) ?? []).length
}

async function parsed(body: Buffer): Promise<ParsedFeed | null> {
  try {
    return await read(body)
  } catch (error) {
    if (error instanceof FeedFormatError) return null
    throw error
  }
}

if (!present) console.warn(`real feeds are not tested: ${corpus} is not there`)

describe.skipIf(!present)('real feeds', () => {
  test.each(files)('%s is read in under a second and loses no entry', async (name) => {
    const body = readFileSync(join(corpus, name))
    const took = processorTime()
    const feed = await parsed(body)
    expect(took()).toBeLessThan(1000)
    if (feed !== null) expect(feed.listed.length).toBeGreaterThanOrEqual(begunEntries(body))
  })

  test('few of them are no feeds', async () => {
    const feeds = await Promise.all(files.map((name) => parsed(readFileSync(join(corpus, name)))))
    expect(feeds.filter((feed) => feed === null).length).toBeLessThanOrEqual(8)
  })
})
