import { z } from 'zod'
import { manners } from './manners.ts'

/** Alerts on the daemon's own terminal or log. */
export const consoleChannelSchema = z.strictObject({
  type: z.literal('console'),
  ...manners({ grouped: false }),
})
