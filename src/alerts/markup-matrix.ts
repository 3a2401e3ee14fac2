import { encode } from 'html-entities'
import { oneLine } from '../report/plain.ts'
import { withoutMentions, type Markup } from './markup.ts'

/** Text that a Matrix client shows as it is, without a mention in it. */
export function matrixText(text: string): string {
  return encode(withoutMentions(oneLine(text)))
}

/** The HTML of Matrix (`org.matrix.custom.html`), only with tags that the specification recommends to allow. */
export const matrixMarkup: Markup = {
  words: matrixText,
  strong: (words) => `<strong>${matrixText(words)}</strong>`,
  link: (words, url) => `<a href="${encode(url)}">${matrixText(words)}</a>`,
  quote: (lines) => `<blockquote>${lines.map((line) => `<p>${line}</p>`).join('')}</blockquote>`,
  list: (lines) => `<ul>${lines.map((line) => `<li>${line}</li>`).join('')}</ul>`,
  paragraph: (lines) => `<p>${lines.join('<br>')}</p>`,
  bareLinks: false,
  gap: '',
}
