import { markdownLink, markdownText } from '../report/markdown.ts'
import type { Markup } from './markup.ts'

/** CommonMark, for whatever reads it; two spaces at its end are what breaks a line everywhere. */
export const markdownMarkup: Markup = {
  words: markdownText,
  strong: (words) => `**${markdownText(words)}**`,
  link: markdownLink,
  quote: (lines) => lines.map((line) => `> ${line}`).join('\n>\n'),
  list: (lines) => lines.map((line) => `- ${line}`).join('\n'),
  paragraph: (lines) => lines.join('  \n'),
  bareLinks: false,
  gap: '\n\n',
}
