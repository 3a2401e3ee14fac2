import { assembleEntry } from './assemble-entry.ts'
import { toLine } from './html-text.ts'
import { tellApart } from './identity.ts'
import { rememberedOutlets } from './outlet.ts'
import { baseOf, type ParseContext, type ParsedEntry, type ParsedFeed, type RichText } from './parsed-feed.ts'
import type { RawFeed, RawFields, RawLink } from './read-xml.ts'
import { resolveUrl } from './resolve-url.ts'
import type { XmlFormat } from './xml-writer.ts'

// Where a value may stand, the most telling place first.
const everywhere = {
  titles: ['title', 'atom:title', 'dc:title', 'media:title', 'itunes:title'],
  summaries: ['description', 'summary', 'atom:summary', 'dc:description', 'dcterms:abstract', 'abstract'],
  /** For want of anything else: beside a summary these speak of the picture, not of the news. */
  captions: ['itunes:summary', 'media:description', 'itunes:subtitle'],
  contents: ['content:encoded', 'content', 'atom:content', 'fullitem', 'body', 'xhtml:body', 'xhtml:div'],
  published: ['published', 'pubdate', 'issued', 'dc:date', 'dcterms:issued', 'dcterms:created', 'created'],
  updated: ['updated', 'modified', 'dcterms:modified'],
  authors: ['author', 'dc:creator', 'dc:author', 'atom:author', 'itunes:author', 'dc:contributor'],
  identities: ['guid', 'id', 'atom:id', 'rdf:about', 'dc:identifier'],
  guids: ['guid'],
  abouts: ['rdf:about'],
  originals: ['feedburner:origlink'],
  discussions: ['comments'],
}

/** The places that a feed uses of them: few, and each of its entries is looked at in all of them. */
type Places = Readonly<Record<keyof typeof everywhere, readonly string[]>>

function placesAmong(names: ReadonlySet<string>): Places {
  const used = Object.entries(everywhere).map(([what, places]) => [
    what,
    places.filter((place) => names.has(place)),
  ])
  return Object.fromEntries(used) as Places
}

function values(fields: RawFields, names: readonly string[]): readonly RichText[] {
  const found: RichText[] = []
  for (const name of names) {
    for (const value of fields.all(name)) if (value.text !== '') found.push(value)
  }
  return found
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
  return found === null ? null : new Date(Number(found.text))
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

function entryLink(fields: RawFields, { places, format, base }: Surroundings): string | null {
  const own = first(fields, places.originals)?.text ?? mainLink(fields, format)
  if (own !== null) return own
  const guid = fields.isPermalink() ? (first(fields, places.guids)?.text ?? '') : ''
  if (/^https?:\/\//i.test(guid)) return resolveUrl(guid, base)
  const about = format === 'rdf' ? (first(fields, places.abouts)?.text ?? '') : ''
  if (/^https?:\/\//i.test(about)) return resolveUrl(about, base)
  return fields.links('link').find((link) => link.rel === 'self')?.href ?? null
}

interface Surroundings {
  readonly places: Places
  readonly format: XmlFormat
  readonly now: Date
  readonly base: string | null
  /** Stands in where an entry has no link. */
  readonly home: string
  /** Atom (RFC 4287, 4.2.1): the feed's author is every entry's that names none. */
  readonly author: string | null
  readonly outletOf: (url: string) => string
}

function entryOf(fields: RawFields, around: Surroundings): ParsedEntry {
  const { places, now, home, outletOf } = around
  const updatedAt = date(fields, places.updated)
  const [summary = null, further = null] = values(fields, places.summaries)
  const stated = {
    guid: first(fields, places.identities)?.text ?? null,
    url: entryLink(fields, around),
    title: line(fields, places.titles) ?? '',
    author: line(fields, places.authors) ?? around.author,
    summary: summary ?? first(fields, places.captions),
    content: first(fields, places.contents) ?? further,
    statedAt: date(fields, places.published) ?? updatedAt,
    updatedAt,
    discussionUrl: first(fields, places.discussions)?.text ?? null,
  }
  return assembleEntry(stated, { now, home, outletOf })
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
  const places = placesAmong(raw.names)
  const author = format === 'atom' ? line(head, places.authors) : null
  const around = {
    ...{ places, format, author, now: context.now },
    base: baseOf(context),
    home: homeUrl ?? context.url,
    outletOf: rememberedOutlets(),
  }
  const found = raw.items.map((item) => entryOf(item, around))
  const told = tellApart(found)
  return {
    format,
    title: line(head, places.titles),
    homeUrl,
    hubs: [...new Set(links.filter((link) => link.rel === 'hub').map((link) => link.href))],
    selfUrl: links.find((link) => link.rel === 'self')?.href ?? null,
    ttlMinutes: positive(line(head, ['ttl'])),
    updateMinutes: updateMinutes(head),
    ...told,
  }
}
