import { oneLine } from '../report/plain.ts'
import { breaker, withoutMentions, type Markup } from './markup.ts'

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** The four named entities are all that Telegram knows; `&apos;` would be shown as it is. */
function escape(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => entities[sign] ?? '')
}

/** Text that Telegram shows as it is; names, commands and bare links in it are not made to be tapped. */
export function telegramText(text: string): string {
  const broken = withoutMentions(oneLine(text))
    .replace(/:(?=\/\/)/g, `:${breaker}`)
    .replace(/(^|\s)\/(?=\w)/g, `$1/${breaker}`)
  return escape(broken)
}

/** The HTML of Telegram's `parse_mode: HTML`: a few tags, and line breaks as they are. */
export const telegramMarkup: Markup = {
  words: telegramText,
  strong: (words) => `<b>${telegramText(words)}</b>`,
  link: (words, url) => `<a href="${escape(url)}">${telegramText(words)}</a>`,
  quote: (lines) => `<blockquote>${lines.join('\n')}</blockquote>`,
  list: (lines) => lines.map((line) => `• ${line}`).join('\n'),
  paragraph: (lines) => lines.join('\n'),
  bareLinks: false,
  gap: '\n\n',
}
