import { maskUrl } from '../report/mask-url.ts'
import { listFeeds, type StoredFeed } from '../store/feeds.ts'
import { groupedBy } from '../store/grouped.ts'
import type { Polled } from '../pipeline/record-polls.ts'
import { feedByName } from './feeds.ts'
import { shortAddress } from './feed-table.ts'
import { progressLine, type Io } from './io.ts'
import { withCommandSystem } from './open-system.ts'
import { renderTable } from './table.ts'

/** Polls at a time; of one host the fetches follow one another all the same. */
const concurrency = 8

/** `openwatch poll [feed]`: polls one feed, or all, now. Gives 1 when none could be read. */
export async function poll(io: Io, name: string | undefined): Promise<number> {
  return withCommandSystem(io, async (system) => {
    const feeds =
      name === undefined
        ? (await listFeeds(system.db.pool)).filter((feed) => feed.state === 'active')
        : [await feedByName(system.db, name)]
    if (feeds.length === 0) {
      io.out('there are no feeds to poll; openwatch feeds add <url>\n')
      return 0
    }
    const line = progressLine(io, 'polling')
    const polled = await pollAll(feeds, system.pollFeed, (done) => line.show(done, feeds.length))
    line.clear()
    io.out(`${table(polled, io.width())}\n`)
    const changes = polled.flatMap((one) => one.ingested?.changes ?? [])
    for (const { itemId, decision } of changes)
      io.out(
        `${itemId}: ${decision.kind === 'status-changed' ? `${decision.from} -> ${decision.to}` : 'date changed'}\n`,
      )
    return polled.some((one) => one.outcome === 'new' || one.outcome === 'unchanged') ? 0 : 1
  })
}

async function pollAll(
  feeds: readonly StoredFeed[],
  pollFeed: (feed: StoredFeed) => Promise<Polled>,
  progress: (done: number) => void,
): Promise<Polled[]> {
  const waiting = [...groupedBy(feeds, (feed) => feed.host).values()]
  const polled: Polled[] = []
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      for (const feed of next) {
        polled.push(await pollFeed(feed))
        progress(polled.length)
      }
  }
  await Promise.all(Array.from({ length: concurrency }, work))
  return polled.toSorted((a, b) => a.feed.id - b.feed.id)
}

function table(polled: readonly Polled[], width: number): string {
  return renderTable(
    [
      { title: '#', align: 'right' },
      { title: 'outcome' },
      { title: 'new', align: 'right' },
      { title: 'matches', align: 'right' },
      { title: 'feed', flexible: true },
      { title: 'trouble', flexible: true },
    ],
    polled.map(({ feed, outcome, ingested, reason }) => [
      String(feed.id),
      outcome,
      String(ingested?.newEntries ?? 0),
      String(ingested?.matches ?? 0),
      shortAddress(feed.url),
      trouble(feed.url, reason),
    ]),
    width,
  )
}

/** What is wrong with a feed, without its address, which stands beside it. */
function trouble(url: string, reason: string | null): string {
  return (reason ?? '').replace(maskUrl(url), '').replace(/^:? /, '')
}
