import type { Queryable } from './database.ts'

/** What a token lets a program do: see everything, or change things, too. */
export const tokenScopes = ['read', 'write'] as const

/** One of them. */
export type TokenScope = (typeof tokenScopes)[number]

/** A token as it may be shown: the token itself is kept nowhere. */
export interface ApiToken {
  readonly id: number
  readonly name: string
  readonly scope: TokenScope
  readonly createdAt: Date
  /** Null: it holds until it is revoked. */
  readonly expiresAt: Date | null
  /** To the minute; null: never used. */
  readonly usedAt: Date | null
}

const columns = `id, name, scope, created_at as "createdAt", expires_at as "expiresAt", used_at as "usedAt"`

/** Keeps a new token; null when there is one of that name. */
export async function addApiToken(
  db: Queryable,
  token: Pick<ApiToken, 'name' | 'scope' | 'createdAt' | 'expiresAt'> & { readonly hash: Uint8Array },
): Promise<ApiToken | null> {
  const { rows } = await db.query<ApiToken>(
    `insert into api_token (name, hash, scope, created_at, expires_at) values ($1, $2, $3, $4, $5)
     on conflict (name) do nothing returning ${columns}`,
    [token.name, token.hash, token.scope, token.createdAt, token.expiresAt],
  )
  return rows[0] ?? null
}

/** The token of a hash, while it holds; null else. */
export async function findApiToken(db: Queryable, hash: Uint8Array, now: Date): Promise<ApiToken | null> {
  const { rows } = await db.query<ApiToken>(
    `select ${columns} from api_token where hash = $1 and (expires_at is null or expires_at > $2)`,
    [hash, now],
  )
  return rows[0] ?? null
}

/** Notes that a token is in use. */
export async function touchApiToken(db: Queryable, id: number, now: Date): Promise<void> {
  await db.query('update api_token set used_at = $2 where id = $1 and (used_at is null or used_at < $2)', [
    id,
    now,
  ])
}

/** All tokens by name, those that have expired among them. */
export async function listApiTokens(db: Queryable): Promise<ApiToken[]> {
  const { rows } = await db.query<ApiToken>(`select ${columns} from api_token order by name`)
  return rows
}

/** Takes a token away by its name or number, and gives what it was; null when there is none. */
export async function removeApiToken(db: Queryable, which: string | number): Promise<ApiToken | null> {
  const by = typeof which === 'number' ? 'id' : 'name'
  const { rows } = await db.query<ApiToken>(`delete from api_token where ${by} = $1 returning ${columns}`, [
    which,
  ])
  return rows[0] ?? null
}
