import { createHash } from 'node:crypto'
import { parseFeed } from '../feeds/parse.ts'
import type { Entry } from '../matching/entry.ts'
import { insertBackfill, knownBackfill } from '../store/backfills.ts'
import type { Database } from '../store/database.ts'
import { putFeed } from '../store/feeds.ts'
import type { Clock } from './clock.ts'
import { ingest, type IngestOptions } from './ingest.ts'

/** A file or answer that holds a feed of old entries. */
export interface Archive {
  /** What it is called where people see it: a file's name, an address. */
  readonly name: string
  readonly body: Uint8Array
  readonly contentType: string | null
}

export interface BackfillOptions extends Omit<IngestOptions, 'now' | 'silent'> {
  readonly db: Database
  readonly clock: Clock
  readonly progress?: (done: number, total: number) => void
}

/** What a backfill brought; `known` when the same bytes were read before and nothing was done. */
export type Backfilled =
  | { readonly kind: 'known' }
  | {
      readonly kind: 'read'
      readonly entries: number
      readonly newEntries: number
      readonly matches: number
      readonly changes: number
      readonly skipped: number
    }

const batch = 500

/**
 * Reads an archive through the same steps as a poll, silently, in order of time. An archive whose bytes were read before
 * is left alone. Throws FeedFormatError when it is no feed.
 */
export async function backfill(archive: Archive, options: BackfillOptions): Promise<Backfilled> {
  const { db, clock } = options
  const hash = createHash('sha256').update(archive.body).digest()
  if (await knownBackfill(db.pool, archive.name, hash)) return { kind: 'known' }
  const parsed = await parseFeed(archive.body, {
    url: '',
    contentType: archive.contentType,
    now: clock.now(),
  })
  const entries = parsed.entries.toSorted((a, b) => time(a) - time(b))
  const feedId = await putFeed(
    db.pool,
    {
      url: `archive:${archive.name}`,
      title: parsed.title,
      homeUrl: null,
      outlet: null,
      topic: null,
      everyMs: null,
    },
    { origin: 'archive', now: clock.now() },
  )
  const sum = { newEntries: 0, matches: 0, changes: 0 }
  for (let start = 0; start < entries.length; start += batch) {
    const part = entries.slice(start, start + batch)
    const came = await db.transaction((tx) =>
      ingest(tx, feedId, part, { ...options, now: clock.now(), silent: () => true }),
    )
    sum.newEntries += came.newEntries
    sum.matches += came.matches
    sum.changes += came.changes.length
    options.progress?.(Math.min(start + batch, entries.length), entries.length)
  }
  await insertBackfill(db.pool, { name: archive.name, hash, entries: entries.length, at: clock.now() })
  return { kind: 'read', entries: entries.length, skipped: parsed.skipped.length, ...sum }
}

function time(entry: Entry): number {
  return entry.publishedAt?.getTime() ?? Number.POSITIVE_INFINITY
}
