import { z } from 'zod'
import { certainties, statuses } from '../../../status/status.ts'
import { granularities } from '../../../status/claim.ts'

/** A list that is only read, as reports have them; z.array would want one that may be changed. */
export function many<T extends z.ZodType>(
  element: T,
): z.ZodType<readonly z.output<T>[], readonly z.input<T>[]> {
  return z.array(element)
}

/** A moment, ISO 8601 in UTC. */
export const moment = () => z.iso.datetime()

/** Where a question stands. */
export const statusSchema = z.enum(statuses).meta({ id: 'Status', description: 'Where a question stands' })

/** How surely something is said. */
export const certaintySchema = z.enum(certainties).meta({
  id: 'Certainty',
  description: 'official: by whose word settles it; reported: as a fact by others; hedged: guardedly',
})

/** A claimed date. */
export const windowSchema = z
  .object({
    from: z.string().nullable().meta({ description: 'The first day (2025-06-01); null where it has none' }),
    to: z.string().nullable().meta({ description: 'The last day' }),
    granularity: z.enum(granularities).meta({ description: '`none`: the date was withdrawn' }),
    words: z.string().meta({ description: 'As it was said ("later this summer")' }),
    text: z.string().meta({ description: 'As people read it ("late summer 2025")' }),
  })
  .meta({ id: 'Window', description: 'A claimed date as a window of UTC days, both ends included' })

/** A quoted sentence with its source. */
export const evidenceSchema = z
  .object({
    url: z.string(),
    outlet: z.string(),
    quote: z.string().meta({ description: 'Verbatim from the entry: text of strangers, never markup' }),
    claimedAt: moment(),
    certainty: certaintySchema,
    rejected: z
      .object({ at: moment(), words: z.string(), note: z.string().nullable() })
      .optional()
      .meta({ description: 'Where a person said that it is no evidence' }),
  })
  .meta({ id: 'Evidence', description: 'A sentence that carried a change' })

/** Names a watch item in a path. */
export const itemParams = z.object({
  id: z.string().min(1).max(64).meta({ description: 'The id of a watch item' }),
})
