import { z } from 'zod'
import { statuses } from '../../../status/status.ts'
import { listOf, slug } from '../values.ts'
import { clockTime, timeZone } from '../times-of-day.ts'

const zone = timeZone()
  .prefault('UTC')
  .meta({ description: 'The time zone of these times', example: 'Europe/Berlin' })

/** Days of the week, as digests name them. */
export const weekdays = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const

/** What every channel may be asked to do; `grouped`: whether the alerts of one burst go as one message by default. */
export const manners = ({ grouped }: { readonly grouped: boolean }) => ({
  group: z.boolean().prefault(grouped).meta({
    description: 'Alerts that come together go as one message',
    example: 'true',
  }),
  quiet: z
    .strictObject({
      from: clockTime().meta({ description: 'When the quiet begins', example: '"22:00"' }),
      to: clockTime().meta({ description: 'When it ends', example: '"07:00"' }),
      timeZone: zone,
      except: listOf(z.enum(statuses))
        .prefault([])
        .meta({ description: 'Statuses that may disturb it', example: '[happened, cancelled]' }),
    })
    .optional()
    .meta({
      description: 'Hours in which nothing is sent; it waits for their end',
      example: '{ from: "22:00", to: "07:00", timeZone: Europe/Berlin }',
    }),
  digest: z
    .strictObject({
      every: z.enum(['day', 'week']).meta({ description: 'How often', example: 'day' }),
      at: clockTime().meta({ description: 'At what time', example: '"08:00"' }),
      on: z
        .enum(weekdays)
        .prefault('monday')
        .meta({ description: 'On which day, for a weekly one', example: 'monday' }),
      timeZone: zone,
      allQuiet: z
        .boolean()
        .prefault(false)
        .meta({ description: 'Say so when there was nothing', example: 'true' }),
      except: listOf(z.enum(statuses))
        .prefault([])
        .meta({ description: 'Statuses that do not wait for it', example: '[happened]' }),
    })
    .optional()
    .meta({
      description: 'Alerts wait and go together once a day or a week',
      example: '{ every: day, at: "08:00", timeZone: Europe/Berlin }',
    }),
  fallback: slug().optional().meta({
    description: 'The channel that gets what this one could not deliver',
    example: 'mail',
  }),
})

/** The manners of a channel with its defaults filled in. */
export type Manners = z.output<z.ZodObject<ReturnType<typeof manners>>>
