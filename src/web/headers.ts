import type { FastifyInstance } from 'fastify'

/** Nothing on a page comes from elsewhere, and nothing runs on it but the files of src/web/assets. */
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

/** The headers of every answer. */
export const securityHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
  // other sites learn nothing; our own forms still say where they are from, without which they would be refused
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
} as const

/** A year: browsers that came by https once do not ask by http any more. */
const httpsOnly = 'max-age=31536000'

/** Sends them with every answer, where a route does not say otherwise. `isHttps`: whether people come by https. */
export function sendHeaders(app: FastifyInstance, isHttps: () => boolean): void {
  // a callback, not a promise: a reply can be awaited, and that would wait for the answer it is part of
  app.addHook('onSend', (_request, reply, _payload, done) => {
    for (const [name, value] of Object.entries(securityHeaders))
      if (!reply.hasHeader(name)) reply.header(name, value)
    if (isHttps()) reply.header('strict-transport-security', httpsOnly)
    done()
  })
}
