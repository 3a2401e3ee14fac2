/**
 * A way to write rich text, as one service reads it. What comes in as `words` is plain text that people or feeds wrote
 * and shows as exactly these words: it becomes no markup, no link, no mention. What comes in as lines or paragraphs is
 * already in the markup. `url` is an http(s) address.
 */
export interface Markup {
  readonly words: (words: string) => string
  readonly strong: (words: string) => string
  /** A link; where the service knows none, the words and then the bare address. */
  readonly link: (words: string, url: string) => string
  readonly quote: (lines: readonly string[]) => string
  readonly list: (lines: readonly string[]) => string
  /** Lines of one paragraph. */
  readonly paragraph: (lines: readonly string[]) => string
  /** Whether a link shows its address, so that it stands better on a line of its own. */
  readonly bareLinks: boolean
  /** What stands between two paragraphs. */
  readonly gap: string
}

/** A zero-width space: it breaks up what a chat would read as a mention or as a bare link. */
export const breaker = '\u200b'

/** Text in which no "@name" pings anybody: a zero-width space follows each @ that a name follows. */
export function withoutMentions(text: string): string {
  return text.replace(/@(?=[\p{L}\p{N}_-])/gu, `@${breaker}`)
}

/** An address in which the characters that a markup needs for itself are percent-encoded. */
export function encodeIn(url: string, reserved: RegExp): string {
  return url.replace(reserved, (character) => encodeURIComponent(character).replace(/[()'*!~]/g, hex))
}

function hex(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}
