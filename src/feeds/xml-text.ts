import { decode } from 'html-entities'
import type { DeclaredEntities } from './doctype.ts'
import { strip } from './strip-controls.ts'

/** Character data as text: XML's, HTML's and declared entities decoded, a bare ampersand is itself. */
export function decodeText(raw: string, declared: DeclaredEntities): string {
  if (!raw.includes('&')) return raw
  const text = decode(replaceDeclared(raw, declared), { level: 'html5', scope: 'strict' })
  // a number may name half a character
  return strip(text).toWellFormed()
}

/** How much a text may grow by its declared entities, in characters. Past it they stand for nothing. */
const mostGrowth = 64 * 1024

/** Markup with its declared entities replaced; the others are HTML's and stay. */
export function replaceDeclared(raw: string, declared: DeclaredEntities): string {
  if (declared.size === 0 || !raw.includes('&')) return raw
  let growth = 0
  return raw.replace(/&([\w.-]+);/g, (whole, name: string) => {
    const value = declared.get(name)
    if (value === undefined) return whole
    growth += value.length
    return growth > mostGrowth ? '' : escapeText(value)
  })
}

/** Text made safe to stand in XML or HTML. */
export function escapeText(text: string): string {
  if (!/[&<>"]/.test(text)) return text
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}
