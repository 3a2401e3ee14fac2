import { oneLine } from '../report/plain.ts'
import { breaker, type Markup } from './markup.ts'

/** Text as it is. Only what would call a whole room, should a bridge hand the text to a chat, is broken up. */
export function plainText(text: string): string {
  return oneLine(text)
    .replace(/@(?=(?:everyone|here|channel|room|all)\b)/gi, `@${breaker}`)
    .replace(/<(?=[!@#])/g, `<${breaker}`)
}

/** Plain text without columns, for services that wrap it themselves. */
export const plainMarkup: Markup = {
  words: plainText,
  strong: plainText,
  link: (words, url) => (words === '' ? url : `${plainText(words)}: ${url}`),
  quote: (lines) => lines.join('\n'),
  list: (lines) => lines.map((line) => `- ${line}`).join('\n'),
  paragraph: (lines) => lines.join('\n'),
  bareLinks: true,
  gap: '\n\n',
}
