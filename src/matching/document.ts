import type { Entry } from './entry.ts'
import { tokenize, type Sentence, type Text, type Token } from './text.ts'

/** An entry made ready for matching: read once, then matched against every query. */
export interface Document {
  readonly title: Text
  readonly text: Text
  /** The entry's outlet: a domain in lower case. */
  readonly outlet: string
}

/** Makes an entry ready for matching. */
export const documentOf = (entry: Pick<Entry, 'title' | 'text' | 'outlet'>): Document => ({
  title: new LateText(entry.title),
  text: new LateText(entry.text),
  outlet: entry.outlet.toLowerCase(),
})

/** A text whose words are found when first asked for: most entries meet nothing, and nobody asks. */
class LateText implements Text {
  readonly raw: string
  #read: Text | undefined

  constructor(raw: string) {
    this.raw = raw
  }

  get tokens(): readonly Token[] {
    return (this.#read ??= tokenize(this.raw)).tokens
  }

  get sentences(): readonly Sentence[] {
    return (this.#read ??= tokenize(this.raw)).sentences
  }
}
