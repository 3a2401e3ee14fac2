import addressparser from 'nodemailer/lib/addressparser'
import { z } from 'zod'
import { quoted, refuse } from '../values.ts'

/** An address of e-mail, with the name that stands before it; the name is empty where there is none. */
export interface EmailAddress {
  readonly name: string
  readonly address: string
}

/** One e-mail address, bare or with a name: `me@example.org`, `openwatch <watch@example.org>`. */
export const emailAddress = () =>
  z.string().transform((text, ctx): EmailAddress => {
    const found = addressOf(text)
    if (found !== null) return found
    return refuse(
      ctx,
      text,
      `${quoted(text)} is no e-mail address`,
      'write one address, such as me@example.org or "openwatch <watch@example.org>"',
    )
  })

// A domain without a dot is taken: mail within a network goes to root@localhost. Quoted local parts are not worth it.
const shape = /^[^\s@<>(),;:"\\[\]]+@[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u

function addressOf(text: string): EmailAddress | null {
  // eslint-disable-next-line no-control-regex -- these would break up a header
  if (/[\u0000-\u001f\u007f]/.test(text)) return null
  const [first, ...others] = addressparser(text)
  if (first?.address === undefined || others.length > 0 || first.address.length > 254) return null
  return shape.test(first.address) ? { name: first.name, address: first.address } : null
}
