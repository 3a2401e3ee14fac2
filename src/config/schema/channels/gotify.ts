import { z } from 'zod'
import { duration, secret, webUrl } from '../values.ts'
import { manners } from './manners.ts'

/** Alerts on a Gotify server. */
export const gotifyChannelSchema = z.strictObject({
  type: z.literal('gotify'),
  ...manners({ grouped: true }),
  url: webUrl().meta({ description: 'The Gotify server', example: 'https://gotify.example.org' }),
  token: secret().meta({
    description: 'The token of an application of that server; take it from the environment',
    example: '${GOTIFY_TOKEN}',
    secret: true,
  }),
  timeout: duration().prefault('10s').meta({ description: 'How long an answer may take', example: '10s' }),
})

/** The options of a Gotify channel. */
export type GotifyConfig = z.output<typeof gotifyChannelSchema>
