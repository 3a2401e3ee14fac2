import type { Document } from '../src/matching/document.ts'
import { documentOf } from '../src/matching/document.ts'
import { evaluate } from '../src/matching/evaluate.ts'
import { createPercolator, type Percolator } from '../src/matching/percolator.ts'
import type { BenchRow, SkippedRow } from './bench-row.ts'
import { makeMaterial, type Material } from './percolate-material.ts'
import { openPostgresYardsticks, type PostgresYardsticks } from './postgres-queries.ts'
import { regularExpressions } from './regular-expressions.ts'
import { cpuSeconds, type Yardstick } from './yardstick.ts'

const bench = 'percolate'
const rounds = 9
const itemCount = 20_000
const queryCounts = [100, 10_000, 100_000] as const
/** Pairs of query and item for which the percolator is compared with trying every query. */
const comparedPairs = 1_000_000

/**
 * Percolation alone, on one core: items of 60 words, queries of the form `(phrase OR phrase) AND (one of 4 | NEAR/8) NOT
 * (one of 2)`. The first pass over the items is not counted: in it the percolator learns which words are frequent.
 */
export const run = async (): Promise<(BenchRow | SkippedRow)[]> => {
  const rows: (BenchRow | SkippedRow)[] = []
  for (const queryCount of queryCounts) rows.push(...measure(makeMaterial(queryCount, itemCount)))
  const material = makeMaterial(10_000, itemCount)
  rows.push(...(await measureBeside(regularExpressions, material)))
  return [...rows, ...(await besidePostgres(material))]
}

const besidePostgres = async (material: Material): Promise<(BenchRow | SkippedRow)[]> => {
  let postgres: PostgresYardsticks
  try {
    postgres = await openPostgresYardsticks()
  } catch (error) {
    const skipped = error instanceof Error ? error.message : String(error)
    return [{ bench, figure: '10,000 queries, beside Postgres', skipped }]
  }
  try {
    const rows: BenchRow[] = []
    for (const yardstick of postgres.yardsticks) rows.push(...(await measureBeside(yardstick, material)))
    return rows
  } finally {
    await postgres.close()
  }
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

const measureBeside = async (yardstick: Yardstick, material: Material): Promise<BenchRow[]> => {
  const percolator = createPercolator()
  material.queries.forEach((query, index) => percolator.add(String(index), query))
  matchAll(percolator, material.documents)
  const rate = material.documents.length / medianSeconds(() => matchAll(percolator, material.documents))
  const documents = material.documents.slice(0, yardstick.items)
  const { matches, seconds } = await yardstick.match({ ...material, documents })
  const its = documents.length / seconds
  const different = documents.filter((document, index) => {
    const found = percolator.match(document).map(({ id }) => id)
    return found.join() !== matches[index]?.join()
  }).length
  const items = documents.length.toLocaleString('en')
  return [
    {
      ...row('10,000 queries, items matched', rate, 'items/s'),
      yardstick: yardstick.name,
      ratio: rate / its,
    },
    row(`10,000 queries, ${yardstick.name}`, its, 'items/s'),
    row(`10,000 queries, items of ${items} with other matches than the percolator's`, different, 'items'),
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
