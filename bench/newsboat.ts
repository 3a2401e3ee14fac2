import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endedChildrenSeconds } from './server-clock.ts'
import type { ServedFeeds } from './served-feeds.ts'

/** CPU seconds (user and system) that newsboat took for the same feeds. */
export interface NewsboatSeconds {
  /** One run with an empty cache. */
  readonly cold: number
  /** The median of three runs in which every feed was answered by 304. */
  readonly unchanged: number
}

/**
 * Has `newsboat -x reload` read the feeds into a cache of its own, then again until it sends ETags, then three times. Gives null where there is no
 * newsboat, or no /proc to read its CPU time from. Throws when it did not do what it is measured for.
 */
export const measureNewsboat = async (
  served: ServedFeeds,
  items: number,
): Promise<NewsboatSeconds | null> => {
  const home = await mkdtemp(join(tmpdir(), 'openwatch-newsboat-'))
  try {
    const version = await newsboat(home, ['-v']).catch(() => null)
    if (version === null || (await endedChildrenSeconds()) === null) return null
    await writeFile(join(home, 'urls'), served.urls.map((url) => `${url}\n`).join(''))
    await writeFile(join(home, 'config'), '')
    await served.answers()
    const cold = await reload(home)
    const first = await served.answers()
    const unread = await newsboat(home, [...files(home), '-x', 'print-unread'])
    await reload(home) // asks for everything once more: it keeps an ETag only from the second time on
    const second = await served.answers()
    const again = [await reload(home), await reload(home), await reload(home)]
    const later = await served.answers()
    const feeds = served.urls.length
    const asked = first.full === feeds && later.unchanged === 3 * feeds && later.full === 0
    if (!asked || !unread.startsWith(`${feeds * items} `)) {
      const got = `${first.full} answers, ${second.full} at the second run, ${later.unchanged} of 304 at the next three, ${unread.trim()}`
      throw new Error(`newsboat did not read ${feeds} feeds of ${items} items as expected: ${got}`)
    }
    return { cold, unchanged: again.toSorted((a, b) => a - b)[1] ?? Number.NaN }
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

const files = (home: string): string[] => [
  '-u',
  join(home, 'urls'),
  '-c',
  join(home, 'cache'),
  '-C',
  join(home, 'config'),
]

/** CPU seconds of one run. */
const reload = async (home: string): Promise<number> => {
  const before = (await endedChildrenSeconds()) ?? Number.NaN
  await newsboat(home, [...files(home), '-x', 'reload'])
  return ((await endedChildrenSeconds()) ?? Number.NaN) - before
}

/** What a run printed. Rejects when it cannot be started or fails. */
const newsboat = (home: string, args: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const env = { HOME: home, PATH: process.env['PATH'], LANG: 'C.UTF-8' }
    const child = spawn('newsboat', args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
    let printed = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text))
    child.once('error', reject)
    child.once('close', (code, signal) => {
      if (code === 0) resolve(printed)
      else
        reject(new Error(`newsboat ${args.join(' ')} ended with ${signal ?? code ?? 'nothing'}: ${printed}`))
    })
  })
