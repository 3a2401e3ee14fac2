import { fetcherOptions } from '../compose.ts'
import { createFetcher } from '../feeds/fetch.ts'
import type { Io } from './io.ts'
import { readConfig } from './open-system.ts'
import { runParse } from './parse.ts'

/** `openwatch parse`: reads files and addresses with the fetcher that the configuration describes. */
export async function parseSources(io: Io, sources: readonly string[], ndjson: boolean): Promise<number> {
  const fetcher = createFetcher(fetcherOptions(await readConfig(io)))
  try {
    return await runParse({ sources, ndjson, fetcher, now: io.now, out: io.out, err: io.err })
  } finally {
    await fetcher.close()
  }
}
