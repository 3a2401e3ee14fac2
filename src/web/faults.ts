import { STATUS_CODES } from 'node:http'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { renderUnavailablePage } from './pages/unavailable-page.tsx'

/** Nothing on a page comes from elsewhere, and nothing runs on it but the files of src/web/assets. */
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

/** The headers of every answer. */
export const securityHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
} as const

/** The answer to an address that cannot even be read, such as `/%ff`: it comes before any hook. */
export function answerBadRequest(reply: FastifyReply): void {
  void reply.code(400).headers(securityHeaders).send({ status: 'bad request' })
}

/** Answers what went wrong without saying how: a page for people, JSON for programs. `onFault` is told of what is not the asker's mistake. */
export function answerFaults(app: FastifyInstance, onFault: (error: unknown) => void): void {
  app.setErrorHandler((error, request, reply) => {
    const code = askersMistake(error)
    if (code !== null) {
      return reply.code(code).send({ status: (STATUS_CODES[code] ?? 'bad request').toLowerCase() })
    }
    onFault(error)
    // most likely the database is away; whoever asks may ask again
    reply.code(503).header('retry-after', '30')
    if (request.routeOptions.url !== '/') return reply.send({ status: 'unavailable' })
    return reply.type('text/html; charset=utf-8').send(renderUnavailablePage())
  })
}

/** The 4xx code of an error that the server made of a request; null for every other error. */
function askersMistake(error: unknown): number | null {
  if (!(error instanceof Error) || !('statusCode' in error)) return null
  const { statusCode } = error
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? statusCode : null
}
