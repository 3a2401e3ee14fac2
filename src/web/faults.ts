import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { kindOf, problemBody, problemType, sendProblem } from './api/problem.ts'
import { securityHeaders } from './headers.ts'
import { renderFaultPage } from './pages/fault-page.tsx'
import { renderUnavailablePage } from './pages/unavailable-page.tsx'
import { isForPeople } from './people.ts'

/** The answer to an address that cannot even be read, such as `/%ff`: it comes before any hook. */
export function answerBadRequest(request: FastifyRequest, reply: FastifyReply): void {
  const answer = reply.code(400).headers(securityHeaders).serializer(String)
  if (isForPeople(request)) {
    const [title] = wordsOf(400)
    const page = renderFaultPage({ title, detail: 'The address holds signs that stand for no text.' })
    void answer.type('text/html; charset=utf-8').send(page)
    return
  }
  const body = JSON.stringify(problemBody('bad-request', 'this address cannot be read'))
  void answer.type(problemType).send(body)
}

/** Answers what went wrong without saying how: a page for people, JSON for programs. `onFault` is told of what is not the asker's mistake. */
export function answerFaults(app: FastifyInstance, onFault: (error: unknown) => void): void {
  app.setErrorHandler((error, request, reply) => {
    const code = askersMistake(error)
    if (code !== null) return answerMistake(code, request, reply)
    onFault(error)
    // most likely the database is away; whoever asks may ask again
    reply.code(503).header('retry-after', '30')
    if (!isForPeople(request))
      return sendProblem(reply, 'unavailable', 'openwatch could not answer; its log says why')
    return reply.type('text/html; charset=utf-8').send(renderUnavailablePage())
  })
}

/** Answers what is not there. */
export function answerNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return answerMistake(404, request, reply)
}

function answerMistake(code: number, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const [title, detail] = wordsOf(code)
  if (!isForPeople(request)) return sendProblem(reply, kindOf(code), detail, { status: code })
  const page = renderFaultPage({ title, detail, viewer: request.viewer })
  return reply.code(code).type('text/html; charset=utf-8').send(page)
}

/** A title, and what it means and what to do. */
function wordsOf(code: number): readonly [string, string] {
  switch (code) {
    case 404:
      return [
        'There is nothing here',
        'The address leads to no page of openwatch, or what was there is gone.',
      ]
    case 413:
      return ['This is too much at once', 'A form may send 1 MB, a list of feeds 5 MB. Send it in parts.']
    case 415:
      return ['This cannot be read', 'It was not sent in a form that is known here.']
    case 429:
      return ['Too many requests', 'So many came from your address that they are held up for a minute.']
    default:
      return ['This cannot be read', 'Something in the address or the form cannot be read.']
  }
}

/** The 4xx code of an error that the server made of a request; null for every other error. */
function askersMistake(error: unknown): number | null {
  if (!(error instanceof Error) || !('statusCode' in error)) return null
  const { statusCode } = error
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? statusCode : null
}
