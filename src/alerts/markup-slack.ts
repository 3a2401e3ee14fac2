import { oneLine } from '../report/plain.ts'
import { breaker, encodeIn, withoutMentions, type Markup } from './markup.ts'

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/**
 * Text for Slack's mrkdwn. The three signs that Slack has escaped keep it from reading `<!channel>`, `<@U1>` and
 * links. It has no escape for `*bold*` and its like: a zero-width space beside the sign is the best there is, so a
 * channel shows long texts of others in `plain_text` or `rich_text`, and sets `verbatim` where it uses mrkdwn.
 */
export function slackText(text: string): string {
  return withoutMentions(oneLine(text))
    .replace(/[&<>]/g, (sign) => entities[sign] ?? '')
    .replace(/[*_~`]/g, `${breaker}$&${breaker}`)
    .replace(/:(?=\/\/|[\w+-]+:)/g, `:${breaker}`)
}

/** Slack's mrkdwn. */
export const slackMarkup: Markup = {
  words: slackText,
  strong: (words) => `*${slackText(words)}*`,
  link: (words, url) => `<${encodeIn(url, /[<>|]/g).replaceAll('&', '&amp;')}|${slackText(words)}>`,
  quote: (lines) => lines.map((line) => `> ${line}`).join('\n'),
  list: (lines) => lines.map((line) => `• ${line}`).join('\n'),
  paragraph: (lines) => lines.join('\n'),
  bareLinks: false,
  gap: '\n\n',
}
