import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { WatchItem } from '../src/matching/watch-item.ts'
import type { JudgeConfig } from '../src/pipeline/configured-judge.ts'
import { previewSteps } from '../src/pipeline/preview.ts'
import { searchEntries } from '../src/pipeline/search-entries.ts'
import type { Database } from '../src/store/database.ts'
import { openBenchDatabase } from './bench-database.ts'
import type { BenchRow } from './bench-row.ts'
import { fillEntries, frequentName, rareName } from './preview-material.ts'
import { shippedConfig } from '../test/support/shipped-config.ts'
import { wholeNumber } from './whole-number.ts'

const bench = 'preview'
const entries = wholeNumber('OPENWATCH_BENCH_PREVIEW_ENTRIES', 1_000_000)

/**
 * What a question would have told over many stored entries: how soon there is something to see, how long all of it takes,
 * and how long nothing else has its turn meanwhile; and a page of a search for a word that is nowhere.
 */
export const run = async (): Promise<BenchRow[]> => {
  const { db, close } = await openBenchDatabase()
  try {
    await fillEntries(db.pool, entries)
    const config = await shippedConfig()
    const rows: BenchRow[] = []
    for (const subject of [rareName, frequentName]) rows.push(...(await previewOf(subject, db, config)))
    const begun = performance.now()
    await searchEntries({ query: 'nowhere' }, db.pool)
    rows.push(row('a page of a search for a word that is nowhere', performance.now() - begun))
    return rows
  } finally {
    await close()
  }
}

const previewOf = async (subject: string, db: Database, config: JudgeConfig): Promise<BenchRow[]> => {
  const delays = monitorEventLoopDelay({ resolution: 5 })
  delays.enable()
  const begun = performance.now()
  const since = (): number => performance.now() - begun
  let first: number | null = null
  let firstFound: number | null = null
  let matches = 0
  for await (const step of previewSteps(db, itemOf(subject), config)) {
    first ??= since()
    if (step.kind !== 'looking') continue
    matches = step.matches
    if (step.found.length > 0) firstFound ??= since()
  }
  delays.disable()
  const what = `of ${entries.toLocaleString('en')} entries, ${matches.toLocaleString('en')} of which match`
  return [
    row(`preview ${what}: first step`, first ?? since()),
    row(`preview ${what}: first match shown`, firstFound ?? since()),
    row(`preview ${what}: all of it`, since()),
    row(`preview ${what}: longest time without a turn for other work`, delays.max / 1e6),
  ]
}

const row = (figure: string, milliseconds: number): BenchRow => ({
  bench,
  figure,
  value: Math.round(milliseconds),
  unit: 'ms',
})

const itemOf = (subject: string): WatchItem => ({
  id: 'bench',
  question: `When will Acme release ${subject}?`,
  subject: [subject],
  context: [],
  about: [],
  kind: 'release',
  topic: 'bench',
  official: [],
  status: 'open',
  expected: null,
  since: new Date(0),
})
