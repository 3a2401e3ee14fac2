import { z } from 'zod'
import { domain, duration, instant } from '../config/schema/values.ts'
import { rejectionReasons } from '../status/rejected.ts'

/** Which change is meant, by its number among the changes of its question; left out: see rejectChange. */
const sequence = z.coerce.number().int().min(1).nullish()

/** At most so many characters, in one line; null where nothing is written. */
const note = z
  .string()
  .nullish()
  .transform((text) => (text ?? '').replaceAll(/\s+/g, ' ').trim().slice(0, 500))
  .transform((text) => (text === '' ? null : text))

const longestMs = 10 * 365 * 86_400_000

const length = duration().refine((ms) => ms <= longestMs, { message: 'that is more than ten years' })

/** What a person may do about a question, as a form or a program sends it. */
export const itemActionSchema = z.discriminatedUnion('action', [
  z.object({ action: z.literal('acknowledge') }).meta({ description: 'where it stands was seen' }),
  z
    .object({ action: z.literal('snooze'), for: length.optional(), until: instant().optional() })
    .refine((written) => (written.for === undefined) !== (written.until === undefined), {
      message: 'say for how long (for: 7d) or until when (until: 2026-01-31)',
      path: ['for'],
    })
    .meta({ description: 'its alerts are held for a while, then sent' }),
  z
    .object({ action: z.literal('snooze-until-change') })
    .meta({ description: 'its alerts are held until its status changes' }),
  z.object({ action: z.literal('wake') }).meta({ description: 'a snooze ends, what was held is sent' }),
  z
    .object({ action: z.literal('mute'), outlet: domain() })
    .meta({ description: 'what the outlet says decides nothing for the question from now on' }),
  z
    .object({ action: z.literal('unmute'), outlet: domain() })
    .meta({ description: 'the outlet counts again' }),
  z
    .object({ action: z.literal('reject'), sequence, reason: z.enum(rejectionReasons), note })
    .meta({ description: 'the story that decided a change is no evidence: the question is decided anew' }),
  z
    .object({ action: z.literal('take-back'), sequence })
    .meta({ description: 'what was rejected counts again' }),
])

/** What a person may do about a question. */
export type ItemAction = z.output<typeof itemActionSchema>
