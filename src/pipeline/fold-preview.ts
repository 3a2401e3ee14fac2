import type { Claim } from '../status/claim.ts'
import type { Decision } from '../status/decision.ts'
import type { Standing } from '../status/standing.ts'
import type { StoredRevision } from '../store/entries.ts'
import type { Judge } from './judge.ts'

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

const keptMisses = 200

/** Folds what matched into a standing, and keeps what is to be told. */
export class PreviewFold {
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

  result(): {
    readonly changes: readonly PreviewedChange[]
    readonly misses: readonly Miss[]
    readonly standing: Standing
  } {
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

/** What is shown of an entry. */
export function sightingOf({ title, url, outlet, at }: StoredRevision): Sighting {
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
