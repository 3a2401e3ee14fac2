import { decode } from 'html-entities'

/** Entities that a document type declares, by name: literal text only, so that nothing can unfold into anything. */
export type DeclaredEntities = ReadonlyMap<string, string>

const declaration = /<!ENTITY\s+([\w.-]+)\s+(?:"([^"]*)"|'([^']*)')\s*>/g
const longestValue = 200
const mostEntities = 1000
/** A document type longer than this is nobody's; it is cut out without being read. In characters. */
const longestDoctype = 64 * 1024

/** Reads the harmless entities of a document type. Those that name others, are long, or lie elsewhere are left out. */
function declaredEntities(doctype: string): DeclaredEntities {
  const found = new Map<string, string>()
  if (doctype.length > longestDoctype) return found
  for (const [, name = '', quoted, single] of doctype.matchAll(declaration)) {
    const value = decode((quoted ?? single ?? '').replace(/&#38;/g, '&'), {
      level: 'xml',
      scope: 'strict',
    }).toWellFormed()
    if (value.length <= longestValue && !/&[\w.-]+;/.test(value) && found.size < mostEntities) {
      found.set(name, value)
    }
  }
  return found
}

/** Where the document type begins: before the first element, after any comments; null when there is none. */
function doctypeStart(text: string): number | null {
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
    if (text.startsWith('<!--', at)) {
      at = text.indexOf('-->', at)
      if (at < 0) return null
    } else if (/^<!doctype/i.test(text.slice(at, at + 9))) return at
    else if (/^<[a-z]/i.test(text.slice(at, at + 2))) return null
  }
  return null
}

/** Where a document type that begins at `start` ends: after its `>`, the one outside brackets and quotes. */
function doctypeEnd(text: string, start: number): number {
  const bracket = text.indexOf('[', start)
  const plain = text.indexOf('>', start)
  if (plain < 0) return text.length
  if (bracket < 0 || bracket > plain) return plain + 1
  const subset = /\]\s*>/g
  subset.lastIndex = bracket
  return subset.exec(text) === null ? plain + 1 : subset.lastIndex
}

/** Cuts the document type out of a document and reads its entities. */
export function takeDoctype(text: string): { readonly text: string; readonly declared: DeclaredEntities } {
  const start = doctypeStart(text)
  if (start === null) return { text, declared: new Map() }
  const end = doctypeEnd(text, start)
  return { text: text.slice(0, start) + text.slice(end), declared: declaredEntities(text.slice(start, end)) }
}
