import { assembleEntry } from './assemble-entry.ts'
import { toText } from './html-text.ts'
import type { ParseContext, ParsedEntry, ParsedFeed, RichText } from './parsed-feed.ts'
import type { RawFeed, RawFields } from './read-xml.ts'
import { resolveUrl } from './resolve-url.ts'

const titles = ['title', 'dc:title', 'media:title', 'itunes:title']
const summaries = [
  'summary',
  'description',
  'dc:description',
  'dcterms:abstract',
  'itunes:summary',
  'media:description',
  'itunes:subtitle',
]
const contents = ['content:encoded', 'content', 'body', 'xhtml:body', 'xhtml:div', 'fullitem']
const published = [
  'published',
  'pubDate',
  'issued',
  'dc:date',
  'dcterms:issued',
  'dcterms:created',
  'created',
]
const updated = ['updated', 'modified', 'dcterms:modified']
const authors = ['author', 'dc:creator', 'itunes:author', 'media:credit', 'dc:contributor']

function firstRich(fields: RawFields, names: readonly string[]): RichText | null {
  for (const name of names) {
    const found = fields.all(name).find((value) => value.text !== '')
    if (found !== undefined) return found
  }
  return null
}

function firstText(fields: RawFields, names: readonly string[]): string | null {
  const rich = firstRich(fields, names)
  const text = rich === null ? '' : toText(rich)
  return text === '' ? null : text
}

function firstDate(fields: RawFields, names: readonly string[]): Date | null {
  const text = firstRich(fields, names)?.text
  return text === undefined ? null : new Date(text)
}

function mainLink(fields: RawFields): string | null {
  const pages = fields.links.filter((link) => link.rel === 'alternate' && link.href !== '')
  return (pages.find((link) => link.type.includes('html')) ?? pages[0])?.href ?? null
}

function entryLink(fields: RawFields, base: string | null): string | null {
  const own = firstRich(fields, ['feedburner:origlink'])?.text ?? mainLink(fields)
  if (own !== null) return own
  const guid = firstRich(fields, ['guid'])?.text ?? ''
  return fields.permalink && /^https?:\/\//i.test(guid) ? resolveUrl(guid, base) : null
}

function entryOf(fields: RawFields, context: ParseContext, home: string): ParsedEntry {
  const updatedAt = firstDate(fields, updated)
  const stated = {
    guid: firstRich(fields, ['guid', 'id', 'rdf:about', 'dc:identifier'])?.text ?? null,
    url: entryLink(fields, context.url),
    title: firstText(fields, titles) ?? '',
    author: firstText(fields, authors),
    summary: firstRich(fields, summaries),
    content: firstRich(fields, contents),
    statedAt: firstDate(fields, published) ?? updatedAt,
    updatedAt,
    discussionUrl: firstRich(fields, ['comments'])?.text ?? null,
  }
  return assembleEntry(stated, context.now, home)
}

const periods: Readonly<Record<string, number>> = {
  hourly: 60,
  daily: 1440,
  weekly: 10_080,
  monthly: 43_200,
  yearly: 525_600,
}

function positive(text: string | null): number | null {
  const value = Number(text ?? '')
  return Number.isFinite(value) && value > 0 ? value : null
}

/** The one shape of a feed from what rss-parser read. */
export function normalise(format: ParsedFeed['format'], raw: RawFeed, context: ParseContext): ParsedFeed {
  const { head } = raw
  const homeUrl = mainLink(head)
  const entries = raw.items.map((item) => entryOf(item, context, homeUrl ?? context.url))
  const period = periods[(firstText(head, ['sy:updateperiod']) ?? '').trim().toLowerCase()]
  return {
    format,
    title: firstText(head, titles),
    homeUrl,
    hubs: head.links.filter((link) => link.rel === 'hub').map((link) => link.href),
    selfUrl: head.links.find((link) => link.rel === 'self')?.href ?? null,
    ttlMinutes: positive(firstText(head, ['ttl'])),
    updateMinutes:
      period === undefined ? null : period / (positive(firstText(head, ['sy:updatefrequency'])) ?? 1),
    entries,
    skipped: [],
  }
}
