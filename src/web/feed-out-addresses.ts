import { createHash } from 'node:crypto'
import type { ChangeEntry, ChangeFilter } from '../report/change-feed.ts'

/** How a feed and its entries are named and found. */
export interface FeedAddresses {
  readonly feedId: string
  /** Where this feed is. */
  readonly self: string
  /** The page of all questions, or of the one that the feed is about. */
  readonly home: string
  readonly entryId: (entry: ChangeEntry) => string
  /** The page of the entry's question. */
  readonly page: (entry: ChangeEntry) => string
  /** The page of a question. */
  readonly pageOf: (itemId: string) => string
  /** Names the expected date of a question for calendars. */
  readonly eventId: (itemId: string) => string
}

/** Names that stay the same for ever: they hold the installation, not the address, which may change. */
export function feedAddresses(
  { base, installation }: { readonly base: string; readonly installation: string },
  path: string,
  { topic, item }: ChangeFilter,
): FeedAddresses {
  const self = new URL(path.replace(/^\//, ''), base)
  if (topic !== undefined) self.searchParams.set('topic', topic)
  if (item !== undefined) self.searchParams.set('item', item)
  const page = (id: string) => new URL(`items/${encodeURIComponent(id)}`, base).href
  const name = `feed ${JSON.stringify([topic ?? null, item ?? null])}`
  return {
    feedId: urn(installation, name),
    self: self.href,
    home: item === undefined ? base : page(item),
    entryId: ({ itemId, changeId }) => urn(installation, `change ${itemId} ${changeId}`),
    page: ({ itemId }) => page(itemId),
    pageOf: page,
    eventId: (id) => urn(installation, `expected date ${id}`),
  }
}

/** A UUID made from a name (RFC 9562, version 8) as a URN. */
function urn(installation: string, name: string): string {
  const bytes = createHash('sha256').update(`openwatch ${installation} ${name}`).digest().subarray(0, 16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const uuid = bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return `urn:uuid:${uuid}`
}
