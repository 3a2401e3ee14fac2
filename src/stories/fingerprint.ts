import { hashOf, type Text } from '../matching/text.ts'
import { canonicalUrl } from './canonical-url.ts'

/** By what copies of a story are known. Plain JSON. */
export interface Fingerprint {
  readonly url: string
  /** Hashes of the title's words without the smallest ones, sorted, each once. */
  readonly title: readonly number[]
  /** The smallest hashes of the text's runs of three words (a MinHash of bottom-k), sorted. */
  readonly body: readonly number[]
}

const sketchSize = 48
const small = new Set(
  'a an the of to in on for and or is are as at by with its it from that this after be'
    .split(' ')
    .map(hashOf),
)

/** Reads the fingerprint of an entry. */
export function fingerprintOf(url: string | null, title: Text, text: Text): Fingerprint {
  const titleHashes = new Set(title.tokens.map((token) => token.hash).filter((hash) => !small.has(hash)))
  return {
    url: canonicalUrl(url),
    title: sorted(titleHashes),
    body: sorted(shingles(text)).slice(0, sketchSize),
  }
}

function sorted(hashes: Iterable<number>): number[] {
  return [...hashes].sort((a, b) => a - b)
}

function shingles(text: Text): Set<number> {
  const found = new Set<number>()
  const { tokens } = text
  for (let i = 0; i + 2 < tokens.length && i < 600; i += 1) {
    const [a, b, c] = [tokens[i]?.hash ?? 0, tokens[i + 1]?.hash ?? 0, tokens[i + 2]?.hash ?? 0]
    found.add(Math.imul(Math.imul(a, 31) + b, 31) + c)
  }
  return found
}

/** Jaccard similarity of two sorted sets. */
export function similarity(a: readonly number[], b: readonly number[]): number {
  if (a.length === 0 || b.length === 0) return 0
  let common = 0
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [x = 0, y = 0] = [a[i], b[j]]
    if (x === y) common += 1
    if (x <= y) i += 1
    if (y <= x) j += 1
  }
  return common / (a.length + b.length - common)
}

/** Whether two fingerprints are of copies or rewrites of one text. */
export function tellsTheSame(a: Fingerprint, b: Fingerprint): boolean {
  if (a.url !== '' && a.url === b.url) return true
  if (Math.min(a.title.length, b.title.length) >= 4 && similarity(a.title, b.title) >= 0.6) return true
  return Math.min(a.body.length, b.body.length) >= 8 && similarity(a.body, b.body) >= 0.4
}
