import { Webhook } from 'standardwebhooks'
import { z } from 'zod'
import { duration, quoted, secret, webUrl } from '../values.ts'
import { manners } from './manners.ts'

/** Alerts as JSON, posted to an address of yours. */
export const webhookChannelSchema = z.strictObject({
  type: z.literal('webhook'),
  ...manners({ grouped: false }),
  url: webUrl().meta({ description: 'Where to post to', example: 'https://example.org/hooks/openwatch' }),
  secret: secret().superRefine(checkSecret).optional().meta({
    description: 'Signs each message (Standard Webhooks); take it from the environment',
    example: '${WEBHOOK_SECRET}',
    secret: true,
  }),
  headers: z
    .record(z.string(), secret())
    .superRefine(checkHeaders)
    .prefault({})
    .meta({ description: 'Further request headers', example: '{ Authorization: "Bearer ${TOKEN}" }' }),
  timeout: duration().prefault('10s').meta({ description: 'How long an answer may take', example: '10s' }),
})

/** `whsec_` secrets are base64; any other is taken as it is written. The secret itself is never shown. */
function checkSecret(value: string, ctx: z.RefinementCtx): void {
  if (!value.startsWith('whsec_') || isKey(value)) return
  ctx.issues.push({
    code: 'custom',
    message: 'what follows "whsec_" in the secret is not base64',
    input: value,
    params: {
      fix: 'take the secret over whole, or make one: whsec_ and what "openssl rand -base64 32" prints',
    },
  })
}

function isKey(value: string): boolean {
  try {
    new Webhook(value)
    return true
  } catch {
    return false
  }
}

/** Headers of the connection, which the client that posts sets itself and refuses from others. */
const reserved = /^(?:connection|content-length|expect|keep-alive|transfer-encoding|upgrade)$/i

/** What HTTP can carry (RFC 9110, 5.1 and 5.5), so that no message fails for it later. Values are never shown. */
function checkHeaders(headers: Readonly<Record<string, string>>, ctx: z.RefinementCtx): void {
  const report = (name: string, message: string, fix: string) =>
    ctx.issues.push({ code: 'custom', message, input: name, path: [name], params: { fix } })
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name))
      report(name, `${quoted(name)} cannot be the name of a header`, 'use letters, digits and dashes')
    else if (reserved.test(name))
      report(name, `the header ${quoted(name)} belongs to the connection`, 'remove the line')
    else if (!/^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(value))
      report(
        name,
        `the value of the header ${quoted(name)} has characters that HTTP cannot carry`,
        'write it on one line, in the characters of Latin-1',
      )
  }
}
