import { z } from 'zod'
import { duration } from '../config/schema/values.ts'
import { createToken } from '../pipeline/create-token.ts'
import { agoText, shortDayText } from '../report/people-time.ts'
import { listApiTokens, removeApiToken, type ApiToken, type TokenScope } from '../store/api-tokens.ts'
import type { Database } from '../store/database.ts'
import { UsageError } from './fault.ts'
import type { Io } from './io.ts'
import { createLogger } from './logger.ts'
import { openStore } from './open-system.ts'
import { renderTable } from './table.ts'
import { typed } from './typed.ts'

export interface TokenOptions {
  readonly scope: TokenScope
  readonly expires?: string
}

const schema = z.strictObject({ expires: duration().optional() })

/** `openwatch tokens create <name>`: the token alone on standard output. Throws UsageError for a name that cannot be. */
export async function addToken(io: Io, name: string, { scope, expires }: TokenOptions): Promise<number> {
  const data = expires === undefined ? {} : { expires }
  const { expires: lifeMs = null } = typed(schema, { command: 'tokens create', argument: 'name', data })
  return withStore(io, async (db) => {
    const created = await createToken({ name, scope, lifeMs }, { db, now: io.now() })
    if (created.kind === 'unfit') throw new UsageError(created.reason)
    if (created.kind === 'taken')
      throw new UsageError(
        `there is a token "${name.trim()}" already; revoke it first (openwatch tokens revoke), or take another name`,
      )
    io.err(`This is the token "${created.token.name}". It is shown this once and kept nowhere:\n`)
    io.out(`${created.secret}\n`)
    return 0
  })
}

/** `openwatch tokens list`: what there is, but for the tokens themselves. */
export async function listTokens(io: Io): Promise<number> {
  return withStore(io, async (db) => {
    const tokens = await listApiTokens(db.pool)
    const columns = [
      { title: 'Name', flexible: true },
      ...['Scope', 'Made', 'Ends', 'Last used'].map((title) => ({ title })),
    ]
    const rows = tokens.map((token) => rowOf(token, io.now()))
    io.out(
      tokens.length === 0
        ? 'there are no tokens yet; openwatch tokens create <name>\n'
        : `${renderTable(columns, rows, io.width())}\n`,
    )
    return 0
  })
}

function rowOf({ name, scope, createdAt, expiresAt, usedAt }: ApiToken, now: Date): string[] {
  const hasEnded = expiresAt !== null && expiresAt <= now
  const ends = expiresAt === null ? 'when revoked' : shortDayText(expiresAt)
  return [
    ...[name, scope, shortDayText(createdAt)],
    hasEnded ? `${ends} (ended)` : ends,
    usedAt === null ? 'never' : agoText(usedAt, now),
  ]
}

/** `openwatch tokens revoke <name>`. Throws UsageError when there is none of that name. */
export async function revokeToken(io: Io, name: string): Promise<number> {
  return withStore(io, async (db) => {
    const gone = await removeApiToken(db.pool, name)
    if (gone === null)
      throw new UsageError(`there is no token "${name}"; openwatch tokens list shows which there are`)
    io.out(`the token "${gone.name}" is revoked\n`)
    return 0
  })
}

async function withStore(io: Io, work: (db: Database) => Promise<number>): Promise<number> {
  const db = await openStore(io, 'cli', createLogger(io.env, 'warn', io.progress))
  try {
    return await work(db)
  } finally {
    await db.close()
  }
}
