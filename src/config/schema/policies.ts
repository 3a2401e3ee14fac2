import { z } from 'zod'
import { duration, wholeNumber } from './values.ts'

/** What it takes to change a status. Times are milliseconds. */
export const policiesSchema = z.strictObject({
  evidence: z
    .strictObject({
      independentOrigins: wholeNumber(1, 10).prefault(2).meta({
        description:
          'So many origins must say the same when neither an official nor an established outlet does',
        example: 2,
      }),
      corroborationWindow: duration()
        .prefault('14d')
        .meta({ description: 'They must say it within this time of each other', example: '14d' }),
    })
    .prefault({})
    .meta({ description: 'When evidence is enough', example: '{ independentOrigins: 2 }' }),
})
