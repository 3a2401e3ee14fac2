import { fetcherOptions } from '../compose.ts'
import type { Config } from '../config/config.ts'
import { createFetcher, type Fetcher } from '../feeds/fetch.ts'
import type { Io } from './io.ts'
import { readConfig } from './open-system.ts'
import { runParse, typedHosts } from './parse.ts'

/** `openwatch parse`: reads files and addresses with the fetcher that the configuration describes. */
export async function parseSources(io: Io, sources: readonly string[], ndjson: boolean): Promise<number> {
  const fetcher = typedFetcher(await readConfig(io), sources)
  try {
    return await runParse({ sources, ndjson, fetcher, now: io.now, out: io.out, err: io.err })
  } finally {
    await fetcher.close()
  }
}

/** The fetcher that the configuration describes, for addresses that a person typed: who does means it, be it in the own network. */
export function typedFetcher(config: Config, sources: readonly string[]): Fetcher {
  const configured = fetcherOptions(config)
  const allowPrivateHosts = [...configured.allowPrivateHosts, ...typedHosts(sources)]
  return createFetcher({ ...configured, allowPrivateHosts })
}
