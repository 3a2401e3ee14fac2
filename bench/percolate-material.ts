import { documentOf, type Document } from '../src/matching/document.ts'
import type { PhraseQuery, Query } from '../src/matching/query-tree.ts'

/** What the percolator is measured on: made up from a seed, the same in every run. */
export interface Material {
  readonly documents: readonly Document[]
  readonly queries: readonly Query[]
}

const vocabularySize = 30_000
const wordsInItem = 60
/** Ranks below this are words like "the": nobody asks for them. */
const everydayRanks = 100

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Ranks from 0 with the frequencies that words have in a language (Zipf, exponent 1). */
export const zipf = (random: () => number): (() => number) => {
  const sums = new Float64Array(vocabularySize)
  let sum = 0
  for (let rank = 0; rank < vocabularySize; rank += 1) sums[rank] = sum += 1 / (rank + 1)
  return () => {
    const sought = random() * sum
    let low = 0
    let high = vocabularySize - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) < sought) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** A pronounceable word for a rank, another for each ("kodo", "kodu", …), none a plural. */
export const wordOf = (rank: number): string => {
  let word = ''
  for (let rest = rank + 100; rest > 0; rest = Math.floor(rest / 70)) {
    word += 'bdfgklmnprtvzh'.charAt(rest % 14) + 'aiouy'.charAt(Math.floor(rest / 14) % 5)
  }
  return word
}

/** `count` items of 60 words: a title of 10, then sentences of 10. */
const makeItems = (count: number, random: () => number): number[][] => {
  const next = zipf(random)
  return Array.from({ length: count }, () => Array.from({ length: wordsInItem }, next))
}

const documentFrom = (ranks: readonly number[]): Document => {
  const sentences = Array.from({ length: 6 }, (_, index) => {
    const sentence = ranks
      .slice(index * 10, index * 10 + 10)
      .map(wordOf)
      .join(' ')
    return sentence.charAt(0).toUpperCase() + sentence.slice(1)
  })
  return documentOf({
    title: sentences[0] ?? '',
    text: `${sentences.slice(1).join('. ')}.`,
    outlet: 'example.org',
  })
}

const phrase = (...terms: string[]): PhraseQuery => ({
  kind: 'phrase',
  terms,
  loose: terms.map(() => false),
  spare: 0,
  scope: 'any',
})

/** Queries of the form `(phrase OR phrase) AND (one of 4 words | NEAR/8) NOT (one of 2 words)`, phrases as they occur in items. */
const makeQuery = (
  random: () => number,
  items: readonly (readonly number[])[],
  rare: () => number,
): Query => {
  const occurring = (): PhraseQuery => {
    for (;;) {
      const item = items[Math.floor(random() * items.length)] ?? []
      const at = Math.floor(random() * (wordsInItem - 1))
      // Two words of one sentence, the first not an everyday one.
      if (at % 10 === 9 || (item[at] ?? 0) < everydayRanks) continue
      return phrase(wordOf(item[at] ?? 0), wordOf(item[at + 1] ?? 0))
    }
  }
  const word = (): PhraseQuery => phrase(wordOf(rare()))
  const beside: Query =
    random() < 0.5
      ? { kind: 'or', any: [word(), word(), word(), word()] }
      : { kind: 'near', within: 8, left: word(), right: word() }
  return {
    kind: 'and',
    all: [
      { kind: 'or', any: [occurring(), occurring()] },
      beside,
      { kind: 'not', query: { kind: 'or', any: [word(), word()] } },
    ],
  }
}

/** Items and queries; the items that the phrases are taken from are not among those that are matched. */
export const makeMaterial = (queryCount: number, itemCount: number): Material => {
  const random = randomFrom(1)
  const source = makeItems(20_000, random)
  const next = zipf(random)
  const rare = (): number => {
    for (;;) {
      const rank = next()
      if (rank >= everydayRanks / 2) return rank
    }
  }
  const queries = Array.from({ length: queryCount }, () => makeQuery(random, source, rare))
  return { documents: makeItems(itemCount, randomFrom(2)).map(documentFrom), queries }
}
