import { hash } from 'node:crypto'
import { toText } from './html-text.ts'
import { outletOf } from './outlet.ts'
import type { ParsedEntry } from './parsed-feed.ts'

/** The plain fields of an entry as its feed gives them. */
export interface StatedEntry extends Pick<
  ParsedEntry,
  'url' | 'title' | 'author' | 'summary' | 'content' | 'statedAt' | 'updatedAt' | 'discussionUrl'
> {
  readonly guid: string | null
}

function joined(title: string, summary: string, content: string): string {
  const repeats = summary === title || content.startsWith(summary)
  return [repeats ? '' : summary, content === title ? '' : content].filter((text) => text !== '').join('\n')
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

/** Completes an entry: its text, outlet, identity and a date that is not in the future. `home` stands in for a missing link. */
export function assembleEntry(stated: StatedEntry, now: Date, home: string): ParsedEntry {
  const { guid, title, url, author, statedAt, updatedAt, summary, content, discussionUrl } = stated
  const once = summary === null || summary.text === content?.text ? '' : toText(summary)
  const text = joined(title, once, content === null ? '' : toText(content))
  // named one by one: a rest of fields costs more than finding the text
  return {
    ...{ url, title, author, summary, content, statedAt, updatedAt, discussionUrl },
    id: shortId(guid) ?? shortId(url) ?? contentId(title, text),
    outlet: outletOf(url ?? home),
    text,
    publishedAt: statedAt !== null && statedAt <= now ? statedAt : null,
  }
}
