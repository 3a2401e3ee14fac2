import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { FeedFormatError, parseFeed } from '../feeds/parse.ts'
import { backfill, type Archive, type Backfilled, type BackfillOptions } from './backfill.ts'

/** What came of a file of the configuration's history; `unreadable` when it is no feed or cannot be opened. */
export type BackfilledFile = Backfilled | Unreadable

interface Unreadable {
  readonly kind: 'unreadable'
  /** What is wrong with the file, in words. */
  readonly reason: string
}

/** Backfills a file of the configuration's history. One that cannot be read is a value: the others must not wait for it. */
export async function backfillFile(file: string, options: BackfillOptions): Promise<BackfilledFile> {
  const opened = await open(file)
  if (opened.kind === 'unreadable') return opened
  try {
    return await backfill(opened.archive, options)
  } catch (error) {
    if (error instanceof FeedFormatError) return { kind: 'unreadable', reason: error.message }
    throw error
  }
}

/** Why a file of history cannot be read, without bringing it in; null when it can. */
export async function archiveFault(file: string, now: Date): Promise<string | null> {
  const opened = await open(file)
  if (opened.kind === 'unreadable') return opened.reason
  const { body, contentType } = opened.archive
  try {
    await parseFeed(body, { url: '', contentType, now })
    return null
  } catch (error) {
    if (error instanceof FeedFormatError) return error.message
    throw error
  }
}

async function open(
  file: string,
): Promise<Unreadable | { readonly kind: 'opened'; readonly archive: Archive }> {
  try {
    const body = await readFile(file)
    return {
      kind: 'opened',
      archive: { name: basename(file), body, contentType: 'application/feed+json' },
    }
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    return { kind: 'unreadable', reason: `it cannot be opened (${said})` }
  }
}
