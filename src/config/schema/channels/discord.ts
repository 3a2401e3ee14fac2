import { z } from 'zod'
import { duration, text, webUrl } from '../values.ts'
import { manners } from './manners.ts'

/** Alerts in a channel of Discord, by a webhook. */
export const discordChannelSchema = z.strictObject({
  type: z.literal('discord'),
  ...manners({ grouped: true }),
  url: webUrl().meta({
    description: 'The address of the webhook; take it from the environment, who has it can post',
    example: '${DISCORD_WEBHOOK}',
    secret: true,
  }),
  thread: text()
    .optional()
    .meta({ description: 'The id of a thread of that channel to post in', example: '"1234567890"' }),
  timeout: duration().prefault('10s').meta({ description: 'How long an answer may take', example: '10s' }),
})

/** The options of a Discord channel. */
export type DiscordConfig = z.output<typeof discordChannelSchema>
