import { hash } from 'node:crypto'
import { toText } from './html-text.ts'
import { outletOf as outletAt } from './outlet.ts'
import type { ParsedEntry } from './parsed-feed.ts'

/** The plain fields of an entry as its feed gives them. */
export interface StatedEntry extends Pick<
  ParsedEntry,
  'url' | 'title' | 'author' | 'summary' | 'content' | 'statedAt' | 'updatedAt' | 'discussionUrl'
> {
  readonly guid: string | null
}

function joined(title: string, summary: string, content: string): string {
  const before = summary === title || content.startsWith(summary) ? '' : summary
  const after = content === title ? '' : content
  return before === '' || after === '' ? before + after : `${before}\n${after}`
}

/** Ids are keys of a database index, which takes no longer ones; in characters. */
const longestId = 500

function shortId(id: string | null): string | null {
  return id !== null && id.length > longestId ? contentId(id, '') : id
}

/** The identity of an entry that brings none of its own: a hash of title and text. */
export function contentId(title: string, text: string): string {
  return hash('sha256', `${title}\n${text}`).slice(0, 32)
}

/** What else an entry is completed from. */
export interface EntryContext {
  readonly now: Date
  /** Stands in where an entry has no link. */
  readonly home: string
  /** Which outlet is behind an address; told by the address alone when not given. */
  readonly outletOf?: (url: string) => string
}

/** Completes an entry: its text, outlet, identity and a date that is not in the future. */
export function assembleEntry(
  stated: StatedEntry,
  { now, home, outletOf = outletAt }: EntryContext,
): ParsedEntry {
  const { guid, title, url, author, statedAt, updatedAt, summary, content, discussionUrl } = stated
  const once = summary === null || summary.text === content?.text ? '' : toText(summary)
  const text = joined(title, once, content === null ? '' : toText(content))
  // Each by its name, and none by a spread: what follows a spread makes V8 give every entry a hidden class of its own.
  return {
    url,
    title,
    author,
    summary,
    content,
    statedAt,
    updatedAt,
    discussionUrl,
    id: shortId(guid) ?? shortId(url) ?? contentId(title, text),
    outlet: outletOf(url ?? home),
    text,
    publishedAt: statedAt !== null && statedAt <= now ? statedAt : null,
  }
}
