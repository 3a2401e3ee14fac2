import { z } from 'zod'
import type { grades } from '../../status/status.ts'
import { domain, listOf } from './values.ts'

const names = () => listOf(domain()).prefault([])

/** How far outlets are trusted: a list of registrable domains for each grade. Outlets in no list are `other`. */
export const outletsSchema = z.strictObject({
  official: names().meta({
    description: 'Makers and authorities: their own word settles questions about themselves',
    example: '[openai.com]',
  }),
  established: names().meta({
    description: 'Press, agencies, projects and edited digests with corrections to lose',
    example: '[reuters.com]',
  }),
  other: names().meta({ description: 'Everybody else, when you want to say so', example: '[medium.com]' }),
  aggregator: names().meta({
    description: 'Sites that only pass on what others publish',
    example: '[ycombinator.com]',
  }),
} satisfies Record<(typeof grades)[number], z.ZodType>)
