import type { FuzzTarget } from './target.ts'

const target = (name: string, about: string): FuzzTarget => ({
  name,
  about,
  module: new URL(`./targets/${name}.ts`, import.meta.url),
})

/** Everything that comes in from outside, in the order in which it is tried. */
export const targets: readonly FuzzTarget[] = [
  target('xml-feeds', 'RSS, RDF and Atom: bytes, charsets, markup, and what is handed on of them'),
]
