import { parseDate } from './dates.ts'
import type { DeclaredEntities } from './doctype.ts'
import { linkTarget, personName, plainText, richText, type Leaf } from './leaf.ts'
import type { RichText } from './parsed-feed.ts'
import { resolveUrl } from './resolve-url.ts'
import { escapeText } from './xml-text.ts'

export type XmlFormat = 'rss' | 'rdf' | 'atom'

/** A feed as well-formed XML of one plain shape, with its longer texts kept beside it. */
export interface RepairedFeed {
  readonly format: XmlFormat
  readonly xml: string
  /** The elements that carry values in it. */
  readonly names: readonly string[]
  /** What `text:N` in the XML stands for. */
  readonly texts: readonly RichText[]
}

interface Item {
  readonly fields: string[]
  bare: boolean
}

const inlineLength = 200

function formatOf(name: string): XmlFormat {
  if (name === 'rdf:rdf') return 'rdf'
  return /^(?:atom:)?(?:feed|entry)$/.test(name) ? 'atom' : 'rss'
}

/** Writes the repaired document: fields of the feed, and of each entry, one element each. */
export class XmlWriter {
  format: XmlFormat | null = null
  private readonly declared: DeclaredEntities
  private readonly texts: RichText[] = []
  private readonly names = new Set<string>()
  private readonly head: string[] = []
  private readonly items: Item[] = []
  /** Entries that are open; one inside another happens, and what follows it is the outer one's. */
  private readonly open: Item[] = []

  constructor(declared: DeclaredEntities) {
    this.declared = declared
  }

  /** The outermost element names the format. */
  begin(name: string): void {
    this.format ??= formatOf(name)
  }

  openItem(about: string | undefined): void {
    const item = { fields: [], bare: true }
    this.items.push(item)
    this.open.push(item)
    if (about !== undefined) this.put('rdf:about', escapeText(about.trim()))
  }

  /** An entry that has elements inside is not nothing, even if none of them is read. */
  hasInside(): void {
    const item = this.open.at(-1)
    if (item !== undefined) item.bare = false
  }

  closeItem(): void {
    this.open.pop()
  }

  leaf(leaf: Leaf): void {
    const { word, base } = leaf
    switch (word.role) {
      case 'rich': {
        const rich = richText(leaf, this.declared, this.format === 'atom' || word.as.startsWith('atom:'))
        if (rich !== null) this.put(word.as, this.keep(rich))
        return
      }
      case 'link':
        this.putLink(leaf)
        return
      case 'person':
        this.put(word.as, this.keep({ text: personName(leaf, this.declared), markup: false, base }))
        return
      case 'date':
        // rss-parser gives up on a whole Atom feed for one date it cannot read.
        this.put(word.as, parseDate(this.plain(leaf))?.toISOString() ?? '')
        return
      case 'url':
        this.put(word.as, escapeText(resolveUrl(this.plain(leaf), base) ?? ''))
        return
      case 'id':
        this.put(word.as, this.keep({ text: this.identity(leaf), markup: false, base }), isPermalink(leaf))
        return
      default:
        this.put(word.as, escapeText(this.plain(leaf).slice(0, inlineLength)))
    }
  }

  result(): RepairedFeed | null {
    const { format, texts } = this
    return format === null ? null : { format, names: [...this.names], texts, xml: this.assemble(format) }
  }

  private assemble(format: XmlFormat): string {
    const name = format === 'atom' ? 'entry' : 'item'
    // An element without children would reach rss-parser as a string.
    const inside = (fields: readonly string[]): string => (fields.length === 0 ? '<is/>' : fields.join(''))
    const items = this.items
      .filter((item) => !item.bare || item.fields.length > 0)
      .map((item) => `<${name}>${inside(item.fields)}</${name}>`)
      .join('')
    const head = inside(this.head)
    if (format === 'atom') return `<feed>${head}${items}</feed>`
    if (format === 'rdf') return `<rdf:RDF><channel>${head}</channel>${items}</rdf:RDF>`
    return `<rss version="2.0"><channel>${head}${items}</channel></rss>`
  }

  private plain(leaf: Leaf): string {
    return plainText(leaf.pieces, this.declared)
  }

  private identity(leaf: Leaf): string {
    const id = this.plain(leaf)
    return id.startsWith('/') ? (resolveUrl(id, leaf.base) ?? id) : id
  }

  private putLink(leaf: Leaf): void {
    const href = linkTarget(leaf, this.declared)
    if (href === null) return
    const rel = (leaf.attributes['rel'] ?? 'alternate').trim().toLowerCase()
    const type = leaf.attributes['type'] ?? ''
    const address = escapeText(href)
    if (this.format !== 'atom' && rel === 'alternate' && type === '') this.put(leaf.word.as, address)
    else this.put(leaf.word.as, '', ` rel="${escapeText(rel)}" type="${escapeText(type)}" href="${address}"`)
  }

  /** Short plain text stays in the XML; the rest goes beside it, where no parser's regular expressions can choke on it. */
  private keep(value: RichText): string {
    const { text } = value
    if (!value.markup && text.length <= inlineLength && !/[<&]|^text:/.test(text)) return escapeText(text)
    return `text:${this.texts.push(value) - 1}`
  }

  private put(name: string, value: string, attributes = ''): void {
    if (value === '' && attributes === '') return
    this.names.add(name)
    ;(this.open.at(-1)?.fields ?? this.head).push(`<${name}${attributes}>${value}</${name}>`)
  }
}

function isPermalink(leaf: Leaf): string {
  return leaf.attributes['ispermalink']?.trim().toLowerCase() === 'false' ? ' isPermaLink="false"' : ''
}
