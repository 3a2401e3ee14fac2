import { parseDate } from './dates.ts'
import type { DeclaredEntities } from './doctype.ts'
import { linkTarget, personName, plainText, richText, type Leaf } from './leaf.ts'
import type { RichText } from './parsed-feed.ts'
import { resolveUrl } from './resolve-url.ts'
export type XmlFormat = 'rss' | 'rdf' | 'atom'

/** What stands in an element, as xml2js gives it: its text, or its attributes (`$`) with its text (`_`). */
export type Value = string | { readonly _?: string; readonly $: Readonly<Record<string, string>> }

/** The elements inside one, by name, each with all its values in their order. */
export type Fields = Readonly<Record<string, readonly Value[]>>

/**
 * A feed as the tree that xml2js makes of a well-formed document of one plain shape, with its longer texts kept beside
 * it. A tree and not the document: writing that, to have it read again at once, costs a third of all parsing.
 */
export interface RepairedFeed {
  readonly format: XmlFormat
  readonly tree: FeedTree
  /** The elements that carry values in it, each with its name in the tree: none that rss-parser would read by itself, too. */
  readonly names: ReadonlyMap<string, string>
  /** What `text:N` in the tree stands for. */
  readonly texts: readonly RichText[]
}

/** The whole document, by the name of its outermost element. */
export type FeedTree = Readonly<Record<string, object>>

interface Item {
  readonly fields: Record<string, Value[]>
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
  private readonly names = new Map<string, string>()
  private readonly head: Record<string, Value[]> = {}
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
    const item: Item = { fields: {}, bare: true }
    this.items.push(item)
    this.open.push(item)
    if (about !== undefined) this.put('rdf:about', about.trim())
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
        this.put(word.as, parseDate(this.plain(leaf))?.getTime().toString() ?? '')
        return
      case 'url':
        this.put(word.as, resolveUrl(this.plain(leaf), base) ?? '')
        return
      case 'id':
        this.put(word.as, this.keep({ text: this.identity(leaf), markup: false, base }), permalink(leaf))
        return
      default:
        this.put(word.as, this.plain(leaf).slice(0, inlineLength))
    }
  }

  result(): RepairedFeed | null {
    const { format, texts } = this
    return format === null ? null : { format, names: this.names, texts, tree: this.assemble(format) }
  }

  private assemble(format: XmlFormat): FeedTree {
    const items = this.items
      .filter(({ bare, fields }) => !bare || !isEmpty(fields))
      .map(({ fields }) => inside(fields))
    const head = inside(this.head)
    if (format === 'atom') return { feed: items.length === 0 ? head : { ...head, entry: items } }
    const list = items.length === 0 ? {} : { item: items }
    if (format === 'rdf') return { 'rdf:RDF': { channel: [head], ...list } }
    return { rss: { $: { version: '2.0' }, channel: [{ ...head, ...list }] } }
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
    if (rel === 'alternate' && type === '') this.put(leaf.word.as, href)
    else this.put(leaf.word.as, '', { rel, type, href })
  }

  /** Short plain text stays in the tree; the rest goes beside it, where no parser's regular expressions can choke on it. */
  private keep(value: RichText): string {
    const { text } = value
    if (!value.markup && text.length <= inlineLength && !/[<&]|^text:/.test(text)) return text
    return `text:${this.texts.push(value) - 1}`
  }

  private put(name: string, text: string, attributes?: Readonly<Record<string, string>>): void {
    if (text === '' && attributes === undefined) return
    const key = this.keyOf(name)
    const fields = this.open.at(-1)?.fields ?? this.head
    const value =
      attributes === undefined ? text : text === '' ? { $: attributes } : { _: text, $: attributes }
    const before = fields[key]
    if (before === undefined) fields[key] = [value]
    else before.push(value)
  }

  private keyOf(name: string): string {
    const known = this.names.get(name)
    if (known !== undefined) return known
    const key = `all ${name}`
    this.names.set(name, key)
    return key
  }
}

function isEmpty(fields: Fields): boolean {
  for (const _ in fields) return false
  return true
}

/** An element without children would reach rss-parser as a string. */
function inside(fields: Fields): Fields {
  return isEmpty(fields) ? { is: [''] } : fields
}

function permalink(leaf: Leaf): { readonly isPermaLink: 'false' } | undefined {
  return leaf.attributes['ispermalink']?.trim().toLowerCase() === 'false'
    ? { isPermaLink: 'false' }
    : undefined
}
