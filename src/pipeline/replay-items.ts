import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { parseJsonFeed } from '../feeds/json-feed.ts'
import { parseFeed, type ParsedEntry } from '../feeds/parse.ts'
import type { SeenEntry } from '../matching/entry.ts'

const endOfTime = new Date('9999-12-31T00:00:00Z')
const context = { url: '', contentType: null, now: endOfTime }

/**
 * Reads files of items (NDJSON of JSON Feed items, RSS, Atom or JSON Feed, each also gzipped) and merges them by date of
 * publication; within a date the order of the files stands. Entries without a date are left out: a replay has no clock
 * but theirs. Throws an Error that names the file.
 */
export async function readItems(files: readonly string[]): Promise<SeenEntry[]> {
  const all: SeenEntry[] = []
  for (const file of files) {
    const entries = await entriesOf(file)
    for (const [index, entry] of entries.entries()) {
      if (entry.publishedAt) all.push(seen(entry, `${file}:${index + 1}`, entry.publishedAt))
    }
  }
  return all.sort((a, b) => a.at.getTime() - b.at.getTime())
}

function seen(entry: ParsedEntry, key: string, at: Date): SeenEntry {
  const { id, url, outlet, title, text, author, publishedAt, discussionUrl } = entry
  return { id, url, outlet, title, text, author, publishedAt, discussionUrl, key, at }
}

async function entriesOf(file: string): Promise<readonly ParsedEntry[]> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new Error(`cannot read the items in ${file}: is the path right?`, { cause })
  })
  try {
    const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes
    const lines = itemLines(plain)
    return lines ? entriesOfLines(lines) : (await parseFeed(plain, context)).entries
  } catch (cause) {
    throw new Error(
      `the items in ${file} cannot be read: NDJSON of JSON Feed items, RSS, Atom or JSON Feed are understood`,
      { cause },
    )
  }
}

/** The lines of NDJSON; null where the file is a feed. */
function itemLines(bytes: Buffer): string[] | null {
  const text = bytes.toString('utf8').replace(/^\uFEFF/u, '')
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const first = lines[0] ?? ''
  if (!first.startsWith('{') || !first.trimEnd().endsWith('}')) return null
  try {
    const value: unknown = JSON.parse(first)
    return typeof value === 'object' && value !== null && !('items' in value) ? lines : null
  } catch {
    return null
  }
}

function entriesOfLines(lines: readonly string[]): ParsedEntry[] {
  const entries: ParsedEntry[] = []
  for (let from = 0; from < lines.length; from += 1000) {
    const items = lines.slice(from, from + 1000).join(',')
    entries.push(...parseJsonFeed(`{"items":[${items}]}`, context).entries)
  }
  return entries
}
