import { alertSchema, type Alert } from '../alerts/alert.ts'
import { routeAlert, type Routing } from '../alerts/route.ts'
import type { Claim } from '../status/claim.ts'
import type { Standing } from '../status/standing.ts'
import { queueAlerts, type NewAlert } from '../store/alerts.ts'
import type { Transaction } from '../store/database.ts'
import type { NewRevision } from '../store/entries.ts'
import { changesOf, recordJudgements, type MatchRecord, type RecordedChange } from '../store/judgements.ts'
import { changesRestingOn } from '../store/rejections.ts'
import { together } from '../store/together.ts'
import { lockItems, saveStandings, type StoredItem } from '../store/watch-items.ts'
import { alertOf } from './alert-of.ts'
import type { Judge, Reading } from './judge.ts'
import { disputeAlerts, disputingClaim, type Dispute } from './raise-dispute.ts'
import { queueCorrection } from './record-standing.ts'

/** A stored revision to be judged. */
export type Judged = Pick<NewRevision, 'entry' | 'entryId' | 'revisionId'>

export interface JudgeEntriesOptions {
  readonly judge: Judge
  readonly now: Date
  /** Whose changes are recorded without telling anybody: history, and what a new feed brings along. */
  readonly silent: (revision: Judged) => boolean
  readonly routing: Routing
  /** Where the item's page is; null when there is no page. */
  readonly reportUrl: (itemId: string) => string | null
}

/** What judging came to. */
export interface JudgedEntries {
  readonly matches: number
  /** The matches, each with the revision that it is of. */
  readonly matched: readonly Pick<MatchRecord, 'revisionId' | 'decided'>[]
  readonly changes: readonly RecordedChange[]
  readonly alerts: readonly Alert[]
}

/**
 * Judges new revisions in the order in which they count, and records matches, claims, changes, alerts and the jobs that
 * deliver them, all in the given transaction. Items are locked first, so that two workers decide one after the other.
 */
export async function judgeEntries(
  tx: Transaction,
  revisions: readonly Judged[],
  options: JudgeEntriesOptions,
): Promise<JudgedEntries> {
  const touched = read(revisions, options.judge)
  const items = await lockItems(tx, [...touched.keys()])
  const standings = new Map<string, Standing>()
  const matches: (MatchRecord & { readonly silent: boolean })[] = []
  const disputes: Dispute[] = []
  for (const stored of items) {
    if (stored.state !== 'watching') continue
    const { standing, records, dispute } = fold(stored, touched.get(stored.item.id) ?? [], options)
    if (records.length > 0) standings.set(stored.item.id, standing)
    matches.push(...records)
    if (dispute !== null) disputes.push({ item: stored.item, standing, claim: dispute })
  }
  const [changes] = await together([
    recordJudgements(tx, matches, options.now),
    saveStandings(tx, standings, options.now),
  ])
  const alerts = await tell(tx, loud(changes, matches), items, options)
  const disputed = await tellOfDisputes(tx, disputes, options)
  return { matches: matches.length, matched: matches, changes, alerts: [...alerts, ...disputed] }
}

interface Met {
  readonly revision: Judged
  readonly reading: Reading
}

function read(revisions: readonly Judged[], judge: Judge): Map<string, Met[]> {
  const inOrder = revisions.toSorted((a, b) => a.entry.at.getTime() - b.entry.at.getTime())
  const touched = new Map<string, Met[]>()
  for (const revision of inOrder) {
    for (const reading of judge.read(revision.entry)) {
      const met = touched.get(reading.itemId)
      if (met === undefined) touched.set(reading.itemId, [{ revision, reading }])
      else met.push({ revision, reading })
    }
  }
  return touched
}

function fold(stored: StoredItem, met: readonly Met[], { judge, silent }: JudgeEntriesOptions) {
  let standing = stored.standing
  let dispute: Claim | null = null
  const records = []
  for (const { revision, reading } of met) {
    if (revision.entry.at < stored.item.since) continue
    const judgement = judge.fold(standing, reading, stored.muted)
    const disputing = disputingClaim(standing, judgement)
    if (disputing !== null) dispute = silent(revision) ? null : disputing
    standing = judgement.standing
    records.push({
      itemId: stored.item.id,
      entryId: revision.entryId,
      revisionId: revision.revisionId,
      at: revision.entry.at,
      story: judgement.story,
      spans: reading.spans,
      muted: stored.muted,
      decided: judgement.decided,
      silent: silent(revision),
    })
  }
  // what a later entry settled is no dispute any more
  return { standing, records, dispute: standing.disputed ? dispute : null }
}

/** The changes that somebody should hear of. */
function loud(
  changes: readonly RecordedChange[],
  matches: readonly (MatchRecord & { readonly silent: boolean })[],
): RecordedChange[] {
  const quiet = new Set(
    matches.filter((match) => match.silent).flatMap((match) => match.decided.map(({ decision }) => decision)),
  )
  // a correction is told to those who were told what it corrects: of what was silent, nobody was
  return changes.filter((change) => isCorrection(change) || !quiet.has(change.decision))
}

async function tell(
  tx: Transaction,
  changes: readonly RecordedChange[],
  items: readonly StoredItem[],
  { now, routing, reportUrl }: JudgeEntriesOptions,
): Promise<Alert[]> {
  if (changes.length === 0) return []
  const byId = new Map(items.map((stored) => [stored.item.id, stored.item]))
  const history = await changesOf(tx, [...new Set(changes.map((change) => change.itemId))])
  const told = changes.flatMap((change) => {
    const item = byId.get(change.itemId)
    if (item === undefined) return []
    const before = (history.get(item.id) ?? []).filter((row) => row.sequence <= change.sequence)
    const alert = alertSchema.parse(alertOf(item, change, before, reportUrl(item.id)))
    return [{ alert, change }]
  })
  return queueInTurn(tx, told, { now, routing })
}

async function tellOfDisputes(
  tx: Transaction,
  disputes: readonly Dispute[],
  options: JudgeEntriesOptions,
): Promise<Alert[]> {
  const alerts = await disputeAlerts(tx, disputes, options)
  const added = await queueAlerts(tx, alerts, options.now)
  return alerts.flatMap(({ body }) => (added.has(body.id) ? [alertSchema.parse(body)] : []))
}

interface ToTell {
  readonly alert: Alert
  readonly change: RecordedChange
}

/** Queues alerts in their order: what is corrected may have been queued just before. Returns those that are told. */
async function queueInTurn(
  tx: Transaction,
  toTell: readonly ToTell[],
  { now, routing }: Pick<JudgeEntriesOptions, 'now' | 'routing'>,
): Promise<Alert[]> {
  const told: Alert[] = []
  let news: NewAlert[] = []
  for (const { alert, change } of toTell) {
    if (!isCorrection(change)) {
      news.push({ body: alert, statusChangeId: change.id, channels: routeAlert(alert, routing) })
      told.push(alert)
      continue
    }
    await queueAlerts(tx, news, now)
    news = []
    const corrects = await correctedBy(tx, change)
    const channels = await queueCorrection(tx, { alert, change, corrects }, now)
    if (channels.length > 0) told.push(alert)
  }
  await queueAlerts(tx, news, now)
  return told
}

function isCorrection({ decision }: RecordedChange): boolean {
  return decision.kind === 'status-changed' && decision.corrected === true
}

/** The changes that a correction takes back. */
async function correctedBy(tx: Transaction, change: RecordedChange): Promise<readonly string[]> {
  const [lost] = change.decision.evidence
  return lost === undefined ? [] : changesRestingOn(tx, change, lost)
}
