import { Parser } from 'htmlparser2'
import { isMasked, maskUrl } from '../report/mask-url.ts'
import { withoutFeedScheme } from './shorthand.ts'
import { decodeText, escapeText } from './xml-text.ts'

/** A feed as a list of feeds names it. */
export interface OpmlFeed {
  readonly url: string
  readonly title: string | null
  readonly homeUrl: string | null
  /** The folders it lies in and the categories it bears, each once. */
  readonly topics: readonly string[]
  /** The address is a page, and what this CSS matches are the entries: an attribute of our own. */
  readonly selector?: string
}

/** What an OPML file holds, and what of it could not be used, by line (from 1). */
export interface OpmlList {
  readonly feeds: readonly OpmlFeed[]
  readonly problems: readonly { readonly line: number; readonly reason: string }[]
}

type Attributes = Readonly<Record<string, string>>

const noEntities = new Map<string, string>()

function lineCounter(text: string): (at: number) => number {
  let line = 1
  let seen = 0
  return (at) => {
    for (; seen < at; seen++) if (text.charCodeAt(seen) === 10) line++
    return line
  }
}

function value(attributes: Attributes, ...names: readonly string[]): string | null {
  for (const name of names) {
    const text = decodeText(attributes[name] ?? '', noEntities).trim()
    if (text !== '') return text
  }
  return null
}

/** `/Technology/AI,Policy` is two categories; of a path the last part is the telling one. */
function categories(attributes: Attributes): string[] {
  return (value(attributes, 'category') ?? '').split(',').map((path) => path.split('/').at(-1)?.trim() ?? '')
}

function feedOf(attributes: Attributes, folders: readonly string[]): OpmlFeed | string {
  const url = withoutFeedScheme(value(attributes, 'xmlurl', 'url') ?? '')
  const title = value(attributes, 'title', 'text')
  const selector = value(attributes, 'openwatch:selector')
  if (!URL.canParse(url) || !/^https?:/i.test(url)) {
    return `${title ?? 'an outline'} has "${maskUrl(url)}" for an address; it must begin with http:// or https://`
  }
  if (isMasked(url))
    return `${title ?? url} has its password or key masked; write it in, or export with --with-secrets`
  const topics = [...folders, ...categories(attributes)].filter((topic) => topic !== '')
  return {
    url: new URL(url).href,
    title,
    homeUrl: value(attributes, 'htmlurl'),
    topics: [...new Set(topics)],
    ...(selector !== null && { selector }),
  }
}

function merge(one: OpmlFeed | undefined, other: OpmlFeed): OpmlFeed {
  return one === undefined ? other : { ...one, topics: [...new Set([...one.topics, ...other.topics])] }
}

/** Reads OPML 1.0 and 2.0, broken ones too. Folders become topics; a feed that is listed twice is one, with the topics of both. */
export function parseOpml(text: string): OpmlList {
  const feeds = new Map<string, OpmlFeed>()
  const problems: { line: number; reason: string }[] = []
  const folders: (string | null)[] = []
  const lineOf = lineCounter(text)
  const open = (attributes: Attributes): void => {
    const isFeed =
      'xmlurl' in attributes ||
      'openwatch:selector' in attributes ||
      attributes['type']?.toLowerCase() === 'rss'
    folders.push(isFeed ? null : value(attributes, 'text', 'title'))
    if (!isFeed) return
    const feed = feedOf(
      attributes,
      folders.filter((folder) => folder !== null),
    )
    if (typeof feed === 'string') problems.push({ line: lineOf(parser.startIndex), reason: feed })
    else feeds.set(feed.url, merge(feeds.get(feed.url), feed))
  }
  const parser: Parser = new Parser(
    {
      onopentag(name, attributes) {
        if (name === 'outline') open(attributes)
      },
      onclosetag(name) {
        if (name === 'outline') folders.pop()
      },
    },
    { xmlMode: true, decodeEntities: false, lowerCaseTags: true, lowerCaseAttributeNames: true },
  )
  parser.end(text)
  const cutAt = /<[^<>]*$/.exec(text)?.index
  if (cutAt !== undefined)
    problems.push({ line: lineOf(cutAt), reason: 'the file ends in the middle of this: it was cut off' })
  if (!/<opml[\s>]/i.test(text))
    problems.push({ line: 1, reason: 'this is no OPML: it has no <opml> element' })
  return { feeds: [...feeds.values()], problems }
}

function outline(feed: OpmlFeed): string {
  const { url, title, homeUrl, topics, selector } = feed
  const attributes = [
    ['type', selector === undefined ? 'rss' : 'link'],
    ['text', title ?? url],
    ['title', title ?? url],
    // what is no feed must not be taken for one by other readers
    [selector === undefined ? 'xmlUrl' : 'url', url],
    ['htmlUrl', homeUrl ?? ''],
    ['category', topics.join(',')],
    ['openwatch:selector', selector ?? ''],
  ] as const
  const written = attributes
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `${name}="${escapeText(text)}"`)
  return `    <outline ${written.join(' ')}/>`
}

/** Writes OPML 2.0 (http://opml.org/spec2.opml). Topics are categories, so that a feed of two topics is listed once. */
export function writeOpml(feeds: readonly OpmlFeed[], title: string, at: Date): string {
  const own = feeds.some((feed) => feed.selector !== undefined) ? ' xmlns:openwatch="urn:openwatch:opml"' : ''
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<opml version="2.0"${own}>`,
    `  <head><title>${escapeText(title)}</title><dateCreated>${at.toUTCString()}</dateCreated></head>`,
    '  <body>',
    ...feeds.map(outline),
    '  </body>',
    '</opml>',
    '',
  ].join('\n')
}
