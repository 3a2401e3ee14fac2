import type { Queryable } from './database.ts'

/** A browser that is signed in. */
export interface WebSession {
  readonly id: number
  /** What the browser calls itself. */
  readonly agent: string
  readonly createdAt: Date
  /** To the minute. */
  readonly seenAt: Date
}

/** Since when a session must have begun, and have been seen last, to hold. */
export interface SessionLimits {
  readonly begunAfter: Date
  readonly seenAfter: Date
}

/** What a session is opened with: SHA-256 of its secret, and of the stored password that opened it. */
export interface NewSession {
  readonly hash: Uint8Array
  readonly passwordStamp: Uint8Array
  readonly agent: string
  readonly now: Date
}

const columns = `id, agent, created_at as "createdAt", seen_at as "seenAt"`

/** Opens a session, and gives its number. */
export async function openWebSession(db: Queryable, session: NewSession): Promise<number> {
  const { rows } = await db.query<{ id: number }>(
    `insert into web_session (hash, password_stamp, agent, created_at, seen_at) values ($1, $2, $3, $4, $4) returning id`,
    [session.hash, session.passwordStamp, session.agent, session.now],
  )
  const [opened] = rows
  if (opened === undefined) throw new Error('a session that was stored has no number')
  return opened.id
}

/** The session of a secret's hash, where it holds; null else. */
export async function findWebSession(
  db: Queryable,
  hash: Uint8Array,
  passwordStamp: Uint8Array,
  { begunAfter, seenAfter }: SessionLimits,
): Promise<WebSession | null> {
  const { rows } = await db.query<WebSession>(
    `select ${columns} from web_session
     where hash = $1 and password_stamp = $2 and created_at > $3 and seen_at > $4`,
    [hash, passwordStamp, begunAfter, seenAfter],
  )
  return rows[0] ?? null
}

/** Notes that a session is in use. */
export async function touchWebSession(db: Queryable, id: number, now: Date): Promise<void> {
  await db.query('update web_session set seen_at = $2 where id = $1 and seen_at < $2', [id, now])
}

/** All that hold, the one seen last first. */
export async function listWebSessions(
  db: Queryable,
  passwordStamp: Uint8Array,
  { begunAfter, seenAfter }: SessionLimits,
): Promise<WebSession[]> {
  const { rows } = await db.query<WebSession>(
    `select ${columns} from web_session
     where password_stamp = $1 and created_at > $2 and seen_at > $3 order by seen_at desc, id desc`,
    [passwordStamp, begunAfter, seenAfter],
  )
  return rows
}

/** Ends a session by its number; false when there was none. */
export async function endWebSession(db: Queryable, id: number): Promise<boolean> {
  const { rowCount } = await db.query('delete from web_session where id = $1', [id])
  return rowCount === 1
}

/** Ends the session of a secret's hash, if there is one. */
export async function endWebSessionOf(db: Queryable, hash: Uint8Array): Promise<void> {
  await db.query('delete from web_session where hash = $1', [hash])
}

/** Ends all sessions but one (all, where that is null), and says how many that were. */
export async function endWebSessions(db: Queryable, except: number | null): Promise<number> {
  const { rowCount } = await db.query('delete from web_session where $1::int is null or id <> $1', [except])
  return rowCount ?? 0
}

/** Forgets those that do not hold any more. */
export async function sweepWebSessions(
  db: Queryable,
  passwordStamp: Uint8Array,
  { begunAfter, seenAfter }: SessionLimits,
): Promise<void> {
  await db.query('delete from web_session where password_stamp <> $1 or created_at <= $2 or seen_at <= $3', [
    passwordStamp,
    begunAfter,
    seenAfter,
  ])
}
