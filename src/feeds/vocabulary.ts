/** What the repair step does with an element. */
export type Role =
  | 'root'
  | 'channel'
  | 'item'
  | 'through'
  | 'skip'
  | 'rich'
  | 'plain'
  | 'date'
  | 'url'
  | 'id'
  | 'link'
  | 'person'

/** An element the parser reads: its role, and the one name it is handed on by. */
export interface Word {
  readonly role: Role
  readonly as: string
}

const families: Readonly<Record<string, string>> = {
  'www.w3.org/2005/atom': 'atom',
  'purl.org/atom/ns': 'atom',
  'purl.org/dc/elements/1.1': 'dc',
  'purl.org/dc/elements/1.0': 'dc',
  'purl.org/dc/terms': 'dcterms',
  'purl.org/rss/1.0/modules/content': 'content',
  'purl.org/rss/1.0/modules/syndication': 'sy',
  'search.yahoo.com/mrss': 'media',
  'video.search.yahoo.com/mrss': 'media',
  'www.itunes.com/dtds/podcast-1.0.dtd': 'itunes',
  'example.com/dtds/podcast-1.0.dtd': 'itunes',
  'www.w3.org/1999/xhtml': 'xhtml',
  'www.w3.org/1999/02/22-rdf-syntax-ns': 'rdf',
  'rssnamespace.org/feedburner/ext/1.0': 'feedburner',
  'www.w3.org/xml/1998/namespace': 'xml',
}

const conventional = new Set([...Object.values(families), 'dcterms', 'slash', 'wfw'])

/** The customary prefix of a namespace; for one that nobody knows, the prefix as written when it is a customary one. */
export function familyOf(uri: string | undefined, prefix: string): string {
  const key = (uri ?? '')
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/[/#]+$/, '')
  const known = families[key]
  if (known !== undefined) return known
  if (prefix === '') return ''
  if (prefix === 'atom10' || prefix === 'atom03') return 'atom'
  if (uri !== undefined && /rss|userland|netscape/.test(key)) return ''
  return conventional.has(prefix) ? prefix : uri === undefined ? '' : 'unknown'
}

const names: Readonly<Record<Role, string>> = {
  root: 'rss rdf:rdf feed atom:feed rdf',
  channel: 'channel',
  item: 'item entry atom:entry',
  through: 'media:group media:content',
  skip: 'image source atom:source textinput items itunes:owner',
  rich:
    'title atom:title dc:title media:title itunes:title description dc:description summary atom:summary ' +
    'itunes:summary itunes:subtitle media:description dcterms:abstract content:encoded content atom:content body xhtml:body xhtml:div fullitem',
  plain: 'ttl sy:updateperiod sy:updatefrequency',
  date:
    'pubdate published atom:published issued atom:issued dc:date dcterms:issued dcterms:created created atom:created ' +
    'updated atom:updated modified atom:modified dcterms:modified lastbuilddate',
  url: 'comments feedburner:origlink',
  id: 'guid id atom:id dc:identifier',
  link: 'link atom:link',
  person: 'author atom:author dc:creator itunes:author dc:contributor managingeditor media:credit',
}

/** The case in which rss-parser looks for what it reads itself. */
const cased: Readonly<Record<string, string>> = { pubdate: 'pubDate', lastbuilddate: 'lastBuildDate' }

const words = new Map<string, Word>()
for (const [role, list] of Object.entries(names) as [Role, string][]) {
  for (const name of list.split(' ')) words.set(name, { role, as: cased[name] ?? name.replace(/^atom:/, '') })
}

/** What is known about an element by its family and its name in lower case; undefined for all the rest. */
export function wordFor(family: string, local: string): Word | undefined {
  return words.get(family === '' ? local : `${family}:${local}`)
}

/** The names that carry entries' and feeds' own fields, as handed on. */
export const fieldNames: readonly string[] = [
  ...new Set(
    [...words.values()]
      .filter((word) => !['root', 'channel', 'item', 'through', 'skip'].includes(word.role))
      .map((word) => word.as),
  ),
]
