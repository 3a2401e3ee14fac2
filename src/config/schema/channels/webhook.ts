import { z } from 'zod'
import { duration, secret, webUrl } from '../values.ts'
import { manners } from './manners.ts'

/** Alerts as JSON, posted to an address of yours. */
export const webhookChannelSchema = z.strictObject({
  type: z.literal('webhook'),
  ...manners({ grouped: false }),
  url: webUrl().meta({ description: 'Where to post to', example: 'https://example.org/hooks/openwatch' }),
  secret: secret().optional().meta({
    description: 'Signs each message (Standard Webhooks); take it from the environment',
    example: '${WEBHOOK_SECRET}',
    secret: true,
  }),
  headers: z
    .record(z.string(), secret())
    .prefault({})
    .meta({ description: 'Further request headers', example: '{ Authorization: "Bearer ${TOKEN}" }' }),
  timeout: duration().prefault('10s').meta({ description: 'How long an answer may take', example: '10s' }),
})
