import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Config } from '../../src/config/config.ts'
import { shippedDirectory } from '../../src/config/directory.ts'
import { loadConfig } from '../../src/config/load.ts'
import { formatProblems } from '../../src/config/problem.ts'
import { outletsSchema } from '../../src/config/schema/outlets.ts'
import { parseSource } from '../../src/config/source.ts'

async function shipped(): Promise<Config> {
  const loaded = await loadConfig({ directory: shippedDirectory(), env: {}, now: new Date(0) })
  if (!loaded.ok) throw new Error(formatProblems(loaded.problems))
  return loaded.config
}

describe('the shipped configuration', () => {
  it('has no mistakes', async () => {
    await expect(shipped()).resolves.toBeDefined()
  })

  it('polls at least 24 feeds, each with a title and the page to look at when it moves', async () => {
    const { feeds } = await shipped()
    expect(feeds.length).toBeGreaterThanOrEqual(24)
    expect(feeds.filter(({ title, page }) => title === undefined || page === undefined)).toEqual([])
  })

  it('names outlets by the registrable domain itself', async () => {
    const read = parseSource(
      'openwatch.yaml',
      await readFile(join(shippedDirectory(), 'openwatch.yaml'), 'utf8'),
    )
    if (!read.ok) throw new Error(formatProblems(read.problems))
    const { outlets } = z
      .object({ outlets: z.record(z.string(), z.array(z.string())) })
      .parse(read.source.data)
    expect(outletsSchema.parse(outlets)).toEqual(outlets)
  })

  it('grades makers, press, edited digests and aggregators apart', async () => {
    const { outlets } = await shipped()
    const grades = ['openai.com', 'reuters.com', 'slashdot.org', 'ycombinator.com', 'x.com', 'nobody.example']
    expect(grades.map((name) => outlets.get(name))).toEqual([
      'official',
      'established',
      'established',
      'aggregator',
      'other',
      undefined,
    ])
  })

  it('watches three questions of one topic, each of a kind that is shipped', async () => {
    const { watchItems, kinds } = await shipped()
    expect(watchItems.map(({ id }) => id)).toEqual(['release-timing', 'safety-measures', 'further-models'])
    expect(new Set(watchItems.map(({ topic }) => topic))).toEqual(new Set(['openai-open-weights']))
    expect(watchItems.filter(({ kind, sinceGiven }) => !kinds.has(kind) || !sinceGiven)).toEqual([])
    expect([...kinds.keys()]).toEqual(expect.arrayContaining(['release', 'decision', 'measure']))
  })
})

// https://www.jsonfeed.org/version/1.1/: what is required, and the types of what is used here.
const jsonFeed = z.strictObject({
  version: z.literal('https://jsonfeed.org/version/1.1'),
  title: z.string().min(1),
  description: z.string().min(1),
  language: z.literal('en'),
  items: z.array(
    z.strictObject({
      id: z.string().min(1),
      url: z.url(),
      title: z.string().min(10).max(120),
      content_text: z.string().min(40).max(600),
      date_published: z.iso.datetime(),
    }),
  ),
})

describe('the shipped history', () => {
  const read = async () => {
    const { historyFiles } = await shipped()
    expect(historyFiles).toHaveLength(1)
    return jsonFeed.parse(JSON.parse(await readFile(historyFiles[0] ?? '', 'utf8')))
  }

  it('is a JSON Feed 1.1 of at least 40 entries, each with an id and a title of its own', async () => {
    const { items } = await read()
    expect(items.length).toBeGreaterThanOrEqual(40)
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length)
    expect(new Set(items.map(({ title }) => title)).size).toBe(items.length)
    expect(new Set(items.map(({ url }) => url)).size).toBe(items.length)
  })

  it('tells the year 2025 in the order of time', async () => {
    const dates = (await read()).items.map((item) => item.date_published)
    expect(dates).toEqual(dates.toSorted())
    expect(new Set(dates).size).toBe(dates.length)
    expect([dates[0]?.slice(0, 10), dates.at(-1)?.slice(0, 10)]).toEqual(['2025-01-20', '2025-12-21'])
  })

  it('begins after the watch of the first two questions, so that it tells their story', async () => {
    const { watchItems } = await shipped()
    const first = new Date((await read()).items[0]?.date_published ?? NaN)
    const begun = watchItems.filter(({ since }) => since < first).map(({ id }) => id)
    expect(begun).toEqual(['release-timing', 'safety-measures'])
  })
})
