import { createHash, randomBytes } from 'node:crypto'
import type { Database } from '../store/database.ts'
import {
  endWebSessionOf,
  findWebSession,
  listWebSessions,
  openWebSession,
  sweepWebSessions,
  touchWebSession,
  type SessionLimits,
  type WebSession,
} from '../store/web-sessions.ts'
import type { Password } from './password.ts'

/** How long a session holds without being used, and at most; in milliseconds. */
export const sessionLife = { idleMs: 7 * 86_400_000, mostMs: 30 * 86_400_000 } as const

/** How exactly it is known when a session or a token was last used, in milliseconds. */
export const noteEveryMs = 60_000

/** Longest name of a browser that is kept, in characters. */
const longestAgent = 200

/** A session as it was opened: the secret is in the browser's cookie and nowhere else. */
export interface OpenedSession {
  readonly id: number
  readonly secret: string
}

/** What a secret is kept and looked up by. */
export function secretHash(secret: string): Uint8Array {
  return createHash('sha256').update(secret).digest()
}

/** Opens a session under a secret of its own (256 bits), never one that a browser brought; the one it had is ended. */
export async function beginSession(
  db: Database,
  session: {
    readonly password: Password
    readonly agent: string
    readonly former: string | null
    readonly now: Date
  },
): Promise<OpenedSession> {
  const secret = randomBytes(32).toString('base64url')
  const { stamp } = session.password
  return db.transaction(async (tx) => {
    if (session.former !== null) await endWebSessionOf(tx, secretHash(session.former))
    await sweepWebSessions(tx, stamp, limitsAt(session.now))
    const id = await openWebSession(tx, {
      hash: secretHash(secret),
      passwordStamp: stamp,
      agent: session.agent.replaceAll(/\p{C}/gu, '').slice(0, longestAgent),
      now: session.now,
    })
    return { id, secret }
  })
}

/** The session of a secret, if it holds; that it is in use is noted once a minute. */
export async function sessionOf(
  { pool }: Pick<Database, 'pool'>,
  { secret, password, now }: { readonly secret: string; readonly password: Password; readonly now: Date },
): Promise<WebSession | null> {
  const found = await findWebSession(pool, secretHash(secret), password.stamp, limitsAt(now))
  if (found !== null && now.getTime() - found.seenAt.getTime() >= noteEveryMs)
    await touchWebSession(pool, found.id, now)
  return found
}

/** All sessions that hold, the one seen last first. */
export function listSessions(
  { pool }: Pick<Database, 'pool'>,
  password: Password,
  now: Date,
): Promise<WebSession[]> {
  return listWebSessions(pool, password.stamp, limitsAt(now))
}

function limitsAt(now: Date): SessionLimits {
  return {
    begunAfter: new Date(now.getTime() - sessionLife.mostMs),
    seenAfter: new Date(now.getTime() - sessionLife.idleMs),
  }
}
