import { readFile, writeFile } from 'node:fs/promises'
import { decode } from '../feeds/decode.ts'
import { maskUrl } from '../report/mask-url.ts'
import { parseOpml, writeOpml, type OpmlFeed } from '../feeds/opml.ts'
import { count } from '../report/people-time.ts'
import { setSelector } from '../store/feed-selector.ts'
import { listFeeds, putFeed, type StoredFeed } from '../store/feeds.ts'
import { CommandFailed, fileReason } from './fault.ts'
import type { Io } from './io.ts'
import { withCommandSystem } from './open-system.ts'

/** `openwatch feeds import <file>`: has the feeds of an OPML file polled. What cannot be used is told line by line. */
export async function importFeeds(io: Io, file: string): Promise<number> {
  const { feeds, problems } = parseOpml(decode(await read(file), null))
  for (const { line, reason } of problems) io.err(`${file}:${line}: ${reason}\n`)
  if (feeds.length === 0) throw new CommandFailed(`nothing could be imported from ${file}`)
  return withCommandSystem(io, async ({ db, clock }) => {
    const known = new Set(
      (await listFeeds(db.prisma))
        .filter((feed) => feed.retiredReason !== 'removed')
        .flatMap((feed) => [feed.url, feed.formerUrl]),
    )
    const fresh = feeds.filter((feed) => !known.has(feed.url))
    await db.transaction(async (tx) => {
      for (const feed of fresh) {
        const { url, title, homeUrl, topics, selector } = feed
        const definition = { url, title, homeUrl, outlet: null, topic: topicOf(topics), everyMs: null }
        const id = await putFeed(tx, definition, { origin: 'user', now: clock.now() })
        await setSelector(tx, id, selector ?? null, clock.now())
      }
    })
    const others = feeds.length - fresh.length
    io.out(
      [
        `${count(fresh.length, 'feed')} imported`,
        ...(others === 0 ? [] : [`${others} polled already`]),
        ...(problems.length === 0 ? [] : [`${count(problems.length, 'problem')} told above`]),
      ].join(', ') + '\n',
    )
    return 0
  })
}

async function read(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file)
  } catch (error) {
    throw new CommandFailed(`${file} cannot be read: ${fileReason(error)}`, { cause: error })
  }
}

/** A feed serves one topic: of folders in folders the innermost tells most. */
function topicOf(topics: readonly string[]): string | null {
  const slugs = topics.map((topic) =>
    topic
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .slice(0, 64)
      .replaceAll(/^-+|-+$/g, ''),
  )
  return slugs.findLast((slug) => slug !== '') ?? null
}

export interface ExportOptions {
  readonly out?: string
  readonly withSecrets?: boolean
}

/** `openwatch feeds export`: writes the feeds that are polled, or paused, as OPML. */
export async function exportFeeds(io: Io, { out, withSecrets = false }: ExportOptions): Promise<number> {
  return withCommandSystem(io, async ({ db, clock }) => {
    const feeds = (await listFeeds(db.prisma)).filter((feed) => feed.state !== 'retired')
    const written = feeds.map((feed) => outlineOf(feed, withSecrets))
    const opml = writeOpml(written, 'Feeds of openwatch', clock.now())
    if (out === undefined) io.out(opml)
    else {
      await write(out, opml)
      io.out(`${count(feeds.length, 'feed')} written to ${out}\n`)
    }
    const hidden = written.filter((feed, at) => feed.url !== feeds[at]?.url).length
    if (hidden > 0)
      io.err(
        `${hidden === 1 ? 'a password or key is' : `${hidden} passwords or keys are`} masked; --with-secrets writes them\n`,
      )
    return 0
  })
}

function outlineOf({ url, title, homeUrl, topic, selector }: StoredFeed, withSecrets: boolean): OpmlFeed {
  const masked = maskUrl(url)
  return {
    url: withSecrets || !masked.includes('***') ? url : masked,
    title,
    homeUrl,
    topics: topic === null ? [] : [topic],
    ...(selector !== null && { selector }),
  }
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text)
  } catch (error) {
    throw new CommandFailed(`${file} cannot be written: ${fileReason(error)}`, { cause: error })
  }
}
