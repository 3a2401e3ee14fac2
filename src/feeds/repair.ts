import { Parser } from 'htmlparser2'
import { parseDate } from './dates.ts'
import { FeedFormatError } from './feed-format-error.ts'
import type { RichText } from './parsed-feed.ts'
import { innerBase, resolveUrl } from './resolve-url.ts'
import { readRich } from './rich-text.ts'
import { familyOf, wordFor, type Word } from './vocabulary.ts'
import { decodeText, declaredEntities, escapeText, type DeclaredEntities } from './xml-text.ts'

/** A feed as well-formed XML of one plain shape, with its longer texts kept beside it. */
export interface RepairedFeed {
  readonly format: 'rss' | 'rdf' | 'atom'
  readonly xml: string
  /** What `text:N` in the XML stands for. */
  readonly texts: readonly RichText[]
}

type Attributes = Readonly<Record<string, string>>
type Scope = ReadonlyMap<string, string>

interface Frame {
  readonly word: Word | null
  readonly base: string | null
  readonly scope: Scope
}

/** A piece of an element's inside: character data as written, a CDATA section, or a tag. */
export interface Piece {
  readonly kind: 'raw' | 'cdata' | 'tag'
  readonly text: string
}

interface Leaf {
  readonly word: Word
  readonly attributes: Attributes
  readonly base: string | null
  readonly depth: number
  readonly pieces: Piece[]
  /** The fields of a person: name, email. */
  readonly person: { name: string; email: string }
}

const maxDepth = 200
const inlineLength = 200

class Repair {
  readonly texts: RichText[] = []
  readonly head: string[] = []
  readonly items: string[][] = []
  format: 'rss' | 'rdf' | 'atom' | null = null
  private item: string[] | null = null
  private itemDepth = 0
  private readonly frames: Frame[] = []
  private leaf: Leaf | null = null
  private cdata = false
  private declared: DeclaredEntities = new Map()
  private readonly documentBase: string | null

  constructor(base: string | null) {
    this.documentBase = base
  }

  onprocessinginstruction(name: string, data: string): void {
    if (name.toLowerCase() === '!doctype') this.declared = declaredEntities(data)
  }

  onopentag(name: string, attributes: Attributes): void {
    if (this.frames.length >= maxDepth)
      throw new FeedFormatError(
        'too-deep',
        `more than ${maxDepth} elements inside one another: no feed does that`,
      )
    const outer = this.frames.at(-1)
    const scope = declareNamespaces(attributes, outer?.scope ?? new Map())
    const base = innerBase(outer === undefined ? this.documentBase : outer.base, attributes['xml:base'])
    const [family, local] = splitName(name, scope)
    if (this.leaf !== null) {
      this.frames.push({ word: null, base, scope })
      this.leaf.pieces.push({ kind: 'tag', text: openTag(local, attributes) })
      return
    }
    const word = this.wordHere(family, local)
    this.frames.push({ word, base, scope })
    if (word !== null) this.open(word, attributes, base)
  }

  private wordHere(family: string, local: string): Word | null {
    const word = wordFor(family, local) ?? null
    const skipped = this.frames.some((frame, depth) => frame.word?.role === 'skip' && depth >= this.itemDepth)
    return skipped && word?.role !== 'item' ? null : word
  }

  private open(word: Word, attributes: Attributes, base: string | null): void {
    switch (word.role) {
      case 'root':
        this.format ??= word.as === 'feed' ? 'atom' : word.as === 'rss' ? 'rss' : 'rdf'
        return
      case 'channel':
        this.format ??= 'rss'
        return
      case 'item':
        this.format ??= word.as === 'entry' ? 'atom' : 'rss'
        this.item = []
        this.itemDepth = this.frames.length
        this.items.push(this.item)
        this.put('rdf:about', escapeText(attributes['rdf:about'] ?? ''))
        return
      case 'through':
      case 'skip':
        return
      default:
        this.leaf = {
          word,
          attributes,
          base,
          depth: this.frames.length,
          pieces: [],
          person: { name: '', email: '' },
        }
    }
  }

  ontext(text: string): void {
    this.leaf?.pieces.push({ kind: this.cdata ? 'cdata' : 'raw', text })
  }

  oncdatastart(): void {
    this.cdata = true
  }

  oncdataend(): void {
    this.cdata = false
  }

  onclosetag(name: string): void {
    const frame = this.frames.pop()
    if (frame === undefined) return
    const leaf = this.leaf
    if (leaf !== null && this.frames.length >= leaf.depth) {
      leaf.pieces.push({ kind: 'tag', text: `</${localName(name)}>` })
      return
    }
    if (leaf !== null) {
      this.leaf = null
      this.close(leaf)
      return
    }
    if (this.item !== null && this.frames.length < this.itemDepth) {
      this.item = null
      this.itemDepth = 0
    }
  }

  private close(leaf: Leaf): void {
    const { word, base } = leaf
    switch (word.role) {
      case 'rich':
        this.put(
          word.as,
          this.keep(readRich(leaf.pieces, leaf.attributes, this.format === 'atom', this.declared, base)),
        )
        return
      case 'link':
        this.putLink(leaf)
        return
      case 'person':
        this.put(word.as, this.keep({ text: readPerson(leaf.pieces, this.declared), markup: false, base }))
        return
      case 'date':
        this.put(word.as, parseDate(this.plain(leaf))?.toISOString() ?? '')
        return
      case 'url':
        this.put(word.as, escapeText(resolveUrl(this.plain(leaf), base) ?? ''))
        return
      default:
        this.put(word.as, this.keep({ text: this.plain(leaf), markup: false, base }), isPermalink(leaf))
    }
  }

  private plain(leaf: Leaf): string {
    return plainPieces(leaf.pieces, this.declared).trim()
  }

  private putLink(leaf: Leaf): void {
    const { attributes, base } = leaf
    const written =
      attributes['href'] ?? attributes['rdf:resource'] ?? plainPieces(leaf.pieces, this.declared)
    const href = resolveUrl(decodeText(written, this.declared), base)
    if (href === null) return
    const rel = attributes['rel'] ?? 'alternate'
    const kind = attributes['type'] ?? ''
    this.put('link', '', ` rel="${escapeText(rel)}" type="${escapeText(kind)}" href="${escapeText(href)}"`)
  }

  /** Short plain text stays in the XML; the rest goes beside it, where no parser's regular expressions can choke on it. */
  private keep(value: RichText): string {
    const { text } = value
    if (!value.markup && text.length <= inlineLength && !/[<&]|^text:/.test(text)) return escapeText(text)
    return `text:${this.texts.push(value) - 1}`
  }

  private put(name: string, value: string, attributes = ''): void {
    if (value === '' && attributes === '') return
    ;(this.item ?? this.head).push(`<${name}${attributes}>${value}</${name}>`)
  }
}

function isPermalink(leaf: Leaf): string {
  return leaf.attributes['ispermalink']?.trim().toLowerCase() === 'false' ? ' isPermaLink="false"' : ''
}

function plainPieces(pieces: readonly Piece[], declared: DeclaredEntities): string {
  return pieces
    .map((piece) =>
      piece.kind === 'raw' ? decodeText(piece.text, declared) : piece.kind === 'cdata' ? piece.text : '',
    )
    .join('')
}

function readPerson(pieces: readonly Piece[], declared: DeclaredEntities): string {
  const at = pieces.findIndex((piece) => piece.kind === 'tag' && piece.text.startsWith('<name'))
  if (at >= 0)
    return plainPieces(
      pieces.slice(
        at + 1,
        pieces.findIndex((piece, i) => i > at && piece.kind === 'tag'),
      ),
      declared,
    ).trim()
  return plainPieces(pieces, declared).trim()
}

function declareNamespaces(attributes: Attributes, outer: Scope): Scope {
  let inner: Map<string, string> | null = null
  for (const name in attributes) {
    if (!name.startsWith('xmlns')) continue
    inner ??= new Map(outer)
    inner.set(name === 'xmlns' ? '' : name.slice(6), attributes[name] ?? '')
  }
  return inner ?? outer
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

function splitName(name: string, scope: Scope): [family: string, local: string] {
  const colon = name.indexOf(':')
  const prefix = colon < 0 ? '' : name.slice(0, colon)
  return [familyOf(scope.get(prefix), prefix), name.slice(colon + 1)]
}

function openTag(local: string, attributes: Attributes): string {
  let text = `<${local}`
  for (const name in attributes) {
    if (!name.startsWith('xmlns')) text += ` ${name}="${(attributes[name] ?? '').replaceAll('"', '&quot;')}"`
  }
  return `${text}>`
}

function assemble(format: 'rss' | 'rdf' | 'atom', head: string, items: readonly string[][]): string {
  const name = format === 'atom' ? 'entry' : 'item'
  const all = items.map((item) => `<${name}>${item.join('')}</${name}>`).join('')
  if (format === 'atom') return `<feed><ok/>${head}${all}</feed>`
  if (format === 'rdf') return `<rdf:RDF><channel><ok/>${head}</channel>${all}</rdf:RDF>`
  return `<rss version="2.0"><channel><ok/>${head}${all}</channel></rss>`
}

/** Makes of anything that was meant as RSS, RDF or Atom a document any XML parser takes; null when no feed is in it. */
export function repair(text: string, base: string | null): RepairedFeed | null {
  const handler = new Repair(base)
  const parser = new Parser(handler, {
    xmlMode: true,
    decodeEntities: false,
    lowerCaseTags: true,
    lowerCaseAttributeNames: true,
  })
  parser.end(text)
  const { format, texts } = handler
  return format === null
    ? null
    : { format, texts, xml: assemble(format, handler.head.join(''), handler.items) }
}
