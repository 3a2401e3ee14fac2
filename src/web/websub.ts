import type { FastifyInstance } from 'fastify'
import { refuseUnstorable } from './api/text-guard.ts'
import type { Delivery, Received } from '../pipeline/websub.ts'

/** What hubs may ask and send. */
export interface WebSubParts {
  /** Largest delivery that is taken, in bytes; fixed at the start. */
  readonly maxBody: number
  /** Whether a callback may be delivered to: asked before a body is read. */
  readonly expects: (id: string) => Promise<boolean>
  /** What to answer a hub's GET with; null: nothing was asked of it. */
  readonly answer: (id: string, query: Readonly<Record<string, unknown>>) => Promise<string | null>
  readonly receive: (id: string, delivery: Delivery) => Promise<Received>
}

/** What every callback looks like; nothing else is looked up. */
const idForm = /^[\w-]{1,100}$/

/** Where hubs ask whether they are meant, and deliver. Everything else about subscriptions is unknown here. */
export function websubRoutes(parts: WebSubParts) {
  return (app: FastifyInstance, _options: object, done: () => void): void => {
    app.addHook('preValidation', refuseUnstorable)
    // bytes as they come: they are signed, and the parser finds out the rest
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => {
      parsed(null, body)
    })
    app.get<{ Params: { id: string }; Querystring: Record<string, unknown> }>(
      '/websub/:id',
      { config: { needs: 'nothing' } },
      async ({ params, query }, reply) => {
        const answer = idForm.test(params.id) ? await parts.answer(params.id, query) : null
        if (answer === null) return reply.code(404).send({ status: 'not found' })
        return reply.type('text/plain; charset=utf-8').send(answer)
      },
    )
    app.post<{ Params: { id: string } }>(
      '/websub/:id',
      {
        bodyLimit: parts.maxBody,
        config: { needs: 'nothing' },
        onRequest: async ({ params }, reply) => {
          if (idForm.test(params.id) && (await parts.expects(params.id))) return
          await reply.code(410).header('connection', 'close').send({ status: 'gone' })
        },
      },
      async ({ params, body, headers }, reply) => {
        const signature = headers['x-hub-signature']
        const received = await parts.receive(params.id, {
          body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
          contentType: headers['content-type'] ?? null,
          signature: Array.isArray(signature) ? signature.join(',') : signature,
        })
        if (received.kind === 'gone') return reply.code(410).send({ status: 'gone' })
        return reply.code(202).send()
      },
    )
    done()
  }
}
