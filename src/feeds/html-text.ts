import { toPlainText } from '../matching/plain-text.ts'
import type { RichText } from './parsed-feed.ts'

/** Longer than any article: what lies beyond is not read. In characters. */
const longest = 400_000
/** More tags than any article has. Past it nesting can be deep enough to make a parser's stack walk quadratic. */
const mostTags = 20_000

/** A headline ends before this, in characters. */
const longestLine = 2000

const oddSpace = /^\s|\s$|\s\s|[^\S ]/

function countTags(html: string): number {
  let count = 0
  for (let at = html.indexOf('<'); at >= 0 && count <= mostTags; at = html.indexOf('<', at + 1)) count++
  return count
}

/** Rich text as plain text: no markup, entities decoded, paragraphs separated by a line feed. */
export function toText(rich: RichText): string {
  const text = rich.text.length > longest ? cut(rich.text, longest) : rich.text
  if (!rich.markup) return oddSpace.test(text) ? collapse(text) : text
  if (text.length <= mostTags || countTags(text) <= mostTags) return toPlainText(text)
  return toPlainText(text.replace(/<[^<>]*>/g, ' ').replace(/</g, '&lt;'))
}

function collapse(text: string): string {
  return text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n\s*/g, '\n')
    .trim()
}

/** Rich text as one line: for titles and names. */
export function toLine(rich: RichText): string {
  const text = toText(
    rich.text.length > 10 * longestLine ? { ...rich, text: cut(rich.text, 10 * longestLine) } : rich,
  )
  const line = text.includes('\n') ? text.replaceAll('\n', ' ') : text
  return line.length > longestLine ? `${cut(line, longestLine)}…` : line
}

/** The beginning of a text, without the half of a character that the cut may leave: no database takes that. */
function cut(text: string, length: number): string {
  return text.slice(0, length).toWellFormed()
}
