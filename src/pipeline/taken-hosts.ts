import type { Database } from '../store/database.ts'
import { claimHosts, releaseHosts, type Claim, type DueFeed, type DueHost } from '../store/due-feeds.ts'
import { spaceHosts } from '../store/hosts.ts'
import { createSession, type Session } from '../store/session.ts'
import { createBatches, type Batches } from './batches.ts'
import { Candidates } from './candidates.ts'
import type { PollOptions } from './poll-feed.ts'

/** A host that is ours, and feeds that are due there. */
export interface TakenHost {
  readonly host: string
  readonly feeds: readonly DueFeed[]
}

/** What was taken at a time, and when to look for more, in milliseconds from then. */
export interface Taking {
  readonly hosts: readonly TakenHost[]
  /** For what is due as far as is known: 0 at once, null where nothing is. */
  readonly moreMs: number | null
  /** For what may have come to be due, or may be given back by others, not before; null: at the next tick. */
  readonly laterMs: number | null
}

export interface TakenHostsOptions {
  readonly db: Database
  readonly polling: () => Pick<PollOptions, 'clock' | 'hostGapMs'>
  /** Feeds to leave alone although they are due. */
  readonly putOff: () => readonly number[]
  /** Told when hosts were given back, and in how many milliseconds more of their feeds may be polled; null where none were left. */
  readonly givenBack: (againMs: number | null) => void
}

/** Feeds of one host of the user's own network that are polled before others have their turn. */
const mostOfHost = 25
/** How long a host that another process has is left alone, in milliseconds: as long as a turn takes at best. */
const busyMs = 100
/** Most looks for hosts that nobody has: each finds those of one more process taken. */
const mostLooks = 8
/** How long a host is left alone after its gap, in milliseconds: the database says when that is over. */
const afterGapMs = 10

/** The hosts that this process has taken: by a lock of its session, so that they are free when it is gone. */
export class TakenHosts {
  private readonly options: TakenHostsOptions
  private readonly session: Session
  private readonly returning: Batches<string>
  private readonly candidates = new Candidates()
  /** With those of their feeds that are due beside what was taken; null where some may be, but not which is known. */
  private readonly ours = new Map<string, readonly number[] | null>()
  private readonly busy = new Map<string, number>()
  /** Whether a look failed that may have locked hosts: the session may hold what is not known to be ours. */
  private isUnsure = false

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
    if (this.isUnsure && this.areNone()) await this.beginAnew()
    for (const [host, until] of this.busy) if (until < performance.now()) this.busy.delete(host)
    for (let looks = 1; ; looks += 1) {
      const { clock } = this.options.polling()
      const known = this.candidates.next(hosts, performance.now(), clock.now())
      const claim = await this.claim(hosts, known)
      for (const host of claim.busy) this.busy.set(host, performance.now() + busyMs)
      const taken = await this.keep(claim, known)
      const areAll = known.length === 0 && claim.busy.length === 0
      if (taken.length > 0 || areAll || looks === mostLooks) return { hosts: taken, ...this.outlook() }
    }
  }

  /** Takes of the hosts that are known to have had due feeds lately; where none are, of all, and knows the others then. */
  private async claim(hosts: number, known: readonly DueHost[]): Promise<Claim> {
    const { clock } = this.options.polling()
    const now = clock.now()
    const among = known.flatMap(({ host, feeds }) => feeds.slice(0, this.feedsOf(host)))
    const session = await this.session.connection()
    const had = this.ours.size
    const began = performance.now()
    const claim = await claimHosts(session, {
      ...{ now, hosts },
      feedsOf: (host) => this.feedsOf(host),
      except: [...this.ours.keys(), ...this.busy.keys()],
      putOff: this.options.putOff(),
      ...(among.length > 0 && { among }),
    }).catch((error: unknown) => {
      this.isUnsure = true
      throw error
    })
    const at = performance.now()
    if (known.length === 0)
      this.candidates.read({
        hosts: claim.others,
        // what was given back meanwhile was left out, and nobody tells of it any more
        isAny: claim.taken.size + claim.busy.length > 0 || this.ours.size < had,
        areOurs: had > 0,
        isCut: claim.isCut,
        ...{ at, tookMs: at - began, now },
      })
    return claim
  }

  /** Most feeds that are polled in a turn at a host. */
  private feedsOf(host: string): number {
    return this.options.polling().hostGapMs(host) === 0 ? mostOfHost : 1
  }

  /** Those taken where feeds are due are ours. The others are free again as they were: nobody has asked them. */
  private async keep({ taken, left, isCut }: Claim, known: readonly DueHost[]): Promise<TakenHost[]> {
    const hosts = [...taken].map(([host, feeds]) => ({ host, feeds }))
    const beyond = new Map(known.map(({ host, feeds }) => [host, feeds.slice(this.feedsOf(host))]))
    for (const { host } of hosts) {
      const rest = [...(left.get(host) ?? []), ...(beyond.get(host) ?? [])]
      this.ours.set(host, rest.length === 0 && isCut ? null : rest)
    }
    const idle = hosts.flatMap(({ host, feeds }) => (feeds.length === 0 ? [host] : []))
    if (idle.length > 0) await this.unlock(idle)
    return hosts.filter(({ feeds }) => feeds.length > 0)
  }

  private outlook(): Omit<Taking, 'hosts'> {
    const at = performance.now()
    if (this.candidates.areReady(at)) return { moreMs: 0, laterMs: null }
    const restMs = this.candidates.restMs(at)
    if (this.busy.size > 0) return { moreMs: restMs, laterMs: busyMs + 20 }
    const againMs = this.candidates.readAgainMs(at)
    return againMs === 0 ? { moreMs: 0, laterMs: null } : { moreMs: restMs, laterMs: againMs }
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
    const rests = hosts.map((host) => ({ host, feeds: this.ours.get(host) ?? null }))
    await this.unlock(hosts)
    const at = performance.now()
    const waits: number[] = []
    for (const { host, feeds } of rests) {
      if (feeds?.length === 0) continue
      const waitMs = gapOf(host) > 0 ? gapMs : 0
      waits.push(waitMs)
      if (feeds !== null)
        this.candidates.putBack({ host, feeds }, at + (waitMs > 0 ? waitMs + afterGapMs : 0))
    }
    // what came to be due of these hosts meanwhile nobody has seen
    if (this.candidates.isForHosts()) waits.push(0)
    givenBack(waits.length === 0 ? null : Math.min(...waits))
  }

  private async unlock(hosts: readonly string[]): Promise<void> {
    try {
      await releaseHosts(await this.session.connection(), hosts)
    } catch {
      // What may still be locked goes with the session. The tick tells when the database is away.
      await this.beginAnew()
    }
    for (const host of hosts) this.ours.delete(host)
  }

  /** Lets go of all that the session holds. */
  private async beginAnew(): Promise<void> {
    this.isUnsure = false
    await this.session.close().catch(() => undefined)
  }
}
