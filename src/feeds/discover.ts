import { Parser } from 'htmlparser2'
import type { Services } from '../config/schema/services.ts'
import type { Fetcher } from './fetch.ts'
import type { FetchOutcome } from './fetch-outcome.ts'
import { decode } from './decode.ts'
import { FeedFormatError, parseFeed, type ParsedFeed } from './parse.ts'
import { maskUrl } from '../report/mask-url.ts'
import { resolveUrl } from './resolve-url.ts'
import { addressFor } from './shorthand.ts'

/** A feed that a page points to, or might have. */
export interface FeedLink {
  readonly url: string
  readonly title: string | null
  /** `link`: announced in the page's head; `anchor`: a link in its text that looks like one; `known-path`: a guess. */
  readonly how: 'link' | 'anchor' | 'known-path'
}

const feedTypes = /^application\/(?:(?:rss|atom|rdf)\+xml|feed\+json|json\+feed|x\.atom\+xml)\b/i
/** What some sites call their feeds, and others what is no feed: an alternate of a page in XML is hardly anything else. */
const xmlTypes = /^(?:text|application)\/xml\s*(?:;|$)/i
const feedLike =
  /(?:\/(?:feed|rss|atom|index|feeds\/[\w-]+)(?:\.(?:xml|json|rdf|rss|atom))?\/?$)|\.(?:rss|atom|rdf)$|[?&](?:feed|format)=(?:rss|atom)/i
const mostLinks = 50
const paths = [
  'feed',
  'rss',
  'feed.xml',
  'rss.xml',
  'atom.xml',
  'index.xml',
  'feed.json',
  'feeds/all.atom.xml',
]

/** The feeds that a page's HTML points to, the announced ones first. Comment feeds come last. */
export function feedLinks(html: string, pageUrl: string): FeedLink[] {
  const found = new Map<string, FeedLink>()
  let base = pageUrl
  const add = (href: string | undefined, title: string | undefined, how: FeedLink['how']): void => {
    const url = resolveUrl(href, base)
    if (url === null || found.size >= mostLinks || found.get(url)?.how === 'link') return
    found.set(url, { url, title: title?.trim() === '' ? null : (title?.trim() ?? null), how })
  }
  const parser = new Parser({
    onopentag(name, attributes) {
      const { href, rel = '', type = '', title } = attributes
      if (name === 'base') base = resolveUrl(href, pageUrl) ?? base
      else if (name === 'link' && isAnnounced(rel, type)) add(href, title, 'link')
      else if (name === 'a' && href !== undefined && (feedTypes.test(type) || feedLike.test(href)))
        add(href, title, 'anchor')
    },
  })
  parser.end(html.slice(0, 3_000_000))
  return [...found.values()].sort((a, b) => rank(a) - rank(b))
}

function isAnnounced(rel: string, type: string): boolean {
  if (!/\balternate\b|\bfeed\b/i.test(rel)) return false
  return feedTypes.test(type) || xmlTypes.test(type)
}

function isOfComments({ url, title }: FeedLink): boolean {
  return /\bcomments?\b/i.test(`${url} ${title ?? ''}`)
}

function rank(link: FeedLink): number {
  return (isOfComments(link) ? 10 : 0) + (link.how === 'link' ? 0 : 1)
}

/** The feeds that a page is most likely meant by: the announced ones, else those in its text; comments only where there is nothing else. */
export function mainLinks(links: readonly FeedLink[]): readonly FeedLink[] {
  const news = links.filter((link) => !isOfComments(link))
  const announced = news.filter((link) => link.how === 'link')
  if (announced.length > 0) return announced
  return news.length > 0 ? news : links
}

/** Where feeds usually are: under the page, then under the site. */
export function likelyFeedUrls(pageUrl: string): string[] {
  const page = new URL(pageUrl)
  const here = `${page.origin}${page.pathname.replace(/\/?(?:[^/]*\.[^/]*)?$/, '/')}`
  const places = [...new Set([here, `${page.origin}/`])]
  return places.flatMap((place) => paths.map((path) => `${place}${path}`))
}

/** What was found at an address that a person gave. */
export type Discovery =
  | { readonly kind: 'feed'; readonly url: string; readonly feed: ParsedFeed }
  | { readonly kind: 'page'; readonly url: string; readonly links: readonly FeedLink[] }
  | { readonly kind: 'nothing'; readonly url: string; readonly reason: string }
  | { readonly kind: 'unreachable'; readonly url: string; readonly reason: string }

const unconditional = { etag: null, lastModified: null }

async function asFeed(outcome: FetchOutcome, now: Date): Promise<ParsedFeed | FeedFormatError | null> {
  if (outcome.kind !== 'fetched') return null
  try {
    return await parseFeed(outcome.body, { ...outcome, now })
  } catch (error) {
    if (error instanceof FeedFormatError) return error
    throw error
  }
}

/**
 * Looks at what a person pasted, an address or a shorthand for one: it is a feed, or a page that points to feeds, or one
 * with feeds in the usual places.
 */
export async function discover(
  pasted: string,
  fetcher: Fetcher,
  services: Services,
  now: Date,
): Promise<Discovery> {
  const url = addressFor(pasted, services)
  const outcome = await fetcher.fetch(url, unconditional)
  if (outcome.kind === 'refused' || outcome.kind === 'failed')
    return { kind: 'unreachable', url, reason: outcome.reason }
  if (outcome.kind !== 'fetched')
    return { kind: 'unreachable', url, reason: `${maskUrl(url)} is over: its publisher says so (410)` }
  const feed = await asFeed(outcome, now)
  if (feed !== null && !(feed instanceof FeedFormatError))
    return { kind: 'feed', url: outcome.movedTo ?? url, feed }
  const links = feedLinks(decode(outcome.body, outcome.contentType), outcome.url)
  if (isPlain(links)) return { kind: 'page', url, links }
  // a link of a page's text that looks like a feed may lead to a page about feeds
  const guessed =
    (await firstFeed(mainLinks(links), fetcher, now)) ??
    (await firstFeed(likelyFeeds(outcome.url), fetcher, now))
  if (guessed !== null) return { kind: 'page', url, links: [guessed] }
  if (links.length > 0) return { kind: 'page', url, links }
  return {
    kind: 'nothing',
    url,
    reason: `${maskUrl(url)} is no feed, points to none, and has none in the usual places`,
  }
}

/** Whether the links say without a look at them what the page has: announced ones, or several to choose from. */
function isPlain(links: readonly FeedLink[]): boolean {
  const [link, ...others] = mainLinks(links)
  return link !== undefined && (others.length > 0 || link.how === 'link')
}

function likelyFeeds(pageUrl: string): FeedLink[] {
  return likelyFeedUrls(pageUrl).map((url) => ({ url, title: null, how: 'known-path' }))
}

/** One after another: a site is never asked twice at once. A host that does not answer is not asked again. */
async function firstFeed(links: readonly FeedLink[], fetcher: Fetcher, now: Date): Promise<FeedLink | null> {
  for (const link of links) {
    const outcome = await fetcher.fetch(link.url, unconditional)
    if (outcome.kind === 'failed' || (outcome.kind === 'refused' && outcome.status === 429)) return null
    const feed = await asFeed(outcome, now)
    if (feed !== null && !(feed instanceof FeedFormatError))
      return { ...link, title: feed.title ?? link.title }
  }
  return null
}
