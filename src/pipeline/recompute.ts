import { documentOf } from '../matching/document.ts'
import type { RejectedStory, RejectionReason } from '../status/rejected.ts'
import { initialStanding, type Standing } from '../status/standing.ts'
import { fingerprintOf } from '../stories/fingerprint.ts'
import type { Queryable } from '../store/database.ts'
import { matchedEntries } from '../store/matched-entries.ts'
import type { StoredItem } from '../store/watch-items.ts'
import type { Judge } from './judge.ts'

/**
 * Where a question stands by everything that it has met, judged again in the order in which it came, by the rules of now,
 * without the stories that people rejected. Reads only.
 */
export async function recompute(
  db: Queryable,
  { item }: Pick<StoredItem, 'item'>,
  rejected: readonly RejectedStory[],
  judge: Judge,
): Promise<Standing> {
  let standing: Standing =
    rejected.length === 0 ? initialStanding(item) : { ...initialStanding(item), rejected }
  for await (const entries of matchedEntries(db, item.id)) {
    for (const entry of entries) {
      const reading = judge.read(entry).find((one) => one.itemId === item.id)
      if (reading !== undefined) standing = judge.fold(standing, reading, entry.muted).standing
    }
  }
  return standing
}

/** Reads up the stories that were rejected for an item, with every entry that has told them. */
export async function rejectedStories(
  db: Queryable,
  itemId: string,
  rejections: readonly { readonly story: string; readonly reason: RejectionReason }[],
): Promise<RejectedStory[]> {
  const stories: RejectedStory[] = []
  for (const { story, reason } of rejections) {
    const tellings = []
    for await (const entries of matchedEntries(db, itemId, story)) {
      for (const entry of entries) {
        const { title, text } = documentOf(entry)
        tellings.push({
          entryId: `${entry.outlet} ${entry.id}`,
          outlet: entry.outlet,
          at: entry.at.toISOString(),
          ...fingerprintOf(entry.url, title, text),
        })
      }
    }
    stories.push({ story, reason, tellings })
  }
  return stories
}
