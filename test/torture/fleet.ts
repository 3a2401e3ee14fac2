import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

export interface FleetOptions {
  readonly kinds: readonly ('start' | 'worker' | 'web')[]
  readonly databaseUrl: string
  readonly config: string
  /** Holds the milliseconds that the clock of all is set off by. */
  readonly clockFile: string
  readonly graceMs: number
  readonly heartbeat: { readonly everyMs: number; readonly lostMs: number; readonly forgetMs: number }
  /** Told what processes write to standard error. */
  readonly wrote: (text: string) => void
}

/** One place in the fleet: whoever has it, and its follower when that one is gone. */
export interface Post {
  readonly kind: FleetOptions['kinds'][number]
  child: ChildProcess
  isReady: boolean
  isStopped: boolean
}

/** Processes that are started again when they end. */
export interface Fleet {
  readonly posts: readonly Post[]
  /** How often a process has ended by itself, without being killed. */
  readonly gaveUp: () => number
  /** Waits until somebody works. Throws after two minutes. */
  working(): Promise<void>
  close(): Promise<void>
}

const program = fileURLToPath(new URL('./process.mjs', import.meta.url))

/** Starts a process for each kind, and another one whenever one ends. */
export function startFleet(options: FleetOptions): Fleet {
  let closing = false
  let gaveUp = 0
  const posts = options.kinds.map((kind, n): Post => {
    const post: Post = { kind, child: begin(kind, n), isReady: false, isStopped: false }
    man(post, n)
    return post
  })

  function begin(kind: Post['kind'], n: number): ChildProcess {
    const { config, databaseUrl, clockFile, graceMs, heartbeat } = options
    return spawn(process.execPath, [program, JSON.stringify({ kind, clockFile, graceMs, heartbeat })], {
      env: {
        ...{ PATH: process.env['PATH'], HOME: process.env['HOME'], LOG_LEVEL: 'warn' },
        ...{ OPENWATCH_CONFIG: config, OPENWATCH_PORT: '0', DATABASE_URL: databaseUrl },
        // one of them lives where the clocks are put forward and back
        TZ: n % 2 === 0 ? 'UTC' : 'America/New_York',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  }

  function man(post: Post, n: number): void {
    const { child } = post
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      if (text.includes('Stop with Ctrl-C.')) post.isReady = true
    })
    child.stderr?.setEncoding('utf8').on('data', options.wrote)
    child.once('exit', (_code, signal) => {
      post.isReady = false
      post.isStopped = false
      if (signal === null) gaveUp += 1
      if (closing) return
      const after = signal === null ? 500 : 0
      setTimeout(() => {
        if (closing) return
        post.child = begin(post.kind, n)
        man(post, n)
      }, after)
    })
  }

  return {
    posts,
    gaveUp: () => gaveUp,
    async working() {
      const end = Date.now() + 120_000
      while (!posts.some((post) => post.kind !== 'web' && post.isReady && !post.isStopped)) {
        if (Date.now() > end) throw new Error('nobody has begun to work within two minutes')
        await sleep(20)
      }
    },
    async close() {
      closing = true
      await Promise.all(
        posts.map(async ({ child }) => {
          if (child.exitCode !== null || child.signalCode !== null) return
          const gone = once(child, 'exit')
          child.kill('SIGKILL')
          await gone
        }),
      )
    },
  }
}
