import type { DueFeed } from '../store/due-feeds.ts'
import { isQuiet, nextAfterQuiet } from './after-poll.ts'
import type { PollOptions } from './poll-feed.ts'
import { createPollWriter, type PollWriter, type PollWriterOptions } from './poll-writer.ts'
import { createPutOff } from './put-off.ts'
import { readBody } from './read-body.ts'
import { isRefusal } from './record-polls.ts'
import { createSetback, type Setback } from './setback.ts'
import { traced } from './tracer.ts'
import { TakenHosts, type TakenHost } from './taken-hosts.ts'

export interface RoundsOptions extends PollWriterOptions {
  /** Most hosts that are asked at a time. */
  readonly concurrency: number
  /** How feeds are polled, as the configuration stands. */
  readonly polling: () => PollOptions
}

/** A host that is ours, while its feeds are polled one after the other and until these polls are written down. */
interface Turn {
  readonly host: string
  /** Those that are still to be polled. */
  readonly feeds: DueFeed[]
  /** Polls that are not written down yet, and the turn itself while it lasts. */
  holds: number
  /** To be called for each that is. */
  readonly written: () => void
}

/** Hosts to take for each that is asked at a time: taking many costs hardly more than taking one. */
const ahead = 8

/**
 * The polling of due feeds by this process. It goes on rounds: takes hosts that have due feeds, asks many hosts at a time
 * and each for one feed after the other, and writes many polls down at a time. A host is ours until its polls are written
 * down: nobody asks it meanwhile, and nobody polls what is polled already.
 */
export class Rounds {
  private readonly options: RoundsOptions
  private readonly writer: PollWriter
  private readonly setback: Setback
  private readonly hosts: TakenHosts
  private readonly queue: Turn[] = []
  private asking = 0
  private looking: Promise<void> | null = null
  private mayBeMore = false
  private stopping = false
  private again: NodeJS.Timeout | null = null
  private later: { readonly timer: NodeJS.Timeout; readonly at: number } | null = null
  private waiting: (() => void)[] = []
  private hot: ReadonlySet<number> = new Set()

  constructor(options: RoundsOptions) {
    this.options = options
    this.setback = options.setback ?? createSetback()
    const putOff = options.putOff ?? createPutOff()
    this.writer = createPollWriter({ ...options, putOff, setback: this.setback })
    this.hosts = new TakenHosts({
      ...options,
      putOff: () => putOff.feeds(),
      givenBack: (againMs) => this.lookAgain(againMs),
    })
  }

  /** Takes due feeds and begins to poll them. Rejects when the database cannot be asked. */
  look(): Promise<void> {
    if (this.stopping || this.setback.isWaiting()) {
      this.mayBeMore = false
      return Promise.resolve()
    }
    this.looking ??= this.take().finally(() => {
      this.looking = null
      this.next()
    })
    return this.looking
  }

  /** Why no feeds are polled, in words: what they bring cannot be written down. Null while it can. */
  trouble(): string | null {
    return this.setback.inWords()
  }

  /** Resolves when what was taken is polled and written down, and nothing more was found due. */
  async settled(): Promise<void> {
    while (!this.isIdle()) await new Promise<void>((resolve) => this.waiting.push(resolve))
  }

  /** Leaves what has not begun to others, and writes down what has. */
  async stop(): Promise<void> {
    this.stopping = true
    this.mayBeMore = false
    if (this.again !== null) clearTimeout(this.again)
    this.again = null
    if (this.later !== null) clearTimeout(this.later.timer)
    this.later = null
    await this.looking?.catch(() => undefined)
    for (const turn of this.queue.splice(0)) this.letGo(turn)
    while (this.asking > 0) await new Promise<void>((resolve) => this.waiting.push(resolve))
    await this.writer.drain()
    await this.hosts.close()
  }

  private async take(): Promise<void> {
    const { polling, concurrency } = this.options
    // one host is enough to find out whether its polls can be written down again
    const hosts = this.setback.isThere() ? 1 : ahead * concurrency - this.queue.length
    // what waits here is what no other process may do
    this.mayBeMore = hosts <= 0
    if (hosts <= 0) return
    this.hot = await polling().heat.feeds()
    const taken = await traced(polling().tracer, { name: 'poll round', attributes: { hosts } }, () =>
      this.hosts.take(hosts),
    )
    for (const one of taken.hosts) this.queue.push(this.begin(one))
    if (taken.laterMs !== null) this.lookLater(taken.laterMs)
    if (!this.setback.isThere()) this.lookAgain(taken.moreMs)
  }

  /** Begins as many turns as may be under way, and looks for more when they run out. */
  private next(): void {
    const { concurrency } = this.options
    while (this.asking < concurrency && !this.stopping) {
      const turn = this.queue.shift()
      if (turn === undefined) break
      this.asking++
      void this.ask(turn).finally(() => {
        this.asking--
        this.letGo(turn)
        this.next()
      })
    }
    if (this.mayBeMore && this.queue.length < concurrency) this.lookUnasked()
    if (this.isIdle() || (this.stopping && this.asking === 0))
      for (const tell of this.waiting.splice(0)) tell()
  }

  /** What goes wrong here goes wrong at the next tick, too, and is told there. */
  private lookUnasked(): void {
    this.look().catch(() => undefined)
  }

  /** What is known to be due may be taken so many milliseconds from now; null where it is all taken. */
  private lookAgain(inMs: number | null): void {
    if (!this.stopping && inMs !== null) {
      if (inMs === 0) this.mayBeMore = true
      else
        this.again ??= setTimeout(() => {
          this.again = null
          this.lookUnasked()
        }, inMs + 20)
    }
    this.next()
  }

  /**
   * What others have now they may have given back soon with more to do, and more may have come to be due. Looking all the time
   * would cost more than the work that is found so; and where others do it all themselves there is nothing to wait for.
   */
  private lookLater(inMs: number): void {
    const at = performance.now() + inMs
    if (this.stopping || (this.later !== null && this.later.at <= at)) return
    if (this.later !== null) clearTimeout(this.later.timer)
    const timer = setTimeout(() => {
      this.later = null
      // at once, or when those that wait here run out
      this.mayBeMore = true
      this.next()
    }, inMs)
    this.later = { timer, at }
  }

  private isIdle(): boolean {
    return this.hosts.areNone() && this.looking === null && this.again === null && !this.mayBeMore
  }

  private async ask(turn: Turn): Promise<void> {
    // each is let go of when it is polled: many turns wait to be written down at a time
    for (let feed = turn.feeds.shift(); feed !== undefined; feed = turn.feeds.shift()) {
      // asked for each: the configuration may be another by now, and the connections, too
      if (this.stopping || !(await this.poll(feed, turn, this.options.polling()))) return
      const room = this.writer.room()
      if (room !== null) await room
    }
  }

  /** Polls a feed; says whether its host may be asked again. */
  private async poll(feed: DueFeed, turn: Turn, polling: PollOptions): Promise<boolean> {
    const began = performance.now()
    const { id: feedId, url, host, selector, refusals } = feed
    const { written } = turn
    turn.holds++
    try {
      const fetched = await polling.fetcher.fetch(feed.url, feed, polling.signal)
      if (polling.signal?.aborted === true) {
        written()
        return false
      }
      const now = polling.clock.now()
      const read = await readBody(fetched, feed, { parser: polling.parser, now })
      const durationMs = Math.round(performance.now() - began)
      if (isQuiet(feed, fetched, read)) {
        const isHot = this.hot.has(feed.id)
        const nextPollAt = nextAfterQuiet(feed, fetched, {
          now,
          isHot,
          bounds: polling.bounds,
          random: polling.random(),
        })
        this.writer.quiet({ feedId, url, written, at: now, durationMs, nextPollAt })
      } else this.writer.loud({ feedId, url, host, selector, refusals, written, fetched, read, durationMs })
      return !isRefusal(fetched)
    } catch (error) {
      await this.writer.fault({ feedId, url, written }, error)
      return true
    }
  }

  private begin({ host, feeds }: TakenHost): Turn {
    const turn = { host, feeds: [...feeds], holds: 1, written: () => this.letGo(turn) }
    return turn
  }

  private letGo(turn: Turn): void {
    turn.holds--
    if (turn.holds === 0) this.hosts.giveBack(turn.host)
  }
}
