import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Answers } from './feed-server.ts'

/** Made-up feeds on loopback, served by a process of their own. */
export interface ServedFeeds {
  readonly urls: readonly string[]
  /** What the server answered since the last time this was asked. */
  answers(): Promise<Answers>
  /** When the last bytes of each feed went out, by its number; in milliseconds as nowMs gives them. */
  sent(): Promise<readonly number[]>
  close(): void
}

/** How feeds are served. */
export interface ServeOptions {
  /** Of so many feeds the newest item of one answers a made-up question, see made-items.ts; 0: of none. */
  readonly answeredEvery?: number
  /** Feeds that share a host, as a port of loopback stands for one. */
  readonly feedsOfHost?: number
  /** How long each answer takes, in milliseconds. */
  readonly delayMs?: number
}

/** Starts the server; it answers 304 to whoever sends a feed's ETag. */
export const serveFeeds = async (
  feeds: number,
  items: number,
  { answeredEvery = 0, feedsOfHost = 10, delayMs = 0 }: ServeOptions = {},
): Promise<ServedFeeds> => {
  const program = fileURLToPath(new URL('./feed-server.ts', import.meta.url))
  const hosts = Math.ceil(feeds / feedsOfHost)
  const child = fork(program, [feeds, items, hosts, answeredEvery, delayMs].map(String), { stdio: 'inherit' })
  const ports = (await answerOf(child)) as readonly number[]
  return {
    urls: Array.from(
      { length: feeds },
      (_, feed) => `http://127.0.0.1:${ports[Math.floor(feed / feedsOfHost)] ?? 0}/feed/${feed}`,
    ),
    async answers() {
      child.send('answers')
      return (await answerOf(child)) as Answers
    },
    async sent() {
      child.send('sent')
      return (await answerOf(child)) as readonly number[]
    },
    close: () => child.disconnect(),
  }
}

const answerOf = async (child: ChildProcess): Promise<unknown> => {
  const gone = new AbortController()
  const ended = (): void => gone.abort(new Error('The feed server of the benchmark ended early, see above.'))
  child.once('exit', ended)
  try {
    const [message] = (await once(child, 'message', { signal: gone.signal })) as [unknown]
    return message
  } finally {
    child.off('exit', ended)
  }
}
