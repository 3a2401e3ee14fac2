import type { DeclaredEntities } from './doctype.ts'
import type { RichText } from './parsed-feed.ts'
import { keepPretenders } from './html-names.ts'
import { resolveUrl } from './resolve-url.ts'
import { strip } from './strip-controls.ts'
import type { Word } from './vocabulary.ts'
import { decodeText, escapeText, replaceDeclared } from './xml-text.ts'

export type Attributes = Readonly<Record<string, string>>

/** A piece of an element's inside: character data as written, a CDATA section, or a tag. */
export interface Piece {
  readonly kind: 'raw' | 'cdata' | 'tag'
  readonly text: string
}

/** An element that carries a value, with all that was found inside it. */
export interface Leaf {
  readonly word: Word
  readonly attributes: Attributes
  readonly base: string | null
  /** How many elements were open when it began. */
  readonly depth: number
  readonly pieces: Piece[]
}

/** The leaf's text, tags left out, entities decoded. */
export function plainText(pieces: readonly Piece[], declared: DeclaredEntities): string {
  let text = ''
  for (const piece of pieces) {
    if (piece.kind === 'raw') text += decodeText(piece.text, declared)
    else if (piece.kind === 'cdata') text += piece.text
  }
  return text.trim()
}

function fromBase64(text: string): string | null {
  const packed = text.replace(/\s+/g, '')
  if (packed === '' || !/^[a-z0-9+/]+={0,2}$/i.test(packed)) return null
  try {
    return strip(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(packed, 'base64')))
  } catch {
    return null
  }
}

/** Atom (RFC 4287, 4.1.3.3): a media type that is neither text nor XML says that the content is base64. */
function isPacked(type: string): boolean {
  return /^[\w.+-]+\/[\w.+-]+/.test(type) && !/^text\/|[+/]xml\b/.test(type)
}

function lowered(value: string | undefined): string {
  return value === undefined ? '' : value.trim().toLowerCase()
}

function asMarkup(pieces: readonly Piece[], declared: DeclaredEntities): string {
  return pieces
    .map((piece) => {
      if (piece.kind === 'tag') return piece.text
      return piece.kind === 'cdata' ? escapeText(piece.text) : replaceDeclared(piece.text, declared)
    })
    .join('')
    .trim()
}

/** True for text that its own attributes, or Atom's default, say is to be taken as it stands. */
function isPlain(type: string, mode: string, atom: boolean): boolean {
  return type === 'text' || type === 'text/plain' || (atom && type === '' && mode !== 'escaped')
}

function isXhtml(pieces: readonly Piece[], type: string, mode: string): boolean {
  if (type === 'xhtml' || pieces.some((piece) => piece.kind === 'tag')) return true
  return mode === 'xml' && !pieces.some((piece) => piece.kind === 'cdata')
}

/**
 * The text of an element that may hold markup in one of the many ways feeds have for it: escaped, in CDATA, as XHTML
 * inside, as bare HTML tags that nobody escaped, or packed as base64. Null for content that is no text.
 */
export function richText(leaf: Leaf, declared: DeclaredEntities, atom: boolean): RichText | null {
  const { attributes, pieces, base } = leaf
  const type = lowered(attributes['type'])
  const mode = lowered(attributes['mode'])
  if (/^(?:image|audio|video|font)\//.test(type)) return null
  if (isXhtml(pieces, type, mode)) return { text: asMarkup(pieces, declared), markup: true, base }
  const text = plainText(pieces, declared)
  const unpacked = mode === 'base64' || isPacked(type) ? fromBase64(text) : null
  if (unpacked !== null) return { text: unpacked.trim(), markup: true, base }
  if (mode === 'base64') return null
  const markup = !isPlain(type, mode, atom) && /[<&]/.test(text)
  const headline = markup && !atom && leaf.word.as.endsWith('title')
  return { text: headline ? keepPretenders(text) : text, markup, base }
}

/** No author has a longer one, in characters. */
const longestName = 300
const mailAddress = /[^\s<>()[\]"',;:]+@[^\s<>()[\]"',;:]+/

/** The name in what people write about themselves: `jane@example.org (Jane Roe)`, `Jane Roe <jane@example.org>`. */
function nameIn(written: string): string {
  const text = written.slice(0, longestName).toWellFormed().replace(/\s+/g, ' ').trim()
  const mail = mailAddress.exec(text)?.[0]
  if (mail === undefined || text === mail) return text
  const rest = text
    .replace(mail, '')
    .replace(/mailto:/gi, '')
    .replace(/\(\s*\)|<\s*>|\[\s*\]/g, '')
    .trim()
    .replace(/^\((.*)\)$/, '$1')
    .replace(/^"(.*)"$/, '$1')
    .replace(/[\s,;:-]+$/, '')
    .trim()
  return rest === '' ? mail : rest
}

function childText(leaf: Leaf, name: string, declared: DeclaredEntities): string {
  const open = leaf.pieces.findIndex((piece) => piece.kind === 'tag' && tagName(piece.text) === name)
  if (open < 0) return ''
  const end = leaf.pieces.findIndex(
    (piece, at) => at > open && piece.kind === 'tag' && tagName(piece.text) === `/${name}`,
  )
  return plainText(leaf.pieces.slice(open + 1, end < 0 ? undefined : end), declared)
}

function tagName(tag: string): string {
  return /^<(\/?[^\s>]+)/.exec(tag)?.[1] ?? ''
}

/** The name of an author: from `<name>`, else from the text, else the mail address. */
export function personName(leaf: Leaf, declared: DeclaredEntities): string {
  for (const child of ['name', 'title']) {
    const name = childText(leaf, child, declared)
    if (name !== '') return name
  }
  if (leaf.pieces.some((piece) => piece.kind === 'tag')) return childText(leaf, 'email', declared)
  return nameIn(plainText(leaf.pieces, declared))
}

/** A link's address, absolute, from wherever the element carries it; null when it carries none. */
export function linkTarget(leaf: Leaf, declared: DeclaredEntities): string | null {
  const { attributes } = leaf
  const written =
    attributes['href'] ?? attributes['rdf:resource'] ?? attributes['resource'] ?? attributes['url']
  const address = written === undefined ? plainText(leaf.pieces, declared) : decodeText(written, declared)
  return resolveUrl(address, leaf.base)
}
