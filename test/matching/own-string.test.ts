import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { documentOf } from '../../src/matching/document.ts'
import { createPercolator } from '../../src/matching/percolator.ts'
import { parseQuery } from '../../src/matching/parse-query.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const heapMb = (): number => {
  collectGarbage()
  return process.memoryUsage().heapUsed / 1e6
}

test('what the percolator remembers of outlets and long words does not keep the feeds in memory that they were cut from', () => {
  const percolator = createPercolator()
  const parsed = parseQuery('outlet:example.org AND incomprehensibl*')
  if (!parsed.ok) throw new Error('the query is wrong')
  const { query } = parsed
  percolator.add('a', query)
  const read = (from: number, to: number): void => {
    for (let n = from; n < to; n += 1) {
      // as a parsed feed has it: all parts of one large text
      const feed = `${'x'.repeat(50_000)} outlet-number-${n}.example.org incomprehensibleness${n} `
      const [, outlet = '', word = ''] = /(outlet\S+) (\S+)/.exec(feed) ?? []
      percolator.match(documentOf({ title: word, text: '', outlet }))
    }
  }
  read(0, 100)
  const before = heapMb()
  read(100, 1100)
  // the texts of these thousand feeds are 50 MB
  expect(heapMb() - before).toBeLessThan(10)
})
