import type { AddFeedOutcome } from '../../pipeline/add-feed.ts'
import { knownText } from '../../pipeline/known-feed.ts'
import { durationText, untilText } from '../../report/people-time.ts'
import type { ListedFeed } from '../../store/feed-list.ts'
import { maskUrl } from '../../report/mask-url.ts'
import { clip } from '../../report/plain.ts'

/** What to call a feed: its title, else its address without secrets. */
export function feedName({ title, url }: Pick<ListedFeed, 'title' | 'url'>, limit = 120): string {
  return clip(title ?? shortAddress(url), limit)
}

/** An address as people write it, secrets masked. */
export function shortAddress(url: string): string {
  return clip(maskUrl(url).replace(/^https:\/\/(?:www\.)?/, ''), 160)
}

/** When a feed is asked next: "next poll in 3 min", "pushed by its hub; polled in 6 h". Null where it is not asked. */
export function nextPollText(
  { state, nextPollAt, isPushed, heldUntil }: ListedFeed,
  now: Date,
): string | null {
  if (state === 'paused' || state === 'retired' || nextPollAt === null) return null
  const until = nextPollAt <= now ? 'now' : untilText(nextPollAt, now)
  if (heldUntil !== null) return `next poll ${until}: its host asked for that`
  return isPushed ? `pushed by its hub; next poll ${until}` : `next poll ${until}`
}

/** How often a feed is asked, and what it is known to bring. */
export function rhythmText({ everyMs, usualGapMs }: ListedFeed): string {
  const usual = usualGapMs === null ? null : `an entry every ${durationText(usualGapMs)} on average`
  if (everyMs !== null)
    return `every ${durationText(everyMs)}, as was set${usual === null ? '' : `; it brings ${usual}`}`
  return usual === null
    ? 'not known yet; it is asked at the usual interval'
    : `${usual}; it is asked to match`
}

/** Why a feed was not added, in a sentence or two for beside the field. */
export function addFaultText(
  outcome: Exclude<AddFeedOutcome, { kind: 'added' | 'choose' | 'mistakes' }>,
): string {
  switch (outcome.kind) {
    case 'known':
      return `This feed ${knownText(outcome.feed)}.`
    case 'unreachable':
      return `${clip(outcome.reason, 400)}. Check the address, or add it without a look.`
    case 'no-feed':
      return `${clip(outcome.reason, 400)}. To watch the page itself, give a CSS selector for the links of its entries under “More”.`
  }
}
