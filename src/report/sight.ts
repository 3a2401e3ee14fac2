/** How a feed is. `new`: never polled yet. `stale`: answers, but with nothing new for long. `paused`: by a person. */
export type FeedCondition = 'healthy' | 'failing' | 'stale' | 'paused' | 'retired' | 'new'

/** A feed as far as sight depends on it. */
export interface SightFeed {
  readonly url: string
  readonly state: FeedCondition
  /** The topic that it serves; none or null: any. */
  readonly topic?: string | null
}

/** What tells which feeds a question depends on. */
export interface Viewer {
  readonly topic: string
  /** Addresses of the feeds that brought an entry which met it, within `broughtWithinMs`. */
  readonly broughtBy: readonly string[]
}

/** How many of a question's feeds can be read. Feeds that were never polled are unknown and not counted. */
export interface Sight {
  readonly healthy: number
  readonly total: number
}

/** What is remembered of a question's sight from one look to the next. */
export interface SightMemory {
  /** Since when too few of its feeds can be read; null while they are enough. */
  readonly blindSince: Date | null
  /** Since when that is otherwise than `blindSince` says, which may be a passing thing; null: it is as said. */
  readonly turnedAt: Date | null
}

/** Sight that nothing is remembered of. */
export const clearSight: SightMemory = { blindSince: null, turnedAt: null }

/** How long ago a feed may have brought a match to count as one that the question depends on. */
export const broughtWithinMs = 90 * 86_400_000

const blindAfterMs = 60 * 60_000
const backAfterMs = 15 * 60_000

/** The sight of many questions over the same feeds. */
export interface Sights<F extends SightFeed> {
  /** The feeds of its topic and those that brought a match for it; all feeds where there are none of these. */
  feedsOf(viewer: Viewer): readonly F[]
  of(viewer: Viewer): Sight
}

/** Prepares the sight of any number of questions. A feed that was taken out on purpose must not be among the feeds. */
export function createSights<F extends SightFeed>(feeds: readonly F[]): Sights<F> {
  const byUrl = new Map(feeds.map((feed) => [feed.url, feed]))
  const byTopic = new Map<string, F[]>()
  for (const feed of feeds) {
    if (feed.topic == null) continue
    const known = byTopic.get(feed.topic)
    if (known === undefined) byTopic.set(feed.topic, [feed])
    else known.push(feed)
  }
  // many questions share all feeds, or those of a topic
  const counted = new Map<readonly F[], Sight>()
  const feedsOf = ({ topic, broughtBy }: Viewer): readonly F[] => {
    const ofTopic = byTopic.get(topic) ?? []
    const brought = broughtBy.flatMap((url) => byUrl.get(url) ?? []).filter((feed) => feed.topic !== topic)
    if (brought.length > 0) return [...ofTopic, ...brought]
    return ofTopic.length > 0 ? ofTopic : feeds
  }
  return {
    feedsOf,
    of(viewer) {
      const own = feedsOf(viewer)
      const sight = counted.get(own) ?? sightOver(own)
      if (own === feeds || own === byTopic.get(viewer.topic)) counted.set(own, sight)
      return sight
    },
  }
}

/** How many of some feeds can be read. What is paused or retired cannot. */
export function sightOver(feeds: readonly SightFeed[]): Sight {
  const known = feeds.filter((feed) => feed.state !== 'new')
  return { healthy: known.filter((feed) => feed.state === 'healthy').length, total: known.length }
}

/**
 * What one more look at a question's sight makes of what is remembered: it is blind when fewer than half of its feeds
 * were healthy for an hour, and sees again when at least half were for 15 minutes. `watchedSince`: from when on feeds
 * were polled without a break; what was seen before says nothing about the time between.
 */
export function followSight(
  { blindSince, turnedAt }: SightMemory,
  sight: Sight,
  { now, watchedSince }: { readonly now: Date; readonly watchedSince: Date },
): { readonly memory: SightMemory; readonly turn: 'blind' | 'restored' | null } {
  const isBlind = blindSince !== null
  const isPoor = sight.healthy * 2 < sight.total
  if (sight.total === 0 || isPoor === isBlind) return { memory: { blindSince, turnedAt: null }, turn: null }
  const since = turnedAt !== null && turnedAt > watchedSince ? turnedAt : watchedSince
  const turned = turnedAt === null ? now : since
  if (now.getTime() - turned.getTime() < (isBlind ? backAfterMs : blindAfterMs))
    return { memory: { blindSince, turnedAt: turned }, turn: null }
  return isBlind
    ? { memory: clearSight, turn: 'restored' }
    : { memory: { blindSince: turned, turnedAt: null }, turn: 'blind' }
}
