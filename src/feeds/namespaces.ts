import type { Attributes } from './leaf.ts'
import { wordFor, type Word } from './vocabulary.ts'

const families: Readonly<Record<string, string>> = {
  'www.w3.org/2005/atom': 'atom',
  'purl.org/atom/ns': 'atom',
  'purl.org/rss/1.0': '',
  'purl.org/rss/2.0': '',
  'purl.org/net/rss1.1': '',
  'my.netscape.com/rdf/simple/0.9': '',
  'channel.netscape.com/rdf/simple/0.9': '',
  'my.netscape.com/publish/formats/rss-0.91.dtd': '',
  'backend.userland.com/rss': '',
  'backend.userland.com/rss2': '',
  'backend.userland.com/rss091': '',
  'backend.userland.com/rss092': '',
  'blogs.law.harvard.edu/tech/rss': '',
  'cyber.law.harvard.edu/rss': '',
  'cyber.law.harvard.edu/rss/rss.html': '',
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

const customary = new Set(Object.values(families))

/** How an element of a namespace that nobody knows is called: by a name no vocabulary has. */
const foreign = 'foreign'

/** The customary prefix of an element's namespace: '' for the feed's own words, whatever prefix the feed itself uses. */
function familyOf(uri: string | undefined, prefix: string): string {
  const key = (uri ?? '')
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/[/#]+$/, '')
  const known = families[key]
  if (known !== undefined) return known
  if (prefix === '' || prefix === 'rss') return ''
  if (/^atom\d*$/.test(prefix)) return 'atom'
  return customary.has(prefix) ? prefix : foreign
}

/** No feed knows more; a scope is copied for each element that adds to it. */
const mostNamespaces = 100

/** What an element is by its name as written: the name without prefix, and its word, null for one that nobody knows. */
export interface Meaning {
  readonly local: string
  readonly word: Word | null
}

/** Prefixes in force, each with its namespace, and what names mean by them. */
export class Scope {
  private readonly uris: ReadonlyMap<string, string>
  /** Every entry has the same elements: what was found out about one is kept. */
  private readonly known = { atom: new Map<string, Meaning>(), other: new Map<string, Meaning>() }

  constructor(uris: ReadonlyMap<string, string> = new Map()) {
    this.uris = uris
  }

  /** The scope inside an element with these attributes. */
  inside(attributes: Attributes): Scope {
    let inner: Map<string, string> | null = null
    for (const name in attributes) {
      if (!name.startsWith('xmlns')) continue
      inner ??= new Map(this.uris)
      if (inner.size >= mostNamespaces) break
      inner.set(name === 'xmlns' ? '' : name.slice(6), attributes[name] ?? '')
    }
    return inner === null ? this : new Scope(inner)
  }

  /** What a name as written means, in an Atom feed or in another. */
  meaning(name: string, atom: boolean): Meaning {
    const known = atom ? this.known.atom : this.known.other
    let meaning = known.get(name)
    if (meaning === undefined) known.set(name, (meaning = this.findOut(name, atom)))
    return meaning
  }

  private findOut(name: string, atom: boolean): Meaning {
    const colon = name.indexOf(':')
    const prefix = colon < 0 ? '' : name.slice(0, colon)
    const local = name.slice(colon + 1)
    return { local, word: wordFor(familyOf(this.uris.get(prefix), prefix), local, atom) ?? null }
  }
}
