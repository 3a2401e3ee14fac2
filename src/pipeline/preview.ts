import { documentOf } from '../matching/document.ts'
import { evaluate } from '../matching/evaluate.ts'
import { queryOf } from '../matching/query.ts'
import type { WatchItem } from '../matching/watch-item.ts'
import type { Claim } from '../status/claim.ts'
import type { Decision } from '../status/decision.ts'
import type { RejectedStory } from '../status/rejected.ts'
import { initialStanding, type Standing } from '../status/standing.ts'
import type { Database } from '../store/database.ts'
import { countEntries, revisionsOf, type StoredRevision } from '../store/entries.ts'
import { configuredJudge, type JudgeConfig } from './configured-judge.ts'
import type { Judge } from './judge.ts'
import { scanEntries } from './scan-entries.ts'

/** A change that the item would have told of. */
export interface PreviewedChange {
  readonly title: string
  readonly claim: Claim
  readonly decision: Exclude<Decision, { kind: 'unchanged' }>
}

/** An entry that the item matches. */
export interface Sighting {
  readonly title: string
  readonly url: string | null
  readonly outlet: string
  readonly at: Date
}

/** An entry that came near and changed nothing. */
export interface Miss extends Sighting {
  /** Why it was not enough, for people. */
  readonly reason: string
  /** True when it claimed something; else it only matched. */
  readonly claimed: boolean
}

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

const keptMisses = 200
const shownAtOnce = 5
const judgedAtOnce = 500

/**
 * Judges the stored entries for an item that need not exist, step by step, by the same functions as live, and keeps nothing.
 * The last step is `done`, unless the signal aborts. Not more is held than the names of what matched.
 */
export async function* previewSteps(
  { pool, prisma }: Pick<Database, 'pool' | 'prisma'>,
  item: WatchItem,
  config: JudgeConfig,
  { objections = { muted: [], rejected: [] }, signal }: PreviewOptions = {},
): AsyncGenerator<PreviewStep> {
  const judge = configuredJudge([item], config)
  const keyword = queryOf({ ...item, about: [] })
  const query = queryOf(item)
  const total = await countEntries(prisma, item.since)
  const matched: Matched[] = []
  let keywordAlerts = 0
  let done = 0
  const scan = { field: { since: item.since }, ...(signal && { signal }) }
  for await (const stretch of scanEntries({ pool }, keyword, scan)) {
    done = stretch.done
    const found: Sighting[] = []
    for (const entry of stretch.revisions) {
      const document = documentOf(entry)
      if (!evaluate(keyword, document)) continue
      keywordAlerts += 1
      if (item.about.length > 0 && !evaluate(query, document)) continue
      matched.push({ key: entry.key, at: entry.at.getTime() })
      if (found.length < shownAtOnce) found.push(sightingOf(entry))
    }
    const seen = stretch.next === null ? done : Math.min(done, total)
    yield {
      kind: 'looking',
      done: seen,
      total: Math.max(total, seen),
      matches: matched.length,
      keywordAlerts,
      found,
    }
  }
  const folded = new Folded(
    { ...initialStanding(item), rejected: objections.rejected },
    judge,
    objections.muted,
  )
  const inOrder = matched.sort((a, b) => a.at - b.at || Number(a.key) - Number(b.key))
  for (let from = 0; from < inOrder.length; from += judgedAtOnce) {
    if (signal?.aborted === true) return
    const keys = inOrder.slice(from, from + judgedAtOnce).map(({ key }) => key)
    const changes = folded.take(await revisionsOf(pool, keys))
    yield { kind: 'judging', done: from + keys.length, total: inOrder.length, changes }
  }
  if (signal?.aborted === true) return
  yield {
    kind: 'done',
    preview: { entries: done, matches: matched.length, keywordAlerts, ...folded.result() },
  }
}

/** The same at once. `progress` hears how many of the stored entries were looked at. */
export async function preview(
  db: Pick<Database, 'pool' | 'prisma'>,
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

interface Matched {
  readonly key: string
  readonly at: number
}

/** Folds what matched into a standing, and keeps what is to be told. */
class Folded {
  #standing: Standing
  readonly #judge: Judge
  readonly #muted: readonly string[]
  readonly #changes: PreviewedChange[] = []
  #misses: Miss[] = []

  constructor(standing: Standing, judge: Judge, muted: readonly string[]) {
    this.#standing = standing
    this.#judge = judge
    this.#muted = muted
  }

  /** Takes entries, in order of time; gives the changes that they would have told of. */
  take(entries: readonly StoredRevision[]): readonly PreviewedChange[] {
    const before = this.#changes.length
    for (const entry of entries) this.#takeOne(entry)
    this.#misses = nearest(this.#misses)
    return this.#changes.slice(before)
  }

  result(): Pick<Preview, 'changes' | 'misses' | 'standing'> {
    return { changes: this.#changes, misses: this.#misses, standing: this.#standing }
  }

  #takeOne(entry: StoredRevision): void {
    const [reading] = this.#judge.read(entry)
    if (reading === undefined) return
    const judgement = this.#judge.fold(this.#standing, reading, this.#muted)
    this.#standing = judgement.standing
    const { title } = entry
    for (const { claim, decision } of judgement.decided) {
      if (decision.kind === 'unchanged') this.#misses.push(missOf(entry, decision.reason, true))
      else this.#changes.push({ title, claim, decision })
    }
    if (judgement.decided.length === 0) this.#misses.push(missOf(entry, remark(reading.remarks), false))
  }
}

function sightingOf({ title, url, outlet, at }: StoredRevision): Sighting {
  return { title, url, outlet, at }
}

function missOf(entry: StoredRevision, reason: string, claimed: boolean): Miss {
  return { ...sightingOf(entry), reason, claimed }
}

function remark(remarks: readonly string[]): string {
  return remarks[0] ?? 'it names the subject and claims nothing about the question'
}

function nearest(misses: readonly Miss[]): Miss[] {
  return misses
    .toSorted((a, b) => Number(b.claimed) - Number(a.claimed) || b.at.getTime() - a.at.getTime())
    .slice(0, keptMisses)
}
