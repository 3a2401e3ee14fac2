import { z } from 'zod'
import { duration, quoted, refuse, webUrl, wholeNumber } from '../values.ts'
import { manners } from './manners.ts'

/** Alerts in Telegram, by a bot. */
export const telegramChannelSchema = z.strictObject({
  type: z.literal('telegram'),
  ...manners({ grouped: true }),
  token: botToken().meta({
    description: 'The token of the bot, from @BotFather; take it from the environment',
    example: '${TELEGRAM_TOKEN}',
    secret: true,
  }),
  chat: chatId().meta({
    description: 'The chat to post in: its number, or the @name of a public channel or group',
    example: '"@openwatch_news"',
  }),
  topic: wholeNumber(1, Number.MAX_SAFE_INTEGER)
    .optional()
    .meta({ description: 'The number of a topic of that group', example: '42' }),
  baseUrl: webUrl().prefault('https://api.telegram.org').meta({
    description: 'Where the bot API is, for a server of your own',
    example: 'http://127.0.0.1:8081',
  }),
  timeout: duration().prefault('10s').meta({ description: 'How long an answer may take', example: '10s' }),
})

/** The options of a Telegram channel. */
export type TelegramConfig = z.output<typeof telegramChannelSchema>

/** It becomes part of the address that is posted to, so that it must be of the right form. */
function botToken() {
  return z.string().transform((text, ctx) => {
    if (/^\d+:[\w-]+$/.test(text.trim())) return text.trim()
    return refuse(
      ctx,
      text,
      'this is no token of a bot',
      'take it as @BotFather gives it: a number, a colon, letters',
    )
  })
}

function chatId() {
  return z.union([z.int(), z.string()]).transform((value, ctx) => {
    const text = String(value).trim()
    if (/^-?\d{1,16}$/.test(text) || /^@\w{4,}$/.test(text)) return text
    return refuse(
      ctx,
      value,
      `${quoted(text)} is no chat`,
      'write its number (groups have a minus in front) or the @name of a public one',
    )
  })
}
