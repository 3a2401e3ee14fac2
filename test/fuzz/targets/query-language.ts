import fc from 'fast-check'
import { documentOf } from '../../../src/matching/document.ts'
import { evaluate } from '../../../src/matching/evaluate.ts'
import { parseQuery } from '../../../src/matching/parse-query.ts'
import { createPercolator } from '../../../src/matching/percolator.ts'
import { mutated, scrapHeap, wildText } from '../mutate.ts'
import type { Fuzzing } from '../target.ts'

const samples = [
  'falcon AND (ship* OR "is here" NEAR/8 rocket) NOT title:rumour outlet:acme.com',
  'a OR b',
  '"one two" NEAR/3 three',
]
const scraps = [
  'AND',
  'OR',
  'NOT',
  '(',
  ')',
  '"',
  ' ',
  'NEAR/3',
  'NEAR/',
  'a',
  'b*',
  '*',
  'title:',
  'outlet:',
  'a.org',
  ':',
  '/',
  '-',
  '…',
  'é',
  'e\u0301',
  '日本',
]

/** Queries as people type them, beside a text: refused with a place and an advice, or the same for the percolator as for the plain evaluation. */
export function start(): Fuzzing<{ query: string; title: string; text: string }> {
  const words = fc.oneof(mutated(['Falcon ships a rocket, it is here. One two three', 'a b']), wildText)
  return {
    inputs: fc.record({
      query: fc.oneof(
        { weight: 2, arbitrary: mutated(samples, scraps) },
        { weight: 2, arbitrary: scrapHeap(scraps, 30) },
        {
          weight: 1,
          arbitrary: fc.array(fc.constantFrom(...scraps), { maxLength: 14 }).map((list) => list.join(' ')),
        },
        { weight: 1, arbitrary: wildText },
      ),
      title: words,
      text: words,
    }),
    check({ query, title, text }) {
      const parsed = parseQuery(query)
      if (!parsed.ok) {
        const { column, message, fix } = parsed.error
        if (!(column >= 1 && column <= query.length + 1))
          throw new Error(`column ${column} of ${query.length}`)
        if (message === '' || fix === '') throw new Error('refused without a reason or an advice')
        return
      }
      const document = documentOf({ title, text, outlet: 'acme.com' })
      const percolator = createPercolator()
      percolator.add('it', parsed.query)
      const [match] = percolator.match(document)
      if ((match !== undefined) !== evaluate(parsed.query, document))
        throw new Error('the percolator and the plain evaluation do not agree')
      for (const span of match?.spans ?? []) {
        const { raw } = document[span.field]
        if (!(span.start >= 0 && span.start <= span.end && span.end <= raw.length))
          throw new Error('a span outside of the text')
      }
    },
  }
}
