import { z } from 'zod'
import { duration, secret, text, webUrl } from '../values.ts'
import { manners } from './manners.ts'

/** Alerts in Slack: by an incoming webhook, or as a bot by its token. */
export const slackChannelSchema = z
  .strictObject({
    type: z.literal('slack'),
    ...manners({ grouped: true }),
    url: webUrl().optional().meta({
      description: 'The address of an incoming webhook; take it from the environment, who has it can post',
      example: '${SLACK_WEBHOOK}',
      secret: true,
    }),
    token: secret().optional().meta({
      description: 'Instead of url: the token of a bot that may chat:write',
      example: '${SLACK_TOKEN}',
      secret: true,
    }),
    channel: text().optional().meta({
      description: 'With token: the channel to post in, by its id or name',
      example: 'C0123456789',
    }),
    baseUrl: webUrl()
      .prefault('https://slack.com/api')
      .meta({ description: 'With token: where the API is', example: 'https://slack.com/api' }),
    timeout: duration().prefault('10s').meta({ description: 'How long an answer may take', example: '10s' }),
  })
  .superRefine(({ url, token, channel }, ctx) => {
    const byWebhook = url !== undefined && token === undefined && channel === undefined
    const byToken = url === undefined && token !== undefined && channel !== undefined
    if (byWebhook || byToken) return
    ctx.issues.push({
      code: 'custom',
      message: 'it is not clear how to reach Slack',
      input: url,
      params: { fix: 'give either url (of an incoming webhook), or token and channel' },
    })
  })

/** The options of a Slack channel. */
export type SlackConfig = z.output<typeof slackChannelSchema>
