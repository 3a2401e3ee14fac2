import { fetcherOptions, type System } from '../compose.ts'
import { feedSchema, type FeedConfig } from '../config/schema/feed.ts'
import type { FeedLink } from '../feeds/discover.ts'
import { createFetcher, type Fetcher } from '../feeds/fetch.ts'
import { maskUrl } from '../report/mask-url.ts'
import type { ParsedFeed } from '../feeds/parse.ts'
import { addressFor } from '../feeds/shorthand.ts'
import { oneLine } from '../report/plain.ts'
import { setSelector } from '../store/feed-selector.ts'
import { findFeed, putFeed, type StoredFeed } from '../store/feeds.ts'
import { CommandFailed, UsageError } from './fault.ts'
import type { Io } from './io.ts'
import { describeFeed, lookUp, see, type LookUp, type SeenFeed } from './look-up.ts'
import { readConfig, withCommandSystem } from './open-system.ts'
import { typed } from './typed.ts'

export interface AddFeedOptions {
  readonly title?: string
  readonly outlet?: string
  readonly topic?: string
  readonly every?: string
  readonly selector?: string
  /** False: add it unseen. */
  readonly check: boolean
  readonly all?: boolean
  readonly first?: boolean
}

/** `openwatch feeds add`: finds the feed behind what a person pasted, looks at it, and has it polled. */
export async function addFeed(io: Io, pasted: string, options: AddFeedOptions): Promise<number> {
  const { services } = await readConfig(io)
  const written = definition(addressFor(pasted, services), options)
  return withCommandSystem(io, async (system) => {
    await refuseKnown(system, written.url)
    if (!options.check) {
      const id = await put(system, written, null)
      io.out(`feed #${id} added unseen: ${maskUrl(written.url)}\n`)
      io.out(`  nobody has looked whether it is a feed; openwatch feeds test ${id} does\n`)
      return 0
    }
    const fetcher = createFetcher(fetcherOptions(system.config()))
    try {
      return await addSeen({ io, system, fetcher }, written, { ...options, pasted })
    } finally {
      await fetcher.close()
    }
  })
}

interface Adding {
  readonly io: Io
  readonly system: System
  readonly fetcher: Fetcher
}

async function addSeen(
  adding: Adding,
  written: FeedConfig,
  options: AddFeedOptions & { readonly pasted: string },
): Promise<number> {
  const { system, fetcher } = adding
  const now = system.clock.now()
  if (written.selector !== undefined) {
    const seen = await see({ url: written.url, selector: written.selector }, fetcher, now)
    if (seen.kind !== 'feed') throw notAdded({ ...seen, url: written.url })
    return tell(adding, await put(system, written, seen.feed), { url: written.url, feed: seen.feed })
  }
  const found = await lookUp(options.pasted, fetcher, system.config().services, now)
  if (found.kind === 'links') return addLinks(adding, written, { ...options, ...found })
  if (found.kind !== 'feed') throw notAdded(found)
  await refuseKnown(system, found.url)
  return tell(adding, await put(system, { ...written, url: found.url }, found.feed), found)
}

/** Of several feeds on a page all or the first, as was asked; else says which there are. */
async function addLinks(
  adding: Adding,
  written: FeedConfig,
  { url, links, all = false, first = false }: Pick<AddFeedOptions, 'all' | 'first'> & Choice,
): Promise<number> {
  const { io, system, fetcher } = adding
  if (!all && !first) throw new CommandFailed(choice({ url, links }))
  let added = 0
  for (const link of all ? links : links.slice(0, 1)) {
    const known = await polled(system, link.url)
    if (known !== null) io.err(`${maskUrl(link.url)} is polled already (#${known.id})\n`)
    else {
      const seen = await see({ url: link.url, selector: null }, fetcher, system.clock.now())
      if (seen.kind !== 'feed') io.err(`not added: ${seen.reason}\n`)
      else {
        const id = await put(system, { ...written, url: link.url }, seen.feed)
        tell(adding, id, { url: link.url, feed: seen.feed })
        added += 1
      }
    }
  }
  return added > 0 ? 0 : 1
}

interface Choice {
  readonly url: string
  readonly links: readonly FeedLink[]
}

/** The feeds that a page has, and how to say which is meant. */
export function choice({ url, links }: Choice): string {
  const list = links.map(
    (link) => `  ${maskUrl(link.url)}${link.title === null ? '' : `  ${oneLine(link.title)}`}`,
  )
  return [
    `${maskUrl(url)} has ${links.length} feeds:`,
    ...list,
    'Choose: openwatch feeds add <one of these>, or the same again with --first or --all',
  ].join('\n')
}

function notAdded({ kind, url, reason }: Extract<LookUp, { reason: string }>): CommandFailed {
  const advice =
    kind === 'unreachable'
      ? `To add it all the same, unseen: openwatch feeds add ${maskUrl(url)} --no-check`
      : `To watch the page itself, name its links by a CSS selector:\n  openwatch feeds add ${maskUrl(url)} --selector ".post a"`
  return new CommandFailed(`${reason}\n${advice}`)
}

function definition(url: string, options: AddFeedOptions): FeedConfig {
  const { title, outlet, topic, every, selector } = options
  const data = { url, title, outlet, topic, every, selector }
  return typed(feedSchema, { command: 'feeds add', argument: 'url', data })
}

async function polled({ db }: System, url: string): Promise<StoredFeed | null> {
  const known = await findFeed(db.prisma, url)
  return known?.retiredReason === 'removed' ? null : known
}

async function refuseKnown(system: System, url: string): Promise<void> {
  const known = await polled(system, url)
  if (known !== null)
    throw new UsageError(`${maskUrl(url)} is polled already (#${known.id}, from ${known.origin})`)
}

async function put({ db, clock }: System, written: FeedConfig, seen: ParsedFeed | null): Promise<number> {
  const { url, title, page, outlet, topic, every, selector } = written
  const feed = {
    url,
    title: title ?? seen?.title ?? null,
    homeUrl: page ?? seen?.homeUrl ?? null,
    outlet: outlet ?? null,
    topic: topic ?? null,
    everyMs: every ?? null,
  }
  return db.transaction(async (tx) => {
    const id = await putFeed(tx, feed, { origin: 'user', now: clock.now() })
    await setSelector(tx, id, selector ?? null, clock.now())
    return id
  })
}

function tell({ io }: Adding, id: number, { url, feed }: SeenFeed): 0 {
  io.out(`feed #${id} added: ${maskUrl(url)}\n`)
  io.out(`  ${describeFeed(feed)}\n`)
  io.out(`  the daemon polls it at once; openwatch poll ${id} does so by hand\n`)
  return 0
}
