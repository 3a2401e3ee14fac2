import type { FastifyInstance, HTTPMethods } from 'fastify'
import { sendProblem } from './problem.ts'

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const satisfies HTTPMethods[]

/** Notes the routes that are added from now on; the function that it gives has all their other methods refused (405). */
export function answerOtherMethods(app: FastifyInstance): () => void {
  const known = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method }) => {
    const taken = known.get(url) ?? new Set()
    known.set(url, taken)
    for (const one of [method].flat()) taken.add(one)
  })
  return () => {
    for (const [url, taken] of [...known]) {
      const allowed = [...taken].toSorted().join(', ')
      app.route({
        method: methods.filter((method) => !taken.has(method)),
        url: url.slice(app.prefix.length),
        config: { needs: 'nothing' },
        schema: { hide: true },
        // before a body is read
        onRequest: (_request, reply) => {
          void reply.header('allow', allowed)
          void sendProblem(reply, 'method-not-allowed', `this address takes ${allowed}`)
        },
        handler: () => undefined,
      })
    }
  }
}
