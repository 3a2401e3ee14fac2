import pg from 'pg'
import type { Database } from './database.ts'

/** A connection that does nothing but exist: others see by its name that its owner lives. */
export interface Lease {
  release(): Promise<void>
}

/** Opens a lease of the given name and opens it again whenever the connection is lost, until released. */
export async function openLease(db: Database, name: string): Promise<Lease> {
  let released = false
  let client = await connect()
  const isReleased = (): boolean => released

  async function connect(): Promise<pg.Client> {
    const fresh = new pg.Client({ ...db.connection, application_name: name })
    fresh.on('error', () => undefined)
    await fresh.connect()
    fresh.on('end', () => void reopen())
    return fresh
  }

  async function reopen(): Promise<void> {
    while (!isReleased()) {
      try {
        client = await connect()
        // released while it was on its way
        if (isReleased()) await client.end()
        return
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 1000).unref())
      }
    }
  }

  return {
    async release() {
      released = true
      await client.end()
    },
  }
}
