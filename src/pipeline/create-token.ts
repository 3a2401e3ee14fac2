import { randomBytes } from 'node:crypto'
import {
  addApiToken,
  findApiToken,
  touchApiToken,
  type ApiToken,
  type TokenScope,
} from '../store/api-tokens.ts'
import type { Database } from '../store/database.ts'
import { noteEveryMs, secretHash } from './web-session.ts'

/** What a token is made for. */
export interface WantedToken {
  readonly name: string
  readonly scope: TokenScope
  /** Null: until it is revoked. */
  readonly lifeMs: number | null
}

/** What came of the wish for a token. The token itself is given once, here. */
export type CreatedToken =
  | { readonly kind: 'created'; readonly token: ApiToken; readonly secret: string }
  | { readonly kind: 'taken' }
  | { readonly kind: 'unfit'; readonly reason: string }

/** By this a token of openwatch is known, also to those who look for lost secrets. */
const prefix = 'ow_'

const nameForm = /^[\p{L}\p{N}][\p{L}\p{N} ._@-]{0,59}$/u

/** Makes a token under a new name: `ow_` and 256 random bits. */
export async function createToken(
  wanted: WantedToken,
  { db, now }: { readonly db: Pick<Database, 'pool'>; readonly now: Date },
): Promise<CreatedToken> {
  const name = wanted.name.trim()
  if (!nameForm.test(name)) {
    const reason =
      'a name is 1 to 60 letters, digits, spaces, dots and dashes, and begins with a letter or digit'
    return { kind: 'unfit', reason }
  }
  const secret = `${prefix}${randomBytes(32).toString('base64url')}`
  const token = await addApiToken(db.pool, {
    name,
    scope: wanted.scope,
    hash: secretHash(secret),
    createdAt: now,
    expiresAt: wanted.lifeMs === null ? null : new Date(now.getTime() + wanted.lifeMs),
  })
  return token === null ? { kind: 'taken' } : { kind: 'created', token, secret }
}

/** The token that a program showed, if it holds; that it is in use is noted once a minute. */
export async function tokenOf(
  { pool }: Pick<Database, 'pool'>,
  secret: string,
  now: Date,
): Promise<ApiToken | null> {
  if (!secret.startsWith(prefix)) return null
  const token = await findApiToken(pool, secretHash(secret), now)
  const isNoted = token?.usedAt != null && now.getTime() - token.usedAt.getTime() < noteEveryMs
  if (token !== null && !isNoted) await touchApiToken(pool, token.id, now)
  return token
}
