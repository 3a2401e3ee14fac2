import { feedReason } from './feed-reason.ts'
import { buildFeedsReport } from './feeds-report.ts'
import { maskUrl, maskUrls } from './mask-url.ts'
import { durationText } from './people-time.ts'
import type { ReportFeed } from './report-input.ts'

/** How a feed may be, what needs a look first. */
export const feedStates = ['failing', 'stale', 'retired', 'new', 'healthy', 'paused'] as const

/** What each is called. */
export const feedStateNames: Readonly<Record<ReportFeed['state'], string>> = {
  failing: 'failing',
  stale: 'stale',
  retired: 'retired',
  new: 'not polled yet',
  healthy: 'healthy',
  paused: 'paused',
}

/** Why a feed is as it is, in words without its address and without secrets; null where there is nothing to say. */
export function feedTroubleText(feed: ReportFeed, now: Date): string | null {
  const [failure] = buildFeedsReport([feed]).failures
  if (failure === undefined) return null
  // what it says of itself begins with its address, which stands beside it, secrets masked
  const reason = maskUrls(feedReason(failure.reason, maskUrl(feed.url)))
  if (failure.state !== 'failing' || failure.since === null) return reason
  const polls = failure.failures === 1 ? '1 poll' : `${failure.failures} polls in a row`
  return `for ${durationText(now.getTime() - failure.since.getTime())} (${polls}): ${reason}`
}

/** Which feeds are wanted; what is left out is met by all. */
export interface FeedChoice {
  readonly state?: ReportFeed['state'] | undefined
  readonly topic?: string | undefined
  /** Occurs in name, address or outlet, small and capital letters alike. */
  readonly text?: string | undefined
}

/** The feeds that a choice lets through, those that need a look first, then by number. */
export function chooseFeeds<F extends ReportFeed & { readonly id: number; readonly outlet: string | null }>(
  feeds: readonly F[],
  { state, topic, text = '' }: FeedChoice,
): readonly F[] {
  const wanted = text.trim().toLowerCase()
  const has = ({ title, url, outlet }: F) =>
    `${title ?? ''} ${maskUrl(url)} ${outlet ?? ''}`.toLowerCase().includes(wanted)
  return feeds
    .filter(
      (feed) =>
        (state === undefined || feed.state === state) &&
        (topic === undefined || feed.topic === topic) &&
        (wanted === '' || has(feed)),
    )
    .toSorted((a, b) => feedStates.indexOf(a.state) - feedStates.indexOf(b.state) || a.id - b.id)
}
