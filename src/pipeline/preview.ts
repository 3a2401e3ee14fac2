import { setImmediate as breathe } from 'node:timers/promises'
import { documentOf } from '../matching/document.ts'
import { evaluate } from '../matching/evaluate.ts'
import { queryOf } from '../matching/query.ts'
import type { WatchItem } from '../matching/watch-item.ts'
import type { RejectedStory } from '../status/rejected.ts'
import { initialStanding, type Standing } from '../status/standing.ts'
import type { Database } from '../store/database.ts'
import { revisionsOf } from '../store/entries.ts'
import { countSince } from '../store/entry-search.ts'
import { configuredJudge, type JudgeConfig } from './configured-judge.ts'
import { PreviewFold, sightingOf, type Miss, type PreviewedChange, type Sighting } from './fold-preview.ts'
import { scanEntries } from './scan-entries.ts'
import { createTurns, type Turns } from './turns.ts'

/** What a watch item would have told over the stored entries. */
export interface Preview {
  readonly entries: number
  readonly matches: number
  /** How many messages a keyword alert on subject and context would have sent. */
  readonly keywordAlerts: number
  readonly changes: readonly PreviewedChange[]
  /** The newest first, those that claimed something before those that only matched. */
  readonly misses: readonly Miss[]
  readonly standing: Standing
}

/** A step of a preview. First the entries are looked through, newest first; then what matched is judged, oldest first. */
export type PreviewStep =
  | {
      readonly kind: 'looking'
      /** Entries looked at, of so many in all. */
      readonly done: number
      readonly total: number
      readonly matches: number
      readonly keywordAlerts: number
      /** The time back to which they were looked at; null at the end. */
      readonly backTo: Date | null
      /** Some of what this step found, the newest first. */
      readonly found: readonly Sighting[]
    }
  | {
      readonly kind: 'judging'
      /** Matches judged, of so many in all. */
      readonly done: number
      readonly total: number
      /** What this step would have told. */
      readonly changes: readonly PreviewedChange[]
    }
  | { readonly kind: 'done'; readonly preview: Preview }

/** What people said about an item that exists: it counts in a preview, too. */
export interface Objections {
  readonly muted: readonly string[]
  readonly rejected: readonly RejectedStory[]
}

export interface PreviewOptions {
  readonly objections?: Objections
  /** Ends the preview: there is no step after the one under way. */
  readonly signal?: AbortSignal
}

const shownAtOnce = 5
/** Judged without a turn for other work. */
const judgedAtOnce = 100

/**
 * Judges the stored entries for an item that need not exist, step by step, by the same functions as live, and keeps nothing.
 * The last step is `done`, unless the signal aborts. Not more is held than the names of what matched.
 */
export async function* previewSteps(
  db: Pick<Database, 'pool'>,
  item: WatchItem,
  config: JudgeConfig,
  options: PreviewOptions = {},
): AsyncGenerator<PreviewStep> {
  const giveBack = await turnsOf(db).take(options.signal)
  if (giveBack === null) return
  try {
    yield* steps(db, item, config, options)
  } finally {
    giveBack()
  }
}

/** So many previews go through one database at a time: each keeps a connection and a good part of a core busy. */
const mostAtOnce = 3

const turns = new WeakMap<object, Turns>()

function turnsOf({ pool }: Pick<Database, 'pool'>): Turns {
  const known = turns.get(pool) ?? createTurns(mostAtOnce)
  turns.set(pool, known)
  return known
}

async function* steps(
  { pool }: Pick<Database, 'pool'>,
  item: WatchItem,
  config: JudgeConfig,
  { objections = { muted: [], rejected: [] }, signal }: PreviewOptions,
): AsyncGenerator<PreviewStep> {
  const judge = configuredJudge([item], config)
  const looked: Looked = { entries: 0, keywordAlerts: 0, matched: [] }
  yield* look({ pool }, item, looked, signal)
  const standing = { ...initialStanding(item), rejected: objections.rejected }
  const fold = new PreviewFold(standing, judge, objections.muted)
  const inOrder = looked.matched.sort((a, b) => a.at - b.at || Number(a.key) - Number(b.key))
  for (let from = 0; from < inOrder.length; from += judgedAtOnce) {
    if (signal?.aborted === true) return
    const keys = inOrder.slice(from, from + judgedAtOnce).map(({ key }) => key)
    const changes = fold.take(await revisionsOf(pool, keys))
    yield { kind: 'judging', done: from + keys.length, total: inOrder.length, changes }
    await breathe()
  }
  if (signal?.aborted === true) return
  const { entries, keywordAlerts } = looked
  yield { kind: 'done', preview: { entries, matches: inOrder.length, keywordAlerts, ...fold.result() } }
}

/** What looking through the stored entries came to: counts, and the names of what matched. */
interface Looked {
  entries: number
  keywordAlerts: number
  readonly matched: { readonly key: string; readonly at: number }[]
}

async function* look(
  { pool }: Pick<Database, 'pool'>,
  item: WatchItem,
  looked: Looked,
  signal: AbortSignal | undefined,
): AsyncGenerator<PreviewStep> {
  const keyword = queryOf({ ...item, about: [] })
  const query = queryOf(item)
  const total = await countSince(pool, item.since)
  const scan = { field: { since: item.since }, ...(signal && { signal }) }
  for await (const stretch of scanEntries({ pool }, keyword, scan)) {
    looked.entries = stretch.done
    const found: Sighting[] = []
    for (const entry of stretch.revisions) {
      const document = documentOf(entry)
      if (!evaluate(keyword, document)) continue
      looked.keywordAlerts += 1
      if (item.about.length > 0 && !evaluate(query, document)) continue
      looked.matched.push({ key: entry.key, at: entry.at.getTime() })
      if (found.length < shownAtOnce) found.push(sightingOf(entry))
    }
    const { entries, keywordAlerts, matched } = looked
    const counts = { done: entries, total: stretch.next === null ? entries : Math.max(total, entries) }
    yield {
      kind: 'looking',
      ...counts,
      matches: matched.length,
      keywordAlerts,
      backTo: stretch.next?.at ?? null,
      found,
    }
  }
}

/** The same at once. `progress` hears how many of the stored entries were looked at. */
export async function preview(
  db: Pick<Database, 'pool'>,
  item: WatchItem,
  config: JudgeConfig,
  progress?: (done: number, total: number) => void,
  objections?: Objections,
): Promise<Preview> {
  for await (const step of previewSteps(db, item, config, objections && { objections })) {
    if (step.kind === 'looking') progress?.(step.done, step.total)
    if (step.kind === 'done') return step.preview
  }
  throw new Error('a preview ended before it was done, and nobody had stopped it')
}

export type { Miss, PreviewedChange, Sighting } from './fold-preview.ts'
