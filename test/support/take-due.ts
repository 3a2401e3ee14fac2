import type { Database } from '../../src/store/database.ts'
import { claimHosts, type DueFeed } from '../../src/store/due-feeds.ts'
import { createSession } from '../../src/store/session.ts'

/** Due feeds by host, taken as a process on its rounds takes them. */
export interface TakenFeeds {
  readonly byHost: ReadonlyMap<string, readonly DueFeed[]>
  /** Ends the process, as it were. */
  giveBack(): Promise<void>
}

/** Takes the hosts of the feeds that are due and that nobody else has. */
export async function takeDue(db: Database, now: Date): Promise<TakenFeeds> {
  const session = createSession(db, 'test')
  const { taken } = await claimHosts(await session.connection(), {
    now,
    hosts: 10,
    feedsOf: () => 10,
    except: [],
    putOff: [],
  })
  return { byHost: taken, giveBack: () => session.close() }
}
