import type { Entry } from './entry.ts'
import { tokenize, type Text } from './text.ts'

/** An entry made ready for matching: read once, then matched against every query. */
export interface Document {
  readonly title: Text
  readonly text: Text
  /** The entry's outlet: a domain in lower case. */
  readonly outlet: string
}

/** Makes an entry ready for matching. */
export const documentOf = (entry: Pick<Entry, 'title' | 'text' | 'outlet'>): Document => ({
  title: tokenize(entry.title),
  text: tokenize(entry.text),
  outlet: entry.outlet.toLowerCase(),
})
