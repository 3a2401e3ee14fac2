import type { RichText } from './parsed-feed.ts'
import type { Piece } from './repair.ts'
import { decodeText, escapeText, replaceDeclared, type DeclaredEntities } from './xml-text.ts'

/** The text of an element that may hold markup in one of the many ways feeds have for it. */
export function readRich(
  pieces: readonly Piece[],
  attributes: Readonly<Record<string, string>>,
  atom: boolean,
  declared: DeclaredEntities,
  base: string | null,
): RichText {
  const type = (attributes['type'] ?? '').trim().toLowerCase()
  if (type === 'xhtml' || attributes['mode'] === 'xml' || pieces.some((piece) => piece.kind === 'tag')) {
    const text = pieces
      .map((piece) =>
        piece.kind === 'cdata' ? escapeText(piece.text) : replaceDeclared(piece.text, declared),
      )
      .join('')
    return { text: text.trim(), markup: true, base }
  }
  const text = pieces
    .map((piece) => (piece.kind === 'cdata' ? piece.text : decodeText(piece.text, declared)))
    .join('')
    .trim()
  const plain =
    type === 'text' || type === 'text/plain' || (atom && type === '' && attributes['mode'] !== 'escaped')
  if (attributes['mode'] === 'base64')
    return { text: Buffer.from(text, 'base64').toString('utf8'), markup: !plain, base }
  return { text, markup: !plain && /[<&]/.test(text), base }
}
