import type { ChannelConfig } from '../../config/schema/channel.ts'
import type { AlertPaint } from '../render.ts'
import { appriseChannel } from './apprise.ts'
import type { Channel } from './channel.ts'
import { consoleChannel, type LineOutput } from './console.ts'
import { discordChannel } from './discord.ts'
import { emailChannel } from './email.ts'
import { gotifyChannel } from './gotify.ts'
import { matrixChannel } from './matrix.ts'
import { ntfyChannel } from './ntfy.ts'
import { slackChannel } from './slack.ts'
import { teamsChannel } from './teams.ts'
import { telegramChannel } from './telegram.ts'
import { webhookChannel } from './webhook.ts'

/** What channels may use of the process they run in. */
export interface ChannelSurroundings {
  readonly output: LineOutput
  /** Columns of the output. */
  readonly width: () => number
  readonly paint?: AlertPaint
}

type Factories = {
  readonly [Type in ChannelConfig['type']]: (
    config: Extract<ChannelConfig, { type: Type }>,
    surroundings: ChannelSurroundings,
  ) => Channel
}

/** One line for each type of channel. */
const factories: Factories = {
  apprise: (config) => appriseChannel(config.id, config),
  console: (config, { output, width, paint }) => consoleChannel(config.id, output, width, paint),
  discord: (config) => discordChannel(config.id, config),
  email: (config) => emailChannel(config.id, config),
  gotify: (config) => gotifyChannel(config.id, config),
  matrix: (config) => matrixChannel(config.id, config),
  ntfy: (config) => ntfyChannel(config.id, config),
  slack: (config) => slackChannel(config.id, config),
  teams: (config) => teamsChannel(config.id, config),
  telegram: (config) => telegramChannel(config.id, config),
  webhook: (config) => webhookChannel(config.id, config),
}

/** The channel that a configuration describes. Throws when its values cannot work, and says which. */
export function createChannel(config: ChannelConfig, surroundings: ChannelSurroundings): Channel {
  const factory = factories[config.type] as (config: ChannelConfig, around: ChannelSurroundings) => Channel
  return factory(config, surroundings)
}
