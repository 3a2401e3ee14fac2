/** How much a watch item may hold, in characters and in words a list: every page, alert and answer carries it. */
export const itemLimits = {
  question: 2000,
  /** One alias, context or about word. */
  word: 500,
  /** Words of one list. */
  words: 200,
  /** An id, a kind or a topic: as the slugs of the configuration. */
  name: 64,
  expected: 500,
  /** A day or a time. */
  since: 40,
} as const
