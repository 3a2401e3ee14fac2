import { FeedFormatError } from './feed-format-error.ts'
import { strip } from './strip-controls.ts'

/** Escapes that may come to what no text has: control characters, halves of characters. */
const doubtful = /\\u(?:00[0189]|007f|d[89a-f]|fff[ef])/i

/**
 * Reads JSON that strangers wrote. What its escapes hide from those who clean the text (NUL, half a character: no
 * database takes either) is taken out of its strings. Throws FeedFormatError for what is no JSON.
 */
export function readJson(text: string): unknown {
  try {
    return parsed(text)
  } catch (error) {
    throw new FeedFormatError('not-a-feed', 'this begins like JSON but is broken', { cause: error })
  }
}

function parsed(text: string): unknown {
  if (!doubtful.test(text)) return JSON.parse(text) as unknown
  return JSON.parse(text, (_, value: unknown) =>
    typeof value === 'string' ? strip(value).toWellFormed() : value,
  ) as unknown
}
