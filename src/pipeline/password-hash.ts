import { createHash, randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto'
import { passwordHashForm } from '../config/schema/password.ts'

/** How dear a guess is made: N = 2^ln, r and p of scrypt. */
export interface PasswordCost {
  readonly ln: number
  readonly r: number
  readonly p: number
}

/** What OWASP's Password Storage Cheat Sheet asks of scrypt: 128 MiB and some 0.3 s for a guess. */
export const passwordCost: PasswordCost = { ln: 17, r: 8, p: 1 }

/** More than this (1 GiB) is a mistake in a hash that somebody wrote, not a stronger one. */
const dearest: PasswordCost = { ln: 20, r: 16, p: 4 }

const keyLength = 32

/**
 * A password to be kept: `scrypt:<ln>:<r>:<p>:<salt>:<key>`, with no character that shells, YAML or compose files
 * read in a way of their own.
 */
export async function hashPassword(
  password: string,
  { salt = randomBytes(16), cost = passwordCost }: { salt?: Uint8Array; cost?: PasswordCost } = {},
): Promise<string> {
  const key = await derive(password, salt, cost)
  const text = [salt, key].map((bytes) => Buffer.from(bytes).toString('base64url'))
  return ['scrypt', cost.ln, cost.r, cost.p, ...text].join(':')
}

/** Whether a password is the one of a hash, in a time that does not tell how close it came. Throws on what is no hash of ours. */
export async function isPasswordOf(hash: string, password: string): Promise<boolean> {
  const [, ln = '', r = '', p = '', salt = '', key = ''] = passwordHashForm.exec(hash) ?? []
  const cost = { ln: Number(ln), r: Number(r), p: Number(p) }
  if (key === '' || !isBearable(cost))
    throw new Error('the stored password cannot be read; set it anew: openwatch passwd')
  const derived = await derive(password, Buffer.from(salt, 'base64url'), cost)
  return timingSafeEqual(derived, Buffer.from(key, 'base64url'))
}

/** Names a stored password without telling anything of it: sessions hold only while it is in force. */
export function passwordStamp(hash: string): Uint8Array {
  return createHash('sha256').update(hash).digest()
}

function isBearable({ ln, r, p }: PasswordCost): boolean {
  return ln >= 1 && ln <= dearest.ln && r >= 1 && r <= dearest.r && p >= 1 && p <= dearest.p
}

function derive(password: string, salt: Uint8Array, { ln, r, p }: PasswordCost): Promise<Buffer> {
  const N = 2 ** ln
  const options: ScryptOptions = { N, r, p, maxmem: 128 * N * r + 128 * r * p + 1_000_000 }
  return new Promise((resolve, reject) => {
    // the same letters are the same password, whichever keyboard composed them
    scrypt(password.normalize('NFC'), salt, keyLength, options, (error, key) => {
      if (error === null) resolve(key)
      else reject(error)
    })
  })
}
