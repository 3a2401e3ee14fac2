import { once } from 'node:events'
import { setImmediate as breathe } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { FeedFormatError } from './feed-format-error.ts'
import { parseFeed, type ParseContext, type ParsedFeed } from './parse.ts'

/** A body to be parsed in the thread. */
export interface AsideTask {
  readonly body: Uint8Array
  readonly context: ParseContext
}

/** What the thread says to a task. */
export type AsideAnswer =
  | { readonly kind: 'parsed'; readonly feed: ParsedFeed }
  | { readonly kind: 'failed'; readonly code: FeedFormatError['code']; readonly message: string }

/** Parses feeds without holding up what else the process does; throws as parseFeed does. */
export interface Parser {
  parse(body: Uint8Array, context: ParseContext): Promise<ParsedFeed>
  close(): Promise<void>
}

export interface ParserOptions {
  /** Bodies of so many bytes and more are parsed in a thread of their own. */
  readonly asideBytes?: number
  /** How long the thread may take for one, in milliseconds. */
  readonly limitMs?: number
  /** How long the thread waits for another before it ends, in milliseconds. */
  readonly idleMs?: number
}

/** A thread may take so much memory, in megabytes: more than any feed of the size that is fetched needs. */
const mostMegabytes = 1024

/**
 * Parses ordinary feeds one in a turn of the event loop, so that what comes in meanwhile (the database's answers above all)
 * never waits for more than one of them, and large ones, which take long, one after the other in a thread that is started
 * for them. Sources that are run as they are have no thread: Node 20 cannot load TypeScript in one.
 */
export function createParser(options: ParserOptions = {}): Parser {
  const { asideBytes = 1_000_000, limitMs = 30_000, idleMs = 10_000 } = options
  const program = import.meta.url.endsWith('.ts') ? null : new URL('./parse-thread.js', import.meta.url)
  let thread: Worker | null = null
  let last: Promise<unknown> = Promise.resolve()
  let turn: Promise<unknown> = Promise.resolve()
  let idle: NodeJS.Timeout | undefined

  function start(of: URL): Worker {
    const fresh = new Worker(of, { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: mostMegabytes } })
    const forget = (): void => {
      if (thread === fresh) thread = null
    }
    fresh.on('error', forget).on('exit', forget)
    return fresh
  }

  async function end(): Promise<void> {
    clearTimeout(idle)
    const ending = thread
    // at once: what comes while it ends would be sent to a thread that answers no more
    thread = null
    await ending?.terminate()
  }

  async function aside(task: AsideTask, of: URL): Promise<ParsedFeed> {
    clearTimeout(idle)
    const worker = (thread ??= start(of))
    // waiting for it keeps the process, its mere being there does not
    worker.ref()
    try {
      const answered = once(worker, 'message', { signal: AbortSignal.timeout(limitMs) })
      worker.postMessage(task)
      const [answer] = (await answered) as [AsideAnswer]
      if (answer.kind === 'parsed') return answer.feed
      throw new FeedFormatError(answer.code, answer.message)
    } catch (error) {
      if (error instanceof FeedFormatError) throw error
      await end()
      const message = 'the feed is so large that reading it takes too long, or too much memory'
      throw new FeedFormatError('broken', message, { cause: error })
    } finally {
      worker.unref()
      idle = setTimeout(() => void end(), idleMs)
      idle.unref()
    }
  }

  function here(body: Uint8Array, context: ParseContext): Promise<ParsedFeed> {
    const parsed = turn.then(() => parseFeed(body, context))
    turn = parsed.catch(() => undefined).then(() => breathe())
    return parsed
  }

  return {
    parse(body, context) {
      if (program === null || body.byteLength < asideBytes) return here(body, context)
      const parsed = last.then(() => aside({ body, context }, program))
      last = parsed.catch(() => undefined)
      return parsed
    },
    async close() {
      await last
      await end()
    },
  }
}
