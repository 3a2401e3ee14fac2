import { fetcherOptions } from '../compose.ts'
import { createFetcher } from '../feeds/fetch.ts'
import type { Io } from './io.ts'
import { readConfig } from './open-system.ts'
import { runParse, typedHosts } from './parse.ts'

/** `openwatch parse`: reads files and addresses with the fetcher that the configuration describes. */
export async function parseSources(io: Io, sources: readonly string[], ndjson: boolean): Promise<number> {
  const configured = fetcherOptions(await readConfig(io))
  // whoever types an address means it, be it in the own network
  const allowPrivateHosts = [...configured.allowPrivateHosts, ...typedHosts(sources)]
  const fetcher = createFetcher({ ...configured, allowPrivateHosts })
  try {
    return await runParse({ sources, ndjson, fetcher, now: io.now, out: io.out, err: io.err })
  } finally {
    await fetcher.close()
  }
}
