import { z } from 'zod'
import { certainties, statuses } from '../../status/status.ts'
import { alertKinds } from './alert-kinds.ts'
import { listOf, slug } from './values.ts'

/** Which alerts go to which channels; a condition that is left out is met by all. */
export const routeSchema = z.strictObject({
  topic: slug().optional().meta({ description: 'Of this topic', example: 'openai-open-weights' }),
  item: slug().optional().meta({ description: 'About this watch item', example: 'release-timing' }),
  kinds: listOf(z.enum(alertKinds))
    .optional()
    .meta({ description: 'Alerts of these kinds', example: '[status-changed, corrected]' }),
  certainty: listOf(z.enum(certainties))
    .optional()
    .meta({ description: 'Known this surely', example: '[official]' }),
  status: listOf(z.enum(statuses))
    .optional()
    .meta({ description: 'Where the question stands now', example: '[happened, cancelled]' }),
  channels: listOf(slug()).meta({ description: 'The channels that get them', example: '[mail]' }),
})

/** A route of the configuration. */
export type RouteConfig = z.output<typeof routeSchema>
