import type { Document } from '../src/matching/document.ts'
import type { PlacedQuery, Query } from '../src/matching/query-tree.ts'
import { cpuSeconds, type Yardstick } from './yardstick.ts'

/** What one would write by hand: for each query its compiled regular expressions, tried on each item. */
export const regularExpressions: Yardstick = {
  name: 'a loop of regular expressions',
  items: 50,
  match: ({ documents, queries }) => {
    const tests = queries.map(testOf)
    const texts = documents.map(rawOf)
    let matches: readonly (readonly number[])[] = []
    const seconds = cpuSeconds(() => {
      matches = texts.map((text) => tests.flatMap((test, index) => (test(text) ? [index] : [])))
    })
    return Promise.resolve({ matches, seconds })
  },
}

/** Title and text with a line feed between, which no expression crosses. */
const rawOf = ({ title, text }: Document): string => `${title.raw}\n${text.raw}`

const testOf = (query: Query): ((text: string) => boolean) => {
  switch (query.kind) {
    case 'and': {
      const tests = query.all.map(testOf)
      return (text) => tests.every((test) => test(text))
    }
    case 'not': {
      const test = testOf(query.query)
      return (text) => !test(text)
    }
    case 'or':
    case 'phrase': {
      const expression = new RegExp(`\\b(?:${wordsOf(query)})\\b`, 'i')
      return (text) => expression.test(text)
    }
    case 'near': {
      const [left, right] = [wordsOf(query.left), wordsOf(query.right)]
      const between = `\\b(?:[^\\w\\n]+\\w+){0,${query.within}}?[^\\w\\n]+\\b`
      const expression = new RegExp(
        `\\b(?:(?:${left})${between}(?:${right})|(?:${right})${between}(?:${left}))\\b`,
        'i',
      )
      return (text) => expression.test(text)
    }
    default:
      throw new Error(`The benchmark makes no query of kind ${query.kind}.`)
  }
}

const wordsOf = (query: Query | PlacedQuery): string => {
  if (query.kind === 'phrase') return query.terms.join(' ')
  if (query.kind === 'or' || query.kind === 'either') return query.any.map(wordsOf).join('|')
  throw new Error(`The benchmark makes no alternative of kind ${query.kind}.`)
}
