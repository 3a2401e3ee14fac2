import type { FastifyInstance } from 'fastify'
import { problemSchema, problemType } from './problem.ts'

const content = { [problemType]: { schema: problemSchema } }

/** Says of every route that is added from now on how its problems look, and how large its body may be. */
export function documentProblems(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    route.bodyLimit ??= largestBody
    if (route.schema === undefined) return
    route.schema = {
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
