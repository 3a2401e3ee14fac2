import { addFeed, type AddFeedOutcome, type LeftFeed } from './add-feed.ts'
import type { FeedDesk } from './feed-desk.ts'
import { knownText } from './known-feed.ts'

/** A feed that was asked for and is not polled, and why. */
export interface LeftOutFeed {
  readonly what: string
  readonly reason: string
}

/** So many are added at once, no more. */
const most = 10

/**
 * Adds feeds that go with a question. Those that a shorthand names are polled without a look at them first: they are
 * there, and whoever waits does not wait for the network. Returns those that could not be added.
 */
export async function addFeeds(
  whats: readonly string[],
  topic: string,
  desk: FeedDesk,
): Promise<LeftOutFeed[]> {
  const wanted = [...new Set(whats)].slice(0, most)
  const outcomes = await Promise.all(
    wanted.map((what) => addFeed({ what, topic, choose: 'first', unseen: isShorthand(what) }, desk)),
  )
  return outcomes.flatMap((outcome, at) => {
    const reason = whyNot(outcome)
    return reason === null ? [] : [{ what: wanted[at] ?? '', reason }]
  })
}

function isShorthand(what: string): boolean {
  return /^[a-z]+:(?!\/\/)/.test(what)
}

function isPolled(left: LeftFeed): boolean {
  return left.kind === 'known' && left.feed.state === 'active'
}

function whyNot(outcome: AddFeedOutcome): string | null {
  switch (outcome.kind) {
    case 'known':
      return outcome.feed.state === 'active' ? null : `it ${knownText(outcome.feed)}`
    case 'added':
      return outcome.added.length > 0 || outcome.left.every(isPolled)
        ? null
        : 'none of its feeds could be read'
    case 'choose':
      return 'the page has several feeds: choose among them on the page of feeds'
    case 'no-feed':
    case 'unreachable':
      return outcome.reason
    case 'mistakes':
      return outcome.problems.map(({ message, fix }) => `${message}: ${fix}`).join('; ')
  }
}
