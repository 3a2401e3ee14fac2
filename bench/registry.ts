import type { BenchRow, SkippedRow } from './bench-row.ts'

/** A benchmark that `npm run bench` knows. */
export interface Benchmark {
  readonly name: string
  /** What it measures, for the list of names. */
  readonly about: string
  /** A module that exports `run`, of the type `Run`. */
  readonly module: URL
}

/** What the module of a benchmark exports as `run`: measures, prints nothing but progress on stderr. */
export type Run = () => Promise<readonly (BenchRow | SkippedRow)[]>

/** All benchmarks, in the order in which they run. */
export const benchmarks: readonly Benchmark[] = [
  {
    name: 'parse',
    about: 'entries read out of feeds, beside rss-parser',
    module: new URL('./parse.ts', import.meta.url),
  },
  {
    name: 'percolate',
    about: 'entries matched against many queries, beside regular expressions and Postgres',
    module: new URL('./percolate.ts', import.meta.url),
  },
  {
    name: 'judge',
    about: 'the whole judgement of entries, from text to status change, with ten watch items',
    module: new URL('./judge.ts', import.meta.url),
  },
  {
    name: 'store',
    about: 'entries put into the database: the limit of all that follows',
    module: new URL('./store.ts', import.meta.url),
  },
  {
    name: 'poll',
    about: 'feeds polled into Postgres, cold and unchanged, beside newsboat',
    module: new URL('./poll.ts', import.meta.url),
  },
  {
    name: 'end-to-end',
    about:
      'from the bytes of feeds to committed rows and queued alerts, with 10,000 watch items, beside newsboat',
    module: new URL('./end-to-end.ts', import.meta.url),
  },
  {
    name: 'report',
    about: 'the status report over many questions and entries',
    module: new URL('./report.ts', import.meta.url),
  },
  {
    name: 'growth',
    about:
      'the cost of an entry, a poll and a report as questions, feeds and stored entries grow a thousandfold',
    module: new URL('./growth.ts', import.meta.url),
  },
  {
    name: 'board',
    about: 'the board of 200 questions over 1,000,000 stored entries, 50 requests a second',
    module: new URL('./board.ts', import.meta.url),
  },
  {
    name: 'preview',
    about: 'what a question would have told over 1,000,000 stored entries, and a search through them',
    module: new URL('./preview.ts', import.meta.url),
  },
  {
    name: 'workers',
    about: 'what 1, 2 and 4 worker processes do together on one Postgres',
    module: new URL('./workers.ts', import.meta.url),
  },
  {
    name: 'memory',
    about: 'memory while thousands of feeds are polled',
    module: new URL('./memory.ts', import.meta.url),
  },
  {
    name: 'deliver',
    about:
      'alerts from the bytes of a feed to the accepted webhook, with channels that fail, and killed while delivering',
    module: new URL('./deliver.ts', import.meta.url),
  },
]
