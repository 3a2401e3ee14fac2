import type { DueHost } from '../store/due-feeds.ts'

/** How long the table of feeds need not be read again while there are candidates, in milliseconds. */
const longestMs = 5000
/**
 * How soon it is read again when there are none left: so that reading takes a sixth of the time, and in so many milliseconds
 * at the latest.
 */
const timesAsLong = 5
const soonestMs = 1000

/** What was found due when all feeds were read. */
export interface ReadTable {
  /** What was not taken at once. */
  readonly hosts: readonly DueHost[]
  /** Whether there was anything at all. */
  readonly isAny: boolean
  /** Whether there were hosts that this process had, and so did not ask for. */
  readonly areOurs: boolean
  /** Whether there were more feeds than could be read at once. */
  readonly isCut: boolean
  /** When that was, and how long it took. */
  readonly at: number
  readonly tookMs: number
  /** The time by which they were due. */
  readonly now: Date
}

interface Resting {
  readonly one: DueHost
  readonly until: number
}

/**
 * The feeds that were due when all were last read, by host, the longest overdue first. Finding them takes the longer the
 * more feeds there are, so this is done once for many looks. Nothing is promised by it: what others have polled since, or
 * what is not to be polled any more, is noticed when it is taken. What has come to be due since was due for less long than
 * all of these, and has its turn after them. All times are milliseconds that have passed, by no clock that can be set.
 */
export class Candidates {
  private listed: readonly DueHost[] = []
  /** How many of these were handed out. */
  private begun = 0
  private resting: Resting[] = []
  private readAt = Number.NEGATIVE_INFINITY
  /** The time by which they were due. */
  private dueAt = Number.NEGATIVE_INFINITY
  private isCut = false
  private tookMs = 0
  private isAny = false
  private isPressing = false

  /** Takes the next away; none where the table is to be read. `now`: the time by which feeds are due. */
  next(most: number, at: number, now: Date): DueHost[] {
    // after the clock was set back these may not be due for long
    if (at - this.readAt > longestMs || now.getTime() < this.dueAt) return []
    const ready: DueHost[] = []
    if (this.resting.length > 0) {
      const still: Resting[] = []
      for (const resting of this.resting) {
        if (ready.length < most && resting.until <= at) ready.push(resting.one)
        else still.push(resting)
      }
      this.resting = still
    }
    const listed = this.listed.slice(this.begun, this.begun + most - ready.length)
    this.begun += listed.length
    if (this.begun === this.listed.length) [this.listed, this.begun] = [[], 0]
    return [...ready, ...listed]
  }

  /** Takes what the table had in place of what was known. Who rests no more is among that. */
  read({ hosts, isAny, areOurs, isCut, at, tookMs, now }: ReadTable): void {
    this.listed = hosts
    this.begun = 0
    this.isCut = isCut
    this.resting = this.resting.filter(({ until }) => until > at)
    this.readAt = at
    this.tookMs = tookMs
    this.isAny = isAny
    this.isPressing = (isAny || areOurs) && (this.isPressing || isCut || hosts.length > 0)
    this.dueAt = now.getTime()
  }

  /** What is left of a host that is free, but to be left alone until then. */
  putBack(one: DueHost, until: number): void {
    this.resting.push({ one, until })
  }

  /** Whether there are any that nothing is known against. */
  areReady(at: number): boolean {
    return this.begun < this.listed.length || this.resting.some(({ until }) => until <= at)
  }

  /** In how many milliseconds the next of those that rest has done so; null where none does. */
  restMs(at: number): number | null {
    if (this.resting.length === 0) return null
    return Math.max(0, this.resting.reduce((least, { until }) => Math.min(least, until), Infinity) - at)
  }

  /** Whether more was due lately than could be taken at once, and nothing now but of the hosts that this process has. */
  isForHosts(): boolean {
    return this.isPressing && !this.isAny
  }

  /**
   * In how many milliseconds to read the table where there are none left. Null where there is time until the next tick, or
   * until a host is given back.
   */
  readAgainMs(at: number): number | null {
    if (this.isCut) return 0
    if (!this.isPressing || !this.isAny) return null
    return Math.max(0, this.readAt + Math.min(soonestMs, timesAsLong * this.tookMs) - at)
  }
}
