import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { problemSchema, problemType } from './problem.ts'

const content = { [problemType]: { schema: problemSchema } }

const keyHeader = z.looseObject({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/, 'a key is 1 to 255 letters, digits and signs without spaces')
    .optional()
    .meta({ description: 'The same key and body are done once and answered alike for 24 hours' }),
})

/** Says of every route that is added from now on how its problems look, and how large its body may be. */
export function documentProblems(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    route.bodyLimit ??= largestBody
    if (route.schema === undefined) return
    const takesKey = route.method === 'POST' && route.config?.keepsNothing !== true
    route.schema = {
      ...(takesKey && { headers: keyHeader }),
      ...route.schema,
      response: {
        ...(route.schema.response as object | undefined),
        '4xx': { description: 'The request cannot be done', content },
        '5xx': { description: 'It cannot be answered now', content },
      },
    }
  })
}

/** Nothing that is sent as JSON is larger, in bytes. */
const largestBody = 262_144
