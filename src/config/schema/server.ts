import { z } from 'zod'
import { password, passwordHash } from './password.ts'
import { proxy } from './proxy.ts'
import { listOf, text, webUrl, wholeNumber } from './values.ts'

/** Where the pages and the API are served, and to whom. */
export const serverSchema = z.strictObject({
  host: text()
    .prefault('127.0.0.1')
    .meta({ description: 'Address to listen on; OPENWATCH_HOST overrides it', example: '127.0.0.1' }),
  port: wholeNumber(0, 65_535).prefault(8484).meta({
    description: 'Port to listen on, 0 for any free one; OPENWATCH_PORT overrides it',
    example: 8484,
  }),
  metricsPort: wholeNumber(0, 65_535).optional().meta({
    description:
      'A port for /metrics, /healthz and /readyz alone, 0 for any free one; without it the page has them; OPENWATCH_METRICS_PORT overrides it',
    example: 9484,
  }),
  publicUrl: webUrl().optional().meta({
    description:
      'Address of the daemon as seen from outside; with it, feeds that offer it are pushed (WebSub), alerts have links to answer them by, and a password is demanded',
    example: 'https://watch.example.org/',
  }),
  passwordHash: passwordHash().optional().meta({
    description:
      'The password, as "openwatch passwd --hash" prints it; it comes before the one that "openwatch passwd" sets; OPENWATCH_PASSWORD_HASH overrides it',
    secret: true,
  }),
  password: password().optional().meta({
    description:
      'The password itself, better from the file that OPENWATCH_PASSWORD_FILE names; OPENWATCH_PASSWORD overrides it',
    example: '${OPENWATCH_PASSWORD}',
    secret: true,
  }),
  publicReport: z.boolean().prefault(false).meta({
    description: 'Whether the report may be seen by everybody, without the password; nothing else may',
    example: 'false',
  }),
  trustProxy: listOf(proxy()).prefault([]).meta({
    description:
      'Proxies in front, by address or range: what they say of an asker (X-Forwarded-For, -Proto, -Host) is believed',
    example: '127.0.0.1',
  }),
})
