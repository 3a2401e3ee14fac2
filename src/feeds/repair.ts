import { Parser } from 'htmlparser2'
import { takeDoctype, type DeclaredEntities } from './doctype.ts'
import { FeedFormatError } from './feed-format-error.ts'
import type { Attributes, Leaf } from './leaf.ts'
import { Scope } from './namespaces.ts'
import { innerBase } from './resolve-url.ts'
import { scanXml, type TagHandler } from './scan-xml.ts'
import type { Word } from './vocabulary.ts'
import { XmlWriter, type RepairedFeed } from './xml-writer.ts'

interface Frame {
  readonly word: Word | null
  readonly base: string | null
  readonly scope: Scope
  /** Inside something that belongs to neither feed nor entry: an image, a source, an element that nobody knows. */
  readonly skipped: boolean
}

const maxDepth = 200

/** Reads tags as they come, however wrong, and writes what they mean. */
class Repair implements TagHandler {
  private readonly frames: Frame[] = []
  private readonly writer: XmlWriter
  private readonly outside: Frame
  private leaf: Leaf | null = null
  private readonly itemDepths: number[] = []
  private cdata = false
  private page = false

  constructor(base: string | null, declared: DeclaredEntities) {
    this.outside = { word: null, base, scope: new Scope(), skipped: false }
    this.writer = new XmlWriter(declared)
  }

  result(): RepairedFeed | null {
    return this.writer.result()
  }

  onopentag(name: string, attributes: Attributes): void {
    if (this.frames.length >= maxDepth) {
      throw new FeedFormatError(
        'too-deep',
        `more than ${maxDepth} elements inside one another: no feed does that`,
      )
    }
    const outer = this.frames.at(-1) ?? this.outside
    const scope = outer.scope.inside(attributes)
    const base = innerBase(outer.base, attributes['xml:base'])
    const { local, word } = scope.meaning(name, this.writer.format === 'atom')
    if (this.leaf !== null && word !== null && endsLeaf(this.leaf.word, word)) this.finishLeaf()
    if (this.leaf !== null) {
      this.frames.push({ word: null, base, scope, skipped: true })
      this.leaf.pieces.push({ kind: 'tag', text: openTag(local, attributes) })
      return
    }
    if (this.frames.length === 0) this.page = local === 'html'
    const used = this.isUsed(word, outer) ? word : null
    const skipped = used === null ? this.frames.length > 0 : used.role === 'skip'
    this.frames.push({ word: used, base, scope, skipped })
    if (used?.role !== 'item') this.writer.hasInside()
    if (used !== null) this.open(used, attributes, base)
  }

  /** A web page may have elements called item or channel; only a feed's own root makes a feed of it. */
  private isUsed(word: Word | null, outer: Frame): boolean {
    if (word === null || (this.page && this.writer.format === null)) return word?.role === 'root'
    return !outer.skipped || word.role === 'item' || word.role === 'root'
  }

  private open(word: Word, attributes: Attributes, base: string | null): void {
    switch (word.role) {
      case 'root':
      case 'channel':
        this.writer.begin(word.as)
        return
      case 'item':
        this.writer.begin(word.as)
        this.writer.openItem(attributes['rdf:about'])
        this.itemDepths.push(this.frames.length)
        return
      case 'through':
      case 'skip':
        return
      default:
        this.leaf = { word, attributes, base, depth: this.frames.length, pieces: [] }
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
    this.frames.pop()
    if (this.leaf !== null && this.frames.length >= this.leaf.depth) {
      this.leaf.pieces.push({ kind: 'tag', text: `</${name.slice(name.indexOf(':') + 1)}>` })
    } else if (this.leaf !== null) this.finishLeaf()
    else if (this.frames.length < (this.itemDepths.at(-1) ?? 0)) {
      this.writer.closeItem()
      this.itemDepths.pop()
    }
  }

  private finishLeaf(): void {
    if (this.leaf !== null) this.writer.leaf(this.leaf)
    this.leaf = null
  }
}

/** True when an element cannot be inside a leaf, so that the leaf's end must have been forgotten. */
function endsLeaf(leaf: Word, inner: Word): boolean {
  if (inner.role === 'item') return true
  if (leaf.role === 'person') return false
  const structural =
    inner.role === 'date' || inner.role === 'link' || inner.role === 'id' || inner.as === 'description'
  return structural && (leaf.role !== 'rich' || leaf.as === 'title')
}

function openTag(local: string, attributes: Attributes): string {
  let text = `<${local}`
  for (const name in attributes) {
    if (!name.startsWith('xmlns')) text += ` ${name}="${(attributes[name] ?? '').replaceAll('"', '&quot;')}"`
  }
  return `${text}>`
}

/** Makes of anything that was meant as RSS, RDF or Atom the tree of a plain document; null when no feed is in it. */
export function repair(document: string, base: string | null): RepairedFeed | null {
  const { text, declared } = takeDoctype(document)
  const plain = new Repair(base, declared)
  if (scanXml(text, plain)) return plain.result()
  const broken = new Repair(base, declared)
  new Parser(broken, {
    xmlMode: true,
    decodeEntities: false,
    lowerCaseTags: true,
    lowerCaseAttributeNames: true,
  }).end(text)
  return broken.result()
}
