import { z } from 'zod'
import { appriseChannelSchema } from './channels/apprise.ts'
import { consoleChannelSchema } from './channels/console.ts'
import { discordChannelSchema } from './channels/discord.ts'
import { emailChannelSchema } from './channels/email.ts'
import { gotifyChannelSchema } from './channels/gotify.ts'
import { matrixChannelSchema } from './channels/matrix.ts'
import { ntfyChannelSchema } from './channels/ntfy.ts'
import { slackChannelSchema } from './channels/slack.ts'
import { teamsChannelSchema } from './channels/teams.ts'
import { telegramChannelSchema } from './channels/telegram.ts'
import { webhookChannelSchema } from './channels/webhook.ts'
import { slug } from './values.ts'

/** Every kind of channel; a new one is a file in `channels/` and a line here. */
const channelSchema = z.discriminatedUnion('type', [
  consoleChannelSchema,
  appriseChannelSchema,
  discordChannelSchema,
  emailChannelSchema,
  gotifyChannelSchema,
  matrixChannelSchema,
  ntfyChannelSchema,
  slackChannelSchema,
  teamsChannelSchema,
  telegramChannelSchema,
  webhookChannelSchema,
])

/** Where alerts go: channels by id. */
export const channelsSchema = z.record(slug(), channelSchema)

/** A channel with the id that the configuration gives it. Times are milliseconds. */
export type ChannelConfig = z.output<typeof channelSchema> & { readonly id: string }
