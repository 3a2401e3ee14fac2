import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  giveKeyBack,
  keepAnswer,
  takeKey,
  type KeptAnswer,
  type RequestKey,
} from '../../store/idempotency-keys.ts'
import type { Desk } from '../desk.ts'
import { ApiProblem } from './problem.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** It keeps nothing, so that doing it again does no harm: keys are of no interest. */
    readonly keepsNothing?: boolean
  }
}

/** Headers of an answer that belong to it. */
const keptHeaders = ['content-type', 'location', 'etag'] as const

/**
 * Does what is sent with an Idempotency-Key once: whoever sends the same again gets the same answer, for a day. The same
 * key with something else is refused (422), and so is one whose first request is under way (409).
 */
export function answerOnce(app: FastifyInstance, { db, clock }: Pick<Desk, 'db' | 'clock'>): void {
  const taken = new WeakMap<FastifyRequest, RequestKey>()
  app.addHook('preHandler', async (request, reply) => {
    const key = keyOf(request)
    if (key === null) return
    const known = await takeKey(db.pool, key, clock.now())
    switch (known.kind) {
      case 'taken':
        taken.set(request, key)
        return
      case 'answered':
        return again(reply, known.answer)
      case 'in-flight':
        void reply.header('retry-after', '1')
        throw new ApiProblem(
          'conflict',
          'the first request with this Idempotency-Key is under way: wait for it',
        )
      case 'other-request':
        throw new ApiProblem('invalid', 'this Idempotency-Key was used for something else: take a new one')
    }
  })
  app.addHook('onSend', async (request, reply, payload) => {
    const key = taken.get(request)
    if (key === undefined) return payload
    taken.delete(request)
    const isKept = reply.statusCode < 500 && (typeof payload === 'string' || payload === null)
    if (isKept) await keepAnswer(db.pool, key, kept(reply, payload ?? ''))
    else await giveKeyBack(db.pool, key)
    return payload
  })
}

function keyOf({ method, headers, routeOptions, url, body }: FastifyRequest): RequestKey | null {
  const key = headers['idempotency-key']
  if (method !== 'POST' || typeof key !== 'string' || routeOptions.config.keepsNothing === true) return null
  const content = body instanceof Uint8Array ? body : JSON.stringify(body ?? null)
  return {
    key,
    // two who show different tokens are two
    who: digest(headers.authorization ?? ''),
    request: digest(`${method} ${url}\n`, content),
  }
}

function digest(...parts: readonly (string | Uint8Array)[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

function kept(reply: FastifyReply, body: string): KeptAnswer {
  const headers = keptHeaders.flatMap((name) => {
    const value = reply.getHeader(name)
    return typeof value === 'string' ? [[name, value]] : []
  })
  return { status: reply.statusCode, headers: Object.fromEntries(headers) as KeptAnswer['headers'], body }
}

function again(reply: FastifyReply, { status, headers, body }: KeptAnswer): FastifyReply {
  void reply.code(status).headers(headers).header('idempotency-replayed', 'true')
  return status === 204 ? reply.send() : reply.serializer(String).send(body)
}
