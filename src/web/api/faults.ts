import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { ApiProblem, kindOf, sendProblem, type ProblemDetail } from './problem.ts'

/** Answers every error under the API as problem+json. `onFault` is told of what is not the asker's mistake. */
export function answerApiFaults(app: FastifyInstance, onFault: (error: unknown) => void): void {
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof ApiProblem) return sendProblem(reply, error.kind, error.message, error)
    if (hasZodFastifySchemaValidationErrors(error)) return answerMistakes(error, reply)
    const status = askersMistake(error)
    if (status !== null) return sendProblem(reply, kindOf(status), wordsOf(error, status), { status })
    onFault(error)
    // most likely the database is away; whoever asks may ask again
    void reply.header('retry-after', '30')
    return sendProblem(
      reply,
      'unavailable',
      'openwatch could not answer; its log says why. Ask again in half a minute',
    )
  })
  app.setNotFoundHandler((request, reply) => answerNotFound(request, reply))
}

function answerNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = request.url.split('?')[0] ?? ''
  return sendProblem(
    reply,
    'not-found',
    `there is nothing at ${path.slice(0, 200)}; /api/v1/docs tells what there is`,
  )
}

interface ValidationIssue {
  readonly instancePath: string
  readonly message?: string
}

/** A mistake in the path names nothing that is there; in the query it cannot be read; in the body it cannot be taken. */
function answerMistakes(
  error: FastifyError & { readonly validation: readonly ValidationIssue[] },
  reply: FastifyReply,
): FastifyReply {
  const where = error.validationContext
  if (where === 'params') return sendProblem(reply, 'not-found', 'there is nothing of that name')
  const errors = error.validation.map((issue) => detailOf(issue, where))
  const [only] = errors
  const detail =
    errors.length === 1 && only !== undefined
      ? `${only.pointer === '' ? '' : `${only.pointer}: `}${only.detail}`
      : `there are ${errors.length} mistakes, see errors`
  return sendProblem(reply, where === 'body' ? 'invalid' : 'bad-request', detail, { errors })
}

function detailOf({ instancePath, message }: ValidationIssue, where: string | undefined): ProblemDetail {
  const path = instancePath === '/' ? '' : instancePath
  const place = where === 'querystring' ? 'query' : 'header'
  return { pointer: where === 'body' ? path : `#${place}${path}`, detail: message ?? 'it cannot be read' }
}

/** The 4xx status of an error that the server made of a request; null for every other error. */
function askersMistake(error: unknown): number | null {
  if (!(error instanceof Error) || !('statusCode' in error)) return null
  const { statusCode } = error
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? statusCode : null
}

function wordsOf(error: unknown, status: number): string {
  if (status === 415) return 'send the body as JSON, with content-type: application/json'
  return error instanceof Error && error.message !== '' ? error.message : 'the request cannot be done'
}
