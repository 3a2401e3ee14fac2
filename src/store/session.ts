import pg from 'pg'
import type { Database } from './database.ts'

/** One connection that is kept, for what lasts as long as a session does. */
export interface Session {
  /** The connection; a new one when the last was lost, and with it all that its session held. */
  connection(): Promise<pg.Client>
  close(): Promise<void>
}

/** A session of its own, opened when it is first asked for. `name`: what it is for, as administrators see it. */
export function createSession(db: Pick<Database, 'connection'>, name: string): Session {
  let current: Promise<pg.Client> | null = null

  async function open(): Promise<pg.Client> {
    const client = new pg.Client({ ...db.connection, application_name: sessionName(db, name) })
    client.on('error', () => undefined)
    await client.connect()
    return client
  }

  /** A connection that is lost is told of twice, and by then there may be another one: that is not to be forgotten. */
  function keep(opening: Promise<pg.Client>): Promise<pg.Client> {
    const forget = (): void => {
      if (current === opening) current = null
    }
    opening.then((client) => {
      client.on('error', forget)
      client.on('end', forget)
    }, forget)
    return opening
  }

  return {
    connection: () => (current ??= keep(open())),
    async close() {
      const opening = current
      current = null
      const client = await opening?.catch(() => null)
      await client?.end()
    },
  }
}

/** Says whose session it is, so that it can be ended when its process is lost. Postgres cuts names at 63 bytes. */
function sessionName({ connection }: Pick<Database, 'connection'>, name: string): string {
  return `${connection.application_name ?? 'openwatch'} ${name}`.slice(0, 63)
}
