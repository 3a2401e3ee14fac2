import { z } from 'zod'
import { duration } from './values.ts'

/** How long is kept what no question needs. Times are milliseconds. */
export const retentionSchema = z.strictObject({
  entries: duration().prefault('90d').meta({
    description:
      'Entries that met no question, after they have left their feed; all others are kept for ever',
    example: '90d',
  }),
  polls: duration()
    .prefault('30d')
    .meta({ description: 'The log of polls, at most the 200 newest of a feed', example: '30d' }),
  tries: duration()
    .prefault('365d')
    .meta({ description: 'How alerts were sent, one line a try; the alerts stay', example: '365d' }),
})

/** `retention` as read. */
export type Retention = z.output<typeof retentionSchema>
