import { z } from 'zod'

/** Alerts on the daemon's own terminal or log. */
export const consoleChannelSchema = z.strictObject({
  type: z.literal('console'),
})
