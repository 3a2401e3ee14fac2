import { oneLine } from '../report/plain.ts'
import { breaker, encodeIn, withoutMentions, type Markup } from './markup.ts'

/**
 * Text that Discord shows as it is. A backslash takes the meaning from any ASCII sign there; mentions (`<@1>`,
 * `@everyone`), emoji (`<:a:1>`), times (`<t:1>`) and bare links are broken up as well.
 */
export function discordText(text: string): string {
  return withoutMentions(
    oneLine(text)
      .replace(/[\\`*_~|<>[\]()#:&]/g, '\\$&')
      .replace(/^([-+=])/, '\\$1')
      .replace(/^(\d+)\./, '$1\\.')
      .replace(/(\\:)(?=\/\/)|\bwww(?=\.)/gi, `$&${breaker}`),
  )
}

/** The Markdown of Discord: single line breaks count. */
export const discordMarkup: Markup = {
  words: discordText,
  strong: (words) => `**${discordText(words)}**`,
  link: (words, url) => `[${discordText(words)}](${encodeIn(url, /[()<>\\ *_~|`]/g)})`,
  quote: (lines) => lines.map((line) => `> ${line}`).join('\n'),
  list: (lines) => lines.map((line) => `- ${line}`).join('\n'),
  paragraph: (lines) => lines.join('\n'),
  bareLinks: false,
  gap: '\n\n',
}
