import type { Entry } from './entry.ts'
import { tokenize, type Sentence, type Text, type Token } from './text.ts'
import { wordRanges } from './word-ranges.ts'

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

/** A text that is read as far as anybody asks: most entries meet nothing, and of their words only the offsets are wanted. */
class LateText implements Text {
  readonly raw: string
  #words: readonly number[] | undefined
  #read: Text | undefined

  constructor(raw: string) {
    this.raw = raw
  }

  get words(): readonly number[] {
    return (this.#words ??= wordRanges(this.raw))
  }

  get tokens(): readonly Token[] {
    return this.#reading.tokens
  }

  get sentences(): readonly Sentence[] {
    return this.#reading.sentences
  }

  get #reading(): Text {
    return (this.#read ??= tokenize(this.raw, this.words))
  }
}
