/** One item of a feed in the one shape that everything after the parser reads. Text is plain: no markup, entities decoded. */
export interface Entry {
  /** Identity within its feed: guid or id, else link, else a hash of title and text. */
  readonly id: string
  /** Where the entry links to, absolute; null when the feed gives no link. */
  readonly url: string | null
  /** Registrable domain of `url` (`news.bbc.co.uk` gives `bbc.co.uk`); the feed's own where there is no link. */
  readonly outlet: string
  readonly title: string
  /** Summary and content as plain text, title not repeated. Paragraphs are separated by a line feed. */
  readonly text: string
  readonly author: string | null
  /** As the feed states it, never in the future of the poll; null when the feed states none. */
  readonly publishedAt: Date | null
  /** A page where the entry is discussed (aggregators), if any. */
  readonly discussionUrl: string | null
}

/** An entry as the judge sees it: which revision, and when it counts. */
export interface SeenEntry extends Entry {
  /** Names the revision: its database id, or its place in a replay. */
  readonly key: string
  /** When the entry counts: its date of publication, or the time it was first seen when it has none. */
  readonly at: Date
}
