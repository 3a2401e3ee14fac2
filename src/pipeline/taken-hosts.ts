import type { Database } from '../store/database.ts'
import { claimHosts, releaseHosts, type Claim, type DueFeed } from '../store/due-feeds.ts'
import { spaceHosts } from '../store/hosts.ts'
import { createSession, type Session } from '../store/session.ts'
import { createBatches, type Batches } from './batches.ts'
import type { PollOptions } from './poll-feed.ts'

/** A host that is ours, and feeds that are due there. */
export interface TakenHost {
  readonly host: string
  readonly feeds: readonly DueFeed[]
}

/** What was taken at a time. */
export interface Taking {
  readonly hosts: readonly TakenHost[]
  /** Whether there may be more that is due, of hosts that nobody has. */
  readonly isCut: boolean
}

export interface TakenHostsOptions {
  readonly db: Database
  readonly polling: () => Pick<PollOptions, 'clock' | 'hostGapMs'>
  /** Feeds to leave alone although they are due. */
  readonly putOff: () => readonly number[]
  /** Told when hosts were given back, and in how many milliseconds more of their feeds may be polled; null where none were left. */
  readonly givenBack: (againMs: number | null) => void
  /** Told when other processes had hosts that are due, and in how many milliseconds to look again: not before. */
  readonly othersHave: (againMs: number) => void
}

/** Feeds of one host of the user's own network that are polled before others have their turn. */
const mostOfHost = 25
/** How long a host that another process has is left alone, in milliseconds: as long as a turn takes at best. */
const busyMs = 100
/** Most looks for hosts that nobody has: each finds those of one more process taken. */
const mostLooks = 8

/** The hosts that this process has taken: by a lock of its session, so that they are free when it is gone. */
export class TakenHosts {
  private readonly options: TakenHostsOptions
  private readonly session: Session
  private readonly returning: Batches<string>
  private readonly ours = new Set<string>()
  /** Of them those that may have more due feeds than were taken. */
  private readonly unfinished = new Set<string>()
  private readonly busy = new Map<string, number>()

  constructor(options: TakenHostsOptions) {
    this.options = options
    this.session = createSession(options.db, 'rounds')
    this.returning = createBatches((hosts) => this.release(hosts), { most: 200, waitMs: 20 })
  }

  /**
   * Takes up to so many hosts that have due feeds. What has been due for longest is what others have just taken: it is looked
   * behind that, so that no process rests while there is work that nobody does.
   */
  async take(hosts: number): Promise<Taking> {
    for (const [host, until] of this.busy) if (until < performance.now()) this.busy.delete(host)
    for (let looks = 1; ; looks += 1) {
      const claim = await this.claim(hosts)
      for (const host of claim.busy) this.busy.set(host, performance.now() + busyMs)
      for (const host of claim.taken.keys()) this.ours.add(host)
      for (const host of claim.unfinished) this.unfinished.add(host)
      if (claim.taken.size > 0 || claim.busy.length === 0 || looks === mostLooks) {
        if (this.busy.size > 0) this.options.othersHave(busyMs)
        const { taken, isCut } = claim
        return { hosts: [...taken].map(([host, feeds]) => ({ host, feeds })), isCut }
      }
    }
  }

  private async claim(hosts: number): Promise<Claim> {
    const { clock, hostGapMs } = this.options.polling()
    return claimHosts(await this.session.connection(), {
      now: clock.now(),
      hosts,
      feedsOf: (host) => (hostGapMs(host) === 0 ? mostOfHost : 1),
      except: [...this.ours, ...this.busy.keys()],
      putOff: this.options.putOff(),
    })
  }

  giveBack(host: string): void {
    this.returning.add(host)
  }

  areNone(): boolean {
    return this.ours.size === 0
  }

  /** Gives all back that is to be given back, and ends the session. */
  async close(): Promise<void> {
    await this.returning.drain()
    await this.session.close()
  }

  private async release(hosts: readonly string[]): Promise<void> {
    const { db, polling, givenBack } = this.options
    const gapOf = polling().hostGapMs
    const spaced = hosts.filter((host) => gapOf(host) > 0)
    const gapMs = spaced.reduce((most, host) => Math.max(most, gapOf(host)), 0)
    try {
      if (spaced.length > 0) await spaceHosts(db.pool, spaced, gapMs)
    } catch {
      // Asked again without the gap, once: better than a host that nobody may ask any more.
    }
    try {
      await releaseHosts(await this.session.connection(), hosts)
    } catch {
      // What may still be locked goes with the session. The tick tells when the database is away.
      await this.session.close().catch(() => undefined)
    }
    const unfinished = hosts.filter((host) => this.unfinished.delete(host))
    for (const host of hosts) this.ours.delete(host)
    const waits = unfinished.map((host) => (gapOf(host) > 0 ? gapMs : 0))
    givenBack(waits.length === 0 ? null : Math.min(...waits))
  }
}
