import { z } from 'zod'
import { duration, listOf, quoted, refuse, secret, text, wholeNumber } from '../values.ts'
import { emailAddress } from './email-address.ts'
import { manners } from './manners.ts'

/** How the connection to a mail server is kept from others' eyes; `starttls` is insisted on, never given up. */
export const mailSecurities = ['tls', 'starttls', 'none'] as const

/** Alerts as mail, by an SMTP server of yours. */
export const emailChannelSchema = z
  .strictObject({
    type: z.literal('email'),
    ...manners({ grouped: true }),
    host: text().meta({ description: 'The mail server that takes your mail', example: 'smtp.example.org' }),
    port: wholeNumber(1, 65_535).optional().meta({
      description: 'Its port; 465 for tls, 587 for starttls, 25 for none where it is left out',
      example: '587',
    }),
    security: z.enum(mailSecurities).prefault('starttls').meta({
      description: 'tls from the first byte, starttls (insisted on), or none, for a server on this machine',
      example: 'tls',
    }),
    ca: text().optional().meta({
      description: 'A certificate (PEM) that is trusted beside the known authorities',
      example: '${SMTP_CA}',
    }),
    user: text().optional().meta({ description: 'The name to log in with', example: '${SMTP_USER}' }),
    password: secret().optional().meta({
      description: 'The password to log in with; take it from the environment',
      example: '${SMTP_PASSWORD}',
      secret: true,
    }),
    from: emailAddress().meta({
      description: 'The sender',
      example: '"openwatch <openwatch@example.org>"',
    }),
    to: listOf(emailAddress()).meta({ description: 'Who gets the mail', example: '[me@example.org]' }),
    unsubscribe: unsubscribeAddress().optional().meta({
      description: 'Where the button "Unsubscribe" leads; a mail to the sender where it is left out',
      example: 'mailto:admin@example.org?subject=unsubscribe',
    }),
    timeout: duration().prefault('30s').meta({ description: 'How long one mail may take', example: '30s' }),
  })
  .superRefine(({ user, password, to }, ctx) => {
    if ((user === undefined) !== (password === undefined)) {
      ctx.issues.push({
        code: 'custom',
        message: user === undefined ? 'there is a password but no user' : 'there is a user but no password',
        input: user,
        path: [user === undefined ? 'password' : 'user'],
        params: { fix: 'give both user and password, or neither' },
      })
    }
    if (to.length > 0) return
    ctx.issues.push({
      code: 'custom',
      message: 'nobody is to get the mail',
      input: to,
      path: ['to'],
      params: { fix: 'write at least one address, such as [me@example.org]' },
    })
  })

/** The options of an e-mail channel. */
export type EmailConfig = z.output<typeof emailChannelSchema>

/** A `mailto:` or web address, as the header List-Unsubscribe takes them (RFC 2369). */
function unsubscribeAddress() {
  return z.string().transform((value, ctx) => {
    const url = URL.canParse(value.trim()) ? new URL(value.trim()) : null
    if (url !== null && /^(?:https?|mailto):$/.test(url.protocol))
      return url.href.replaceAll(/[<>,\s]/g, encodeURIComponent)
    return refuse(
      ctx,
      value,
      `${quoted(value)} is neither a web address nor a mailto: address`,
      'write https://… or mailto:admin@example.org?subject=unsubscribe',
    )
  })
}
