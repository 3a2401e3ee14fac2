/**
 * Control characters, also those that drive a terminal, and the invisible marks that turn the direction of text.
 * A feed's words must never move a cursor, colour a screen or make a link read as another.
 */
const unprintable =
  // eslint-disable-next-line no-control-regex -- these are the characters to take out
  /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g

/** Text of a feed as one safe line: nothing that drives a terminal, white space folded. */
export function oneLine(text: string): string {
  return text.replace(unprintable, '').replace(/\s+/g, ' ').trim()
}

/** One safe line of at most `limit` characters (code points), cut at a word where possible, with an ellipsis. */
export function clip(text: string, limit: number): string {
  const line = oneLine(text)
  const characters = Array.from(line)
  if (characters.length <= limit) return line
  const cut = characters.slice(0, Math.max(0, limit - 1)).join('')
  const space = cut.lastIndexOf(' ')
  return (space > cut.length * 0.6 ? cut.slice(0, space) : cut).replace(/[\s,;:.–-]+$/u, '') + '…'
}
