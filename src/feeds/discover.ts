import { Parser } from 'htmlparser2'
import type { Fetcher } from './fetch.ts'
import type { FetchOutcome } from './fetch-outcome.ts'
import { decode } from './decode.ts'
import { FeedFormatError, parseFeed, type ParsedFeed } from './parse.ts'
import { resolveUrl } from './resolve-url.ts'
import { feedUrlFor } from './shorthand.ts'

/** A feed that a page points to, or might have. */
export interface FeedLink {
  readonly url: string
  readonly title: string | null
  /** `link`: announced in the page's head; `anchor`: a link in its text that looks like one; `known-path`: a guess. */
  readonly how: 'link' | 'anchor' | 'known-path'
}

const feedTypes = /^application\/(?:(?:rss|atom|rdf)\+xml|feed\+json|json\+feed|x\.atom\+xml)\b/i
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
      else if (name === 'link' && /\balternate\b|\bfeed\b/i.test(rel) && feedTypes.test(type))
        add(href, title, 'link')
      else if (name === 'a' && href !== undefined && (feedTypes.test(type) || feedLike.test(href)))
        add(href, title, 'anchor')
    },
  })
  parser.end(html.slice(0, 3_000_000))
  return [...found.values()].sort((a, b) => rank(a) - rank(b))
}

function rank(link: FeedLink): number {
  const comments = /\bcomments?\b/i.test(`${link.url} ${link.title ?? ''}`) ? 10 : 0
  return comments + (link.how === 'link' ? 0 : 1)
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
  | { readonly kind: 'page'; readonly links: readonly FeedLink[] }
  | { readonly kind: 'nothing'; readonly reason: string }

/** `example.org/blog` is an address too. */
function addressOf(pasted: string): string {
  const text = pasted.trim()
  return feedUrlFor(text) ?? (/^[\w-]+(?:\.[\w-]+)+(?:[/:?]|$)/.test(text) ? `https://${text}` : text)
}

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
export async function discover(pasted: string, fetcher: Fetcher, now: Date): Promise<Discovery> {
  const url = addressOf(pasted)
  const outcome = await fetcher.fetch(url, unconditional)
  if (outcome.kind === 'refused' || outcome.kind === 'failed')
    return { kind: 'nothing', reason: outcome.reason }
  if (outcome.kind !== 'fetched') return { kind: 'nothing', reason: `${url} is gone for good` }
  const feed = await asFeed(outcome, now)
  if (feed !== null && !(feed instanceof FeedFormatError)) {
    return { kind: 'feed', url: outcome.movedTo ?? url, feed }
  }
  const links = feedLinks(decode(outcome.body, outcome.contentType), outcome.url)
  if (links.length > 0) return { kind: 'page', links }
  const guessed = await firstFeed(likelyFeedUrls(outcome.url), fetcher, now)
  if (guessed !== null) return { kind: 'page', links: [guessed] }
  return {
    kind: 'nothing',
    reason: `${outcome.url} is no feed, points to none, and has none in the usual places; look on the site for "RSS" and give that address`,
  }
}

/** One after another: a site is never asked twice at once. */
async function firstFeed(urls: readonly string[], fetcher: Fetcher, now: Date): Promise<FeedLink | null> {
  for (const url of urls) {
    const feed = await asFeed(await fetcher.fetch(url, unconditional), now)
    if (feed !== null && !(feed instanceof FeedFormatError))
      return { url, title: feed.title, how: 'known-path' }
  }
  return null
}
