import { readFile } from 'node:fs/promises'
import type { Fetcher } from '../feeds/fetch.ts'
import { FeedFormatError, parseFeed, type ParsedFeed } from '../feeds/parse.ts'
import { toJsonFeed } from '../feeds/to-json-feed.ts'
import { fileReason } from './fault.ts'

export interface ParseOptions {
  /** Files or http(s) addresses. */
  readonly sources: readonly string[]
  /** One line for each source in place of indented JSON. */
  readonly ndjson: boolean
  readonly fetcher: Fetcher
  readonly now: () => Date
  readonly out: (text: string) => void
  readonly err: (text: string) => void
}

/** The hosts among the sources: who types an address means it, also where it is inside a private network. */
export function typedHosts(sources: readonly string[]): string[] {
  return sources
    .filter((source) => isWeb(source) && URL.canParse(source))
    .map((source) => new URL(source).hostname)
}

function isWeb(source: string): boolean {
  return /^https?:\/\//i.test(source)
}

interface Source {
  readonly body: Uint8Array
  readonly url: string
  readonly base?: string
  readonly contentType: string | null
}

async function read(source: string, fetcher: Fetcher): Promise<Source | { readonly error: string }> {
  if (!isWeb(source)) {
    try {
      return { body: await readFile(source), url: '', contentType: null }
    } catch (error) {
      return { error: `cannot be read: ${fileReason(error)}` }
    }
  }
  const outcome = await fetcher.fetch(source, { etag: null, lastModified: null })
  switch (outcome.kind) {
    case 'fetched':
      return outcome
    case 'gone':
      return { error: 'the publisher says that this feed is over (410)' }
    case 'unchanged':
      return { error: 'the server sent no feed (304)' }
    case 'refused':
    case 'failed':
      return { error: outcome.reason }
  }
}

async function parseOne(
  source: string,
  options: ParseOptions,
): Promise<ParsedFeed | { readonly error: string }> {
  const found = await read(source, options.fetcher)
  if ('error' in found) return found
  try {
    return await parseFeed(found.body, { ...found, now: options.now() })
  } catch (error) {
    if (error instanceof FeedFormatError) return { error: error.message }
    throw error
  }
}

/** `openwatch parse`: prints each source as JSON Feed 1.1. Gives the exit code: 1 when one could not be read. */
export async function runParse(options: ParseOptions): Promise<number> {
  let code = 0
  for (const source of options.sources) {
    const parsed = await parseOne(source, options)
    const failed = 'error' in parsed
    if (failed) code = 1
    if (options.ndjson) {
      options.out(
        `${JSON.stringify({ file: source, ...(failed ? parsed : { feed: toJsonFeed(parsed) }) })}\n`,
      )
    } else if (failed) options.err(`${source}: ${parsed.error}\n`)
    else options.out(`${JSON.stringify(toJsonFeed(parsed), null, 2)}\n`)
  }
  return code
}
