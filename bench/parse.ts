import RssParser from 'rss-parser'
import { parseFeed } from '../src/feeds/parse.ts'
import type { BenchRow } from './bench-row.ts'

const bench = 'parse'
const feeds = 500
const items = 30

const paragraph =
  '<p>The company said on Tuesday that its <a href="https://example.org/model?a=1&amp;b=2">new model</a> would be ' +
  'released <em>later this summer</em>, after &#8220;more&#8221; tests than were planned when it was announced.</p>'

function item(feed: number, number: number): string {
  return `<item><title>Headline ${number} of feed ${feed}: model &amp; method</title>
    <link>https://site${feed}.example/${number}</link><guid isPermaLink="false">${feed}-${number}</guid>
    <dc:creator>Jane Roe</dc:creator><category>AI</category><pubDate>Tue, 05 Aug 2025 10:00:00 +0000</pubDate>
    <description><![CDATA[${paragraph}]]></description>
    <content:encoded><![CDATA[${paragraph.repeat(6)}]]></content:encoded></item>`
}

function makeFeed(feed: number): Buffer {
  const all = Array.from({ length: items }, (_, number) => item(feed, number)).join('\n')
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
    <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
    <channel><title>Feed ${feed}</title><link>https://site${feed}.example/</link>${all}</channel></rss>`)
}

/** CPU seconds of this process that some work takes. */
async function cpuSeconds(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

/** Parses 500 feeds of 30 entries with text, as the daemon does, beside rss-parser alone (which reads no text out of HTML). */
export const run = async (): Promise<BenchRow[]> => {
  const bodies = Array.from({ length: feeds }, (_, feed) => makeFeed(feed))
  const now = new Date('2026-01-01T00:00:00Z')
  const ours = async (): Promise<void> => {
    for (const body of bodies) await parseFeed(body, { url: 'https://example.org/', contentType: null, now })
  }
  const theirs = async (): Promise<void> => {
    for (const body of bodies) await new RssParser().parseString(body.toString('utf8'))
  }
  await ours()
  await theirs()
  const value = Math.round((feeds * items) / (await cpuSeconds(ours)))
  const alone = Math.round((feeds * items) / (await cpuSeconds(theirs)))
  const figure = `entries of ${feeds} feeds parsed a CPU second`
  return [
    { bench, figure, value, unit: 'entries/s', yardstick: 'rss-parser alone', ratio: value / alone },
    { bench, figure: 'the same by rss-parser alone', value: alone, unit: 'entries/s' },
  ]
}
