import { decode } from 'html-entities'
import { strip } from './strip-controls.ts'

/** Entities that a document type declares, by name: literal text only, so that nothing can unfold into anything. */
export type DeclaredEntities = ReadonlyMap<string, string>

const declaration = /<!ENTITY\s+([\w.-]+)\s+(?:"([^"]*)"|'([^']*)')\s*>/g
const longestValue = 200

/** Reads the harmless entities of a document type. Those that name others, are long, or lie elsewhere are left out. */
export function declaredEntities(doctype: string): DeclaredEntities {
  const found = new Map<string, string>()
  for (const [, name = '', quoted, single] of doctype.slice(0, 64 * 1024).matchAll(declaration)) {
    const value = decode((quoted ?? single ?? '').replace(/&#38;/g, '&'), { level: 'xml', scope: 'strict' })
    if (value.length <= longestValue && !/&[\w.-]+;/.test(value) && found.size < 1000) found.set(name, value)
  }
  return found
}

/** Character data as text: XML's, HTML's and declared entities decoded, a bare ampersand is itself. */
export function decodeText(raw: string, declared: DeclaredEntities): string {
  if (!raw.includes('&')) return raw
  const known = declared.size === 0 ? raw : replaceDeclared(raw, declared)
  return strip(decode(known, { level: 'html5', scope: 'strict' }))
}

/** Markup with its declared entities replaced; the others are HTML's and stay. */
export function replaceDeclared(raw: string, declared: DeclaredEntities): string {
  if (declared.size === 0 || !raw.includes('&')) return raw
  return raw.replace(/&([\w.-]+);/g, (whole, name: string) => {
    const value = declared.get(name)
    return value === undefined ? whole : escapeText(value)
  })
}

/** Text made safe to stand in XML or HTML. */
export function escapeText(text: string): string {
  if (!/[&<>"]/.test(text)) return text
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}
