import pg from 'pg'
import type { Database } from './database.ts'

/** One connection that is kept, for what lasts as long as a session does. */
export interface Session {
  /** The connection; a new one when the last was lost, and with it all that its session held. */
  connection(): Promise<pg.Client>
  close(): Promise<void>
}

/**
 * A session of its own, opened when it is first asked for. Should this machine go without a word, the server notices
 * within a minute and ends the session: it is asked to send keepalives.
 */
export function createSession(db: Pick<Database, 'connection'>, name: string): Session {
  let current: Promise<pg.Client> | null = null

  async function open(): Promise<pg.Client> {
    const client = new pg.Client({ ...db.connection, application_name: name })
    const forget = (): void => {
      current = null
    }
    client.on('error', forget)
    client.on('end', forget)
    await client.connect()
    await client.query(
      'set tcp_keepalives_idle = 20; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3',
    )
    return client
  }

  return {
    connection: () =>
      (current ??= open().catch((error: unknown) => {
        current = null
        throw error
      })),
    async close() {
      const client = await current?.catch(() => null)
      await client?.end()
    },
  }
}
