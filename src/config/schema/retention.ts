import { z } from 'zod'
import { duration } from './values.ts'

const dayMs = 86_400_000

/** Their links are good for 30 days, and a weekly digest looks back at them. */
const leastNoticesDays = 31

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
  notices: duration()
    .refine((ms) => ms >= leastNoticesDays * dayMs, {
      error: 'is too short: links in them are good for a month',
      params: { fix: `write ${leastNoticesDays}d or more` },
    })
    .prefault('365d')
    .meta({
      description:
        'Alerts about openwatch itself: that a channel fails, feeds cannot be read or can be again, all is quiet; those that tell of questions are kept for ever',
      example: '365d',
    }),
})

/** `retention` as read. */
export type Retention = z.output<typeof retentionSchema>
