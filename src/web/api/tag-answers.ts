import type { FastifyInstance } from 'fastify'
import { etagOf, namesTag } from '../etag.ts'

/** Tags what GET gives, and answers 304 to who has it already. Answers that stream have no tag. */
export function tagAnswers(app: FastifyInstance): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      done(null, payload)
      return
    }
    if (reply.statusCode !== 200 || typeof payload !== 'string') {
      done(null, payload)
      return
    }
    const set = reply.getHeader('etag')
    const tag = typeof set === 'string' ? set : etagOf(payload)
    void reply.header('etag', tag)
    void reply.header('cache-control', 'private, no-cache')
    if (!namesTag(request.headers['if-none-match'], tag)) {
      done(null, payload)
      return
    }
    void reply.code(304).removeHeader('content-type').removeHeader('content-length')
    done(null, '')
  })
}
