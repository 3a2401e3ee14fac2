import { z } from 'zod'
import { duration, webUrl } from '../values.ts'
import { manners } from './manners.ts'

/** Alerts in Microsoft Teams, by a workflow that posts what a webhook gets. */
export const teamsChannelSchema = z.strictObject({
  type: z.literal('teams'),
  ...manners({ grouped: true }),
  url: webUrl().meta({
    description: 'The address of the workflow; take it from the environment, who has it can post',
    example: '${TEAMS_WEBHOOK}',
    secret: true,
  }),
  timeout: duration().prefault('30s').meta({ description: 'How long an answer may take', example: '30s' }),
})

/** The options of a Teams channel. */
export type TeamsConfig = z.output<typeof teamsChannelSchema>
