import type { SeenEntry } from '../matching/entry.ts'
import type { WatchItem } from '../matching/watch-item.ts'
import type { Claim, DateWindow } from '../status/claim.ts'
import type { Decision } from '../status/decision.ts'
import { initialStanding, type Standing } from '../status/standing.ts'
import type { Certainty, Status } from '../status/status.ts'
import type { Judge } from './judge.ts'

/** A recorded change as `openwatch replay` prints it, one JSON object a line. */
export interface ReplayedChange {
  readonly item: string
  readonly to: Status
  /** The status stays, its promised date was given, made narrower, moved or withdrawn. */
  readonly dateChange: boolean
  /** The time of the entry that decided it, ISO. */
  readonly at: string
  readonly expected: string | null
  readonly evidence: readonly string[]
  readonly quote: string
  readonly certainty: Certainty
  readonly reason: string
  readonly corrected?: true
}

/** What a replay came to. */
export interface Replayed {
  readonly changes: readonly ReplayedChange[]
  readonly standings: ReadonlyMap<string, Standing>
  readonly entries: number
  /** Readings: an entry counts once for each watch item that it meets. */
  readonly matches: number
}

/** Runs entries, in order of time, through the judge on their own clock. `seen` is told after each thousand entries. */
export function replayEntries(
  entries: readonly SeenEntry[],
  options: {
    readonly judge: Judge
    readonly items: readonly WatchItem[]
    readonly seen?: (count: number) => void
  },
): Replayed {
  const { judge, items } = options
  const standings = new Map(items.map((item) => [item.id, initialStanding(item)]))
  const changes: ReplayedChange[] = []
  let matches = 0
  for (const [index, entry] of entries.entries()) {
    for (const reading of judge.read(entry)) {
      const standing = standings.get(reading.itemId)
      if (!standing) continue
      matches += 1
      const judgement = judge.fold(standing, reading)
      standings.set(reading.itemId, judgement.standing)
      for (const { claim, decision } of judgement.decided) {
        const change = changeOf(reading.itemId, claim, decision)
        if (change) changes.push(change)
      }
    }
    if ((index + 1) % 1000 === 0) options.seen?.(index + 1)
  }
  return { changes, standings, entries: entries.length, matches }
}

/** The line of a decision; null where nothing changed. */
function changeOf(item: string, claim: Claim, decision: Decision): ReplayedChange | null {
  if (decision.kind === 'unchanged') return null
  const common = {
    item,
    at: decision.at.toISOString(),
    expected: expectedText(decision.expected),
    evidence: [...new Set(decision.evidence.map((one) => one.url))],
    quote: claim.quote,
    certainty: decision.certainty,
    reason: decision.reason,
  }
  switch (decision.kind) {
    case 'status-changed':
      return {
        ...common,
        to: decision.to,
        dateChange: false,
        ...(decision.corrected ? { corrected: true as const } : {}),
      }
    case 'date-changed':
      return { ...common, to: decision.status, dateChange: true }
  }
}

function expectedText(window: DateWindow | null): string | null {
  if (window === null) return null
  if (window.from === null || window.to === null) return window.text
  return window.from === window.to ? window.from : `${window.text} (${window.from} to ${window.to})`
}
