import { toPlainText } from '../matching/plain-text.ts'
import type { RichText } from './parsed-feed.ts'

/** Longer than any article: what lies beyond is not read. In characters. */
const longest = 400_000
/** More tags than any article has. Past it nesting can be deep enough to make a parser's stack walk quadratic. */
const mostTags = 20_000

function countTags(html: string): number {
  let count = 0
  for (let at = html.indexOf('<'); at >= 0 && count <= mostTags; at = html.indexOf('<', at + 1)) count++
  return count
}

/** Rich text as plain text: no markup, entities decoded, paragraphs separated by a line feed. */
export function toText(rich: RichText): string {
  const text = rich.text.length > longest ? rich.text.slice(0, longest) : rich.text
  if (!rich.markup)
    return text
      .replace(/[^\S\n]+/g, ' ')
      .replace(/ ?\n\s*/g, '\n')
      .trim()
  if (countTags(text) <= mostTags) return toPlainText(text)
  return toPlainText(text.replace(/<[^<>]*>/g, ' ').replace(/</g, '&lt;'))
}

/** Rich text as one line: for titles and names. */
export function toLine(rich: RichText): string {
  return toText(rich).replace(/\s+/g, ' ').trim()
}
