import type { Document } from '../src/matching/document.ts'
import { documentOf } from '../src/matching/document.ts'
import { evaluate } from '../src/matching/evaluate.ts'
import { createPercolator, type Percolator } from '../src/matching/percolator.ts'
import type { BenchRow } from './bench-row.ts'
import { makeMaterial, type Material } from './percolate-material.ts'
import { regularExpressions } from './regular-expressions.ts'
import { cpuSeconds, type Yardstick } from './yardstick.ts'

const bench = 'percolate'
const rounds = 5
const itemCount = 20_000
const queryCounts = [100, 10_000, 100_000] as const
/** The yardsticks are slow: they get the first so many items at 10,000 queries. */
const yardstickItems = 50
/** Pairs of query and item for which the percolator is compared with trying every query. */
const comparedPairs = 1_000_000

/**
 * Percolation alone, on one core: items of 60 words, queries of the form `(phrase OR phrase) AND (one of 4 | NEAR/8) NOT
 * (one of 2)`. The first pass over the items is not counted: in it the percolator learns which words are frequent.
 */
export const run = async (yardsticks: readonly Yardstick[] = []): Promise<BenchRow[]> => {
  const rows: BenchRow[] = []
  for (const queryCount of queryCounts) rows.push(...measure(makeMaterial(queryCount, itemCount)))
  const material = makeMaterial(10_000, itemCount)
  const few = { ...material, documents: material.documents.slice(0, yardstickItems) }
  for (const yardstick of [regularExpressions, ...yardsticks]) {
    rows.push(...(await measureBeside(yardstick, few, material)))
  }
  return rows
}

const measure = ({ documents, queries }: Material): BenchRow[] => {
  const many = queries.length.toLocaleString('en')
  const percolator = createPercolator()
  const adding = cpuSeconds(() => queries.forEach((query, index) => percolator.add(String(index), query)))
  matchAll(percolator, documents)
  const disagreeing = disagreements(percolator, { documents, queries })
  const seconds = medianSeconds(() => matchAll(percolator, documents))
  const texts = documents.map(({ title, text, outlet }) => ({ title: title.raw, text: text.raw, outlet }))
  const withReading = medianSeconds(() => matchAll(percolator, texts.map(documentOf)))
  return [
    row(`${many} queries, items matched`, documents.length / seconds, 'items/s'),
    row(`${many} queries, items read and matched`, documents.length / withReading, 'items/s'),
    row(`${many} queries, matches per item`, matchAll(percolator, documents) / documents.length, 'matches'),
    row(`${many} queries, adding one`, (adding / queries.length) * 1e6, 'µs'),
    row(
      `${many} queries, items of ${Math.ceil(comparedPairs / queries.length).toLocaleString('en')} with other matches than the naive evaluator's`,
      disagreeing,
      'items',
    ),
  ]
}

const measureBeside = async (
  yardstick: Yardstick,
  few: Material,
  material: Material,
): Promise<BenchRow[]> => {
  const percolator = createPercolator()
  material.queries.forEach((query, index) => percolator.add(String(index), query))
  matchAll(percolator, material.documents)
  const rate = material.documents.length / medianSeconds(() => matchAll(percolator, material.documents))
  const found = await yardstick.match(few)
  const its = few.documents.length / found.seconds
  const expected = matchAll(percolator, few.documents)
  return [
    row(`10,000 queries, ${yardstick.name}`, its, 'items/s'),
    {
      ...row(
        `10,000 queries, beside ${yardstick.name} (${found.matches} and ${expected} matches)`,
        rate,
        'items/s',
      ),
      yardstick: yardstick.name,
      ratio: rate / its,
    },
  ]
}

const row = (figure: string, value: number, unit: string): BenchRow => ({ bench, figure, value, unit })

const matchAll = (percolator: Percolator, documents: readonly Document[]): number => {
  let matches = 0
  for (const document of documents) matches += percolator.match(document).length
  return matches
}

const disagreements = (percolator: Percolator, { documents, queries }: Material): number =>
  documents.slice(0, Math.ceil(comparedPairs / queries.length)).filter((document) => {
    const found = percolator.match(document).map(({ id }) => id)
    const expected = queries.flatMap((query, index) => (evaluate(query, document) ? [String(index)] : []))
    return found.join() !== expected.join()
  }).length

const medianSeconds = (work: () => unknown): number => {
  const all = Array.from({ length: rounds }, () => cpuSeconds(work)).sort((a, b) => a - b)
  return all[Math.floor(rounds / 2)] ?? Number.NaN
}
