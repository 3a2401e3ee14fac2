import type { Services } from '../config/schema/services.ts'
import { outletOf } from '../feeds/outlet.ts'
import { addressFor } from '../feeds/shorthand.ts'
import { maskUrl } from '../report/mask-url.ts'
import { count } from '../report/people-time.ts'
import type { ProposedWords } from '../status/propose-words.ts'
import type { FoundRevision } from '../store/entry-search.ts'
import type { StoredFeed } from '../store/feeds.ts'

/** A feed that tells, or might tell, of a question's subject. */
export interface SuggestedFeed {
  /** What a person would paste to add it: an address or a shorthand. */
  readonly what: string
  /** For people: the feed's name, or what it is. */
  readonly name: string
  readonly reason: string
  /** Polled already: there is nothing to add. */
  readonly isPolled: boolean
  /** Whether it is worth adding as things stand: where no polled feed names the subject, searches are. */
  readonly isAdvised: boolean
}

interface Known {
  readonly official: readonly string[]
  /** Newest stored entries that name the subject. */
  readonly naming: readonly FoundRevision[]
  readonly feeds: readonly StoredFeed[]
  readonly services: Services
}

const mostPolled = 5

/** Feeds for a question: those that have told of it, those of its makers, and searches for its subject. */
export function suggestFeeds({ subject, context, makers }: ProposedWords, known: Known): SuggestedFeed[] {
  const polled = telling(known)
  const polledUrls = new Set(known.feeds.filter(isPolled).map(({ url }) => url))
  const offer = (what: string, name: string, reason: string, isAdvised: boolean): SuggestedFeed => ({
    ...{ what, name, reason },
    isPolled: polledUrls.has(addressFor(what, known.services)),
    isAdvised,
  })
  const [first] = subject
  if (first === undefined) return polled
  const search = [
    /\s|-/.test(first.value) ? `"${first.value}"` : first.value,
    ...context.slice(0, 1).map(({ value }) => value),
  ].join(' ')
  const isUnseen = polled.length === 0
  const searches = [
    offer(
      `news:${search}`,
      `Google News: ${search}`,
      isUnseen
        ? 'no feed here names the subject yet: a search finds it in all of the press'
        : 'finds it in all of the press',
      isUnseen,
    ),
    offer(`hn:${search}`, `Hacker News: ${search}`, 'what people there link to about it', false),
  ]
  const all = [
    ...polled,
    ...ofMakers(known, offer),
    ...ofRepositories(known.naming, makers, offer),
    ...searches,
  ]
  return [...new Map(all.map((one) => [one.what, one])).values()]
}

function isPolled({ state }: StoredFeed): boolean {
  return state === 'active'
}

/** Polled feeds that named the subject, the most telling first. */
function telling({ naming, feeds }: Known): SuggestedFeed[] {
  const counts = new Map<number, number>()
  for (const { feedId } of naming) counts.set(feedId, (counts.get(feedId) ?? 0) + 1)
  return feeds
    .filter((feed) => isPolled(feed) && counts.has(feed.id))
    .sort((a, b) => (counts.get(b.id) ?? 0) - (counts.get(a.id) ?? 0))
    .slice(0, mostPolled)
    .map((feed) => ({
      what: feed.url,
      name: feed.title ?? maskUrl(feed.url),
      reason: `has named it in ${count(counts.get(feed.id) ?? 0, 'recent entry').replace('entrys', 'entries')}`,
      isPolled: true,
      isAdvised: false,
    }))
}

type Offer = (what: string, name: string, reason: string, isAdvised: boolean) => SuggestedFeed

/** The makers' own sites: polled already, or to be looked at for a feed. */
function ofMakers({ official, feeds }: Known, offer: Offer): SuggestedFeed[] {
  return official.slice(0, 3).map((outlet) => {
    const own = feeds.find(
      (feed) => isPolled(feed) && (outletOf(feed.url) === outlet || feed.outlet === outlet),
    )
    if (own === undefined)
      return offer(`https://${outlet}/`, outlet, 'what they say themselves settles the question', true)
    return {
      what: own.url,
      name: own.title ?? outlet,
      reason: 'what they say themselves settles the question',
      isPolled: true,
      isAdvised: false,
    }
  })
}

/** Repositories and model pages that entries about the subject link to, where their owner is called as a maker. */
function ofRepositories(
  naming: readonly FoundRevision[],
  makers: readonly string[],
  offer: Offer,
): SuggestedFeed[] {
  const plain = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
  const names = makers.map(plain)
  const isMaker = (owner: string) => names.some((name) => name.length > 2 && plain(owner).includes(name))
  const found = new Map<string, SuggestedFeed>()
  for (const { url } of naming) {
    const [, host, owner = '', name = ''] =
      /^https?:\/\/(?:www\.)?(github\.com|huggingface\.co)\/([\w.-]+)(?:\/([\w.-]+))?/.exec(url ?? '') ?? []
    if (host === undefined || !(isMaker(owner) || isMaker(name))) continue
    if (host === 'github.com' && name !== '')
      found.set(
        `github:${owner}/${name}`,
        offer(
          `github:${owner}/${name}`,
          `GitHub: ${owner}/${name}`,
          'its releases; entries about the subject link to it',
          false,
        ),
      )
    if (host === 'huggingface.co')
      found.set(
        `hf:${owner}`,
        offer(
          `hf:${owner}`,
          `Hugging Face: ${owner}`,
          'its new models; entries about the subject link to them',
          false,
        ),
      )
  }
  return [...found.values()].slice(0, 3)
}
