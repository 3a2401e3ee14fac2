import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { SeenEntry } from '../src/matching/entry.ts'
import type { WatchItem } from '../src/matching/watch-item.ts'
import { createJudge } from '../src/pipeline/judge.ts'
import { readItems } from '../src/pipeline/replay-items.ts'
import { replayEntries } from '../src/pipeline/replay.ts'
import { kindSchema, type Kind } from '../src/status/kind.ts'
import { usualWordsSchema, withUsualWords } from '../src/status/usual-words.ts'
import type { BenchRow } from './bench-row.ts'

const bench = 'judge'
const made = 35_000

/** Measures the whole judgement (text, percolation, stories, claims, decide) with ten watch items, as a replay does it. */
export const run = async (): Promise<BenchRow[]> => {
  const corpus = process.env['OPENWATCH_BENCH_ITEMS']
  const entries = corpus === undefined ? madeEntries() : await readItems(corpus.split(','))
  const kinds = shippedKinds()
  const work = (): number => {
    const judge = createJudge({ items: watchItems, kinds, gradeOf: () => 'established' })
    return replayEntries(entries, { judge, items: watchItems }).matches
  }
  work()
  const before = process.cpuUsage()
  const matches = work()
  const { user, system } = process.cpuUsage(before)
  const value = Math.round(entries.length / ((user + system) / 1e6))
  const from = corpus === undefined ? 'made-up headlines' : 'items of OPENWATCH_BENCH_ITEMS'
  return [
    { bench, figure: `entries judged for 10 watch items a CPU second (${from})`, value, unit: 'entries/s' },
    { bench, figure: 'of them read for claims', value: matches, unit: 'entries' },
  ]
}

function shippedKinds(): ReadonlyMap<string, Kind> {
  const read = (file: string): unknown =>
    parse(readFileSync(new URL(`../config/${file}.yaml`, import.meta.url), 'utf8'))
  const usual = usualWordsSchema.parse(read('usual-words'))
  const kindOf = (id: string): Kind => withUsualWords(kindSchema.parse(read(`kinds/${id}`)), usual)
  return new Map(['release', 'decision', 'measure'].map((id) => [id, kindOf(id)]))
}

const makers = 'Nimbus Stratus Larkspur Fjord Heron Quill Tern Dovetail Ember Gannet'.split(' ')

const watchItems: readonly WatchItem[] = makers.map((maker, i) => ({
  id: maker.toLowerCase(),
  question: i % 2 === 0 ? `When will ${maker} release the Orion ${i}?` : `Will ${maker} be sold?`,
  subject: i % 2 === 0 ? [`Orion ${i}`] : [maker],
  context: i % 2 === 0 ? [maker] : [],
  about: [],
  kind: i % 2 === 0 ? 'release' : 'decision',
  topic: 'bench',
  official: [],
  status: 'open',
  expected: null,
  since: new Date('2025-01-01T00:00:00Z'),
}))

const words =
  'new open source tool for faster builds shows how teams write better code why the web needs small servers again in 2025 study finds phone users read less news and more books city plans a bridge over cold water'.split(
    ' ',
  )

/** Headlines of the length of real ones, a few in a thousand about a watch item; the same at every run. */
function madeEntries(): SeenEntry[] {
  let seed = 7
  const next = (below: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((seed / 2 ** 32) * below)
  }
  return Array.from({ length: made }, (_, i) => {
    const some = Array.from({ length: 7 + next(6) }, () => words[next(words.length)] ?? '').join(' ')
    const which = next(makers.length)
    const maker = makers[which] ?? ''
    const title =
      next(300) > 0 ? some : `${maker} delays Orion ${which} as deal to sell ${maker} stalls, ${some}`
    const at = new Date(Date.UTC(2025, 0, 1, 0, i))
    const url = `https://site${next(400)}.example/${i}`
    const blank = { text: next(3) === 0 ? `${some}. ${some}.` : '', author: null, discussionUrl: null }
    return {
      id: url,
      url,
      outlet: new URL(url).hostname,
      title,
      ...blank,
      publishedAt: at,
      key: String(i),
      at,
    }
  })
}
