import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { FeedFormatError } from '../feeds/parse.ts'
import type { Archive } from '../pipeline/backfill.ts'
import type { Config } from '../config/config.ts'
import { CommandFailed, fileReason } from './fault.ts'
import { progressLine, type Io } from './io.ts'
import { withCommandSystem } from './open-system.ts'
import { typedFetcher } from './parse-sources.ts'

/** `openwatch backfill <file|url>`: reads a feed of old entries, silently. Throws CommandFailed when it cannot be read. */
export async function backfillSource(io: Io, source: string): Promise<number> {
  return withCommandSystem(io, async (system) => {
    const archive = /^https?:\/\//i.test(source) ? await fetched(source, system.config()) : await read(source)
    const line = progressLine(io, `reading ${archive.name}`)
    try {
      const came = await system.backfill(archive, line.show)
      line.clear()
      if (came.kind === 'known') io.out(`${archive.name} was read before; nothing to do\n`)
      else
        io.out(
          `${archive.name}: ${came.entries} entries, ${came.newEntries} of them new, ` +
            `${came.matches} matched a question, ${came.changes} changes recorded, ${came.skipped} skipped\n`,
        )
      return 0
    } catch (error) {
      if (error instanceof FeedFormatError)
        throw new CommandFailed(`${source}: ${error.message}`, { cause: error })
      throw error
    }
  })
}

async function read(path: string): Promise<Archive> {
  try {
    return { name: basename(path), body: await readFile(path), contentType: null }
  } catch (cause) {
    throw new CommandFailed(`${path} cannot be read: ${fileReason(cause)}`, { cause })
  }
}

async function fetched(url: string, config: Config): Promise<Archive> {
  const fetcher = typedFetcher(config, [url])
  try {
    const outcome = await fetcher.fetch(url, { etag: null, lastModified: null })
    if (outcome.kind === 'fetched') return { name: url, body: outcome.body, contentType: outcome.contentType }
    const reason = 'reason' in outcome ? outcome.reason : 'the server sent no feed (304)'
    throw new CommandFailed(reason.startsWith(url) ? reason : `${url} cannot be read: ${reason}`)
  } finally {
    await fetcher.close()
  }
}
