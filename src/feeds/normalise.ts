import { assembleEntry } from './assemble-entry.ts'
import { toLine } from './html-text.ts'
import { tellApart } from './identity.ts'
import { baseOf, type ParseContext, type ParsedEntry, type ParsedFeed, type RichText } from './parsed-feed.ts'
import type { RawFeed, RawFields, RawLink } from './read-xml.ts'
import { resolveUrl } from './resolve-url.ts'
import type { XmlFormat } from './xml-writer.ts'

// Where a value may stand, the most telling place first.
const titles = ['title', 'atom:title', 'dc:title', 'media:title', 'itunes:title']
const summaries = ['description', 'summary', 'atom:summary', 'dc:description', 'dcterms:abstract', 'abstract']
/** For want of anything else: beside a summary these speak of the picture, not of the news. */
const captions = ['itunes:summary', 'media:description', 'itunes:subtitle']
const contents = ['content:encoded', 'content', 'atom:content', 'fullitem', 'body', 'xhtml:body', 'xhtml:div']
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
const authors = ['author', 'dc:creator', 'dc:author', 'atom:author', 'itunes:author', 'dc:contributor']
const identities = ['guid', 'id', 'atom:id', 'rdf:about', 'dc:identifier']

function values(fields: RawFields, names: readonly string[]): readonly RichText[] {
  return names.flatMap((name) => fields.all(name).filter(({ text }) => text !== ''))
}

function first(fields: RawFields, names: readonly string[]): RichText | null {
  for (const name of names) {
    for (const value of fields.all(name)) if (value.text !== '') return value
  }
  return null
}

function line(fields: RawFields, names: readonly string[]): string | null {
  for (const name of names) {
    for (const rich of fields.all(name)) {
      const text = rich.text === '' ? '' : toLine(rich)
      if (text !== '') return text
    }
  }
  return null
}

function date(fields: RawFields, names: readonly string[]): Date | null {
  const found = first(fields, names)
  return found === null ? null : new Date(found.text)
}

function pages(links: readonly RawLink[]): RawLink[] {
  return links.filter((link) => link.rel === 'alternate' && link.href !== '')
}

function mainLink(fields: RawFields, format: XmlFormat): string | null {
  const own = pages(fields.links('link'))
  // RSS has one link; where a feed repeats it, readers have always gone by the last.
  if (format !== 'atom' && own.length > 0) return own.at(-1)?.href ?? null
  const all = own.concat(pages(fields.links('atom:link')))
  const page = all.find((link) => link.type === '' || link.type.includes('html')) ?? all[0]
  return page?.href ?? null
}

function entryLink(fields: RawFields, format: XmlFormat, base: string | null): string | null {
  const own = first(fields, ['feedburner:origlink'])?.text ?? mainLink(fields, format)
  if (own !== null) return own
  const guid = fields.permalink ? (first(fields, ['guid'])?.text ?? '') : ''
  if (/^https?:\/\//i.test(guid)) return resolveUrl(guid, base)
  const about = format === 'rdf' ? (first(fields, ['rdf:about'])?.text ?? '') : ''
  if (/^https?:\/\//i.test(about)) return resolveUrl(about, base)
  return fields.links('link').find((link) => link.rel === 'self')?.href ?? null
}

interface Surroundings {
  readonly format: XmlFormat
  readonly context: ParseContext
  /** Stands in where an entry has no link. */
  readonly home: string
  /** Atom (RFC 4287, 4.2.1): the feed's author is every entry's that names none. */
  readonly author: string | null
}

function entryOf(fields: RawFields, around: Surroundings): ParsedEntry {
  const { format, context, home } = around
  const updatedAt = date(fields, updated)
  const [summary = null, further = null] = values(fields, summaries)
  const stated = {
    guid: first(fields, identities)?.text ?? null,
    url: entryLink(fields, format, baseOf(context)),
    title: line(fields, titles) ?? '',
    author: line(fields, authors) ?? around.author,
    summary: summary ?? first(fields, captions),
    content: first(fields, contents) ?? further,
    statedAt: date(fields, published) ?? updatedAt,
    updatedAt,
    discussionUrl: first(fields, ['comments'])?.text ?? null,
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

function updateMinutes(head: RawFields): number | null {
  const period = periods[(line(head, ['sy:updateperiod']) ?? '').toLowerCase()]
  return period === undefined ? null : period / (positive(line(head, ['sy:updatefrequency'])) ?? 1)
}

/** The one shape of a feed from what rss-parser read. */
export function normalise(format: XmlFormat, raw: RawFeed, context: ParseContext): ParsedFeed {
  const { head } = raw
  const links = [...head.links('link'), ...head.links('atom:link')]
  const homeUrl = mainLink(head, format)
  const author = format === 'atom' ? line(head, authors) : null
  const around = { format, context, home: homeUrl ?? context.url, author }
  const found = raw.items.map((item) => entryOf(item, around))
  const told = tellApart(found)
  return {
    format,
    title: line(head, titles),
    homeUrl,
    hubs: [...new Set(links.filter((link) => link.rel === 'hub').map((link) => link.href))],
    selfUrl: links.find((link) => link.rel === 'self')?.href ?? null,
    ttlMinutes: positive(line(head, ['ttl'])),
    updateMinutes: updateMinutes(head),
    ...told,
  }
}
