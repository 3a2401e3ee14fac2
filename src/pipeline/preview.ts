import { documentOf } from '../matching/document.ts'
import { evaluate } from '../matching/evaluate.ts'
import { queryOf } from '../matching/query.ts'
import type { WatchItem } from '../matching/watch-item.ts'
import type { Claim } from '../status/claim.ts'
import type { Decision } from '../status/decision.ts'
import type { RejectedStory } from '../status/rejected.ts'
import { initialStanding, type Standing } from '../status/standing.ts'
import type { Database } from '../store/database.ts'
import { countEntries, storedRevisions, type StoredRevision } from '../store/entries.ts'
import { configuredJudge, type JudgeConfig } from './configured-judge.ts'

/** A change that the item would have told of. */
export interface PreviewedChange {
  readonly claim: Claim
  readonly decision: Exclude<Decision, { kind: 'unchanged' }>
}

/** An entry that came near and changed nothing. */
export interface Miss {
  readonly title: string
  readonly url: string | null
  readonly outlet: string
  readonly at: Date
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

/** What people said about an item that exists: it counts in a preview, too. */
export interface Objections {
  readonly muted: readonly string[]
  readonly rejected: readonly RejectedStory[]
}

const keptMisses = 200

/** Judges the stored entries for an item that need not exist, by the same functions as live, and keeps nothing. */
export async function preview(
  { pool, prisma }: Pick<Database, 'pool' | 'prisma'>,
  item: WatchItem,
  config: JudgeConfig,
  progress?: (done: number, total: number) => void,
  { muted, rejected }: Objections = { muted: [], rejected: [] },
): Promise<Preview> {
  const judge = configuredJudge([item], config)
  const keyword = queryOf({ ...item, about: [] })
  const total = await countEntries(prisma, item.since)
  const changes: PreviewedChange[] = []
  const misses: Miss[] = []
  const sum = { entries: 0, matches: 0, keywordAlerts: 0 }
  let standing: Standing = { ...initialStanding(item), rejected }
  for await (const batch of storedRevisions(pool, item.since)) {
    for (const entry of batch) {
      sum.entries += 1
      const [reading] = judge.read(entry)
      if (reading === undefined) {
        if (item.about.length > 0 && evaluate(keyword, documentOf(entry))) sum.keywordAlerts += 1
        continue
      }
      sum.matches += 1
      sum.keywordAlerts += 1
      const judgement = judge.fold(standing, reading, muted)
      standing = judgement.standing
      for (const { claim, decision } of judgement.decided) {
        if (decision.kind === 'unchanged') misses.push(missOf(entry, decision.reason, true))
        else changes.push({ claim, decision })
      }
      if (judgement.decided.length === 0) misses.push(missOf(entry, remark(reading.remarks), false))
    }
    progress?.(sum.entries, total)
  }
  return { ...sum, changes, misses: nearest(misses), standing }
}

function missOf(entry: StoredRevision, reason: string, claimed: boolean): Miss {
  return { title: entry.title, url: entry.url, outlet: entry.outlet, at: entry.at, reason, claimed }
}

function remark(remarks: readonly string[]): string {
  return remarks[0] ?? 'it names the subject and claims nothing about the question'
}

function nearest(misses: readonly Miss[]): Miss[] {
  return misses
    .toSorted((a, b) => Number(b.claimed) - Number(a.claimed) || b.at.getTime() - a.at.getTime())
    .slice(0, keptMisses)
}
