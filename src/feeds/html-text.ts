import { decode } from 'html-entities'
import type { RichText } from './parsed-feed.ts'

/** Rich text as plain text: no markup, entities decoded. */
export function toText(rich: RichText): string {
  if (!rich.markup) return rich.text
  if (!/[<&]/.test(rich.text)) return rich.text
  return decode(rich.text.replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim()
}
