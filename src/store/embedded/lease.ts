import pg from 'pg'
import { databaseName, type Connection } from './connection.ts'
import { codeOf } from './faults.ts'

/**
 * A lease says "this process uses the server": a connection that holds an advisory lock in common with all others. The
 * kernel and Postgres give it back when the process dies, however it dies; no lock file can go stale. Whoever gets
 * the lock alone is the last one, and a newcomer then waits until the server is gone.
 */
export interface Lease {
  /** Settles when the connection ends, wanted or not. */
  readonly ended: Promise<void>
  /**
   * Leaves the circle of users. True when that was the last one: the server is to be stopped now, and nobody can take a
   * lease any more before `close`.
   */
  leave(): Promise<boolean>
  close(): Promise<void>
}

/** Keys of the advisory locks, in the database `postgres` of the embedded cluster, where nobody else takes any. */
const locks = { use: 0x6f77, leave: 0x6f78 }

/** What an attempt at a lease came to. */
export type LeaseAttempt =
  | { readonly kind: 'leased'; readonly lease: Lease }
  /** Nobody listens there. */
  | { readonly kind: 'absent' }
  /** It is starting, recovering or stopping. */
  | { readonly kind: 'busy' }

/** Tries to take a lease, and sees that there is a database. Throws when the server refuses for good, such as over the password. */
export async function takeLease(connection: Connection, application: string): Promise<LeaseAttempt> {
  const client = new pg.Client({
    ...connection,
    application_name: `openwatch lease ${application}`,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    // A process that is stopped in the middle of leaving must not hold up the others for good.
    lock_timeout: 1500,
  })
  const ended = new Promise<void>((resolve) => {
    client.once('end', resolve)
  })
  // The end is told by `ended`; an error event without a listener would end this process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select pg_advisory_lock_shared($1)', [locks.use])
    await ensureDatabase(client)
    return { kind: 'leased', lease: leaseOver(client, ended) }
  } catch (error) {
    await client.end().catch(() => undefined)
    const kind = refusal(error)
    if (kind === null) throw error
    return { kind }
  }
}

async function ensureDatabase(client: pg.Client): Promise<void> {
  const found = await client.query('select from pg_database where datname = $1', [databaseName])
  if (found.rowCount !== 0) return
  await client.query(`create database ${databaseName}`).catch((error: unknown) => {
    // Another process made it in this moment.
    if (!['42P04', '23505'].includes(codeOf(error) ?? '')) throw error
  })
}

function leaseOver(client: pg.Client, ended: Promise<void>): Lease {
  return {
    ended,
    async leave() {
      // One after the other, or two that leave at once would each see the other and both leave the server running.
      await client.query('select pg_advisory_lock($1)', [locks.leave])
      const { rows } = await client.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [
        locks.use,
      ])
      if (rows[0]?.alone === true) return true
      // In this order: the next to leave must not see this lease any more once it may look.
      await client.query('select pg_advisory_unlock_shared($1)', [locks.use])
      await client.query('select pg_advisory_unlock($1)', [locks.leave])
      return false
    },
    async close() {
      await client.end()
    },
  }
}

const passing: readonly string[] = ['57P01', '57P02', '57P03', '53300', '55P03', 'ECONNRESET', 'EPIPE']

function refusal(error: unknown): 'absent' | 'busy' | null {
  const code = codeOf(error)
  if (code === 'ECONNREFUSED' || code === 'ENOENT') return 'absent'
  // 57P01 to 57P03: stopped by an administrator, after a crash, not yet or no longer open; 53300: too many connections;
  // 55P03: somebody is just leaving.
  if (code !== null && passing.includes(code)) return 'busy'
  if (error instanceof Error && /connection terminated|connection error|timeout expired/i.test(error.message))
    return 'busy'
  return null
}
