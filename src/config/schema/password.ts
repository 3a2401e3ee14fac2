import { z } from 'zod'
import { refuse, text } from './values.ts'

/** Fewest characters of a password (NIST SP 800-63B asks for 8), and most bytes that are looked at. */
export const passwordLength = { least: 10, most: 1024 } as const

/** How a password is kept: `scrypt:<ln>:<r>:<p>:<salt>:<key>`, the last two base64url. */
export const passwordHashForm = /^scrypt:(\d{1,2}):(\d{1,2}):(\d{1,2}):([\w-]{16,64}):([\w-]{43})$/

/** Why a password cannot be one, in words; null when it can. */
export function passwordFault(password: string): string | null {
  const { length } = Array.from(password)
  if (length < passwordLength.least)
    return `the password has ${length} characters; it needs at least ${passwordLength.least}`
  if (Buffer.byteLength(password) > passwordLength.most)
    return `the password is longer than ${passwordLength.most} bytes`
  if (new Set(password.toLowerCase()).size < 4)
    return 'the password repeats so few characters that it is guessed'
  return null
}

/** A password as people choose it. */
export const password = () =>
  text().transform((value, ctx) => {
    const fault = passwordFault(value)
    return fault === null ? value : refuse(ctx, value, fault, 'choose a longer one: four random words, say')
  })

/** A password as `openwatch passwd --hash` prints it. */
export const passwordHash = () =>
  z.string().transform((value, ctx) => {
    if (passwordHashForm.test(value.trim())) return value.trim()
    return refuse(ctx, value, 'this is no hash of a password', 'write what "openwatch passwd --hash" prints')
  })
