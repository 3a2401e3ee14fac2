import { documentOf } from '../matching/document.ts'
import type { SeenEntry } from '../matching/entry.ts'
import type { Span } from '../matching/evaluate.ts'
import { outletNameKey, outletNames } from '../matching/outlet-name.ts'
import { createPercolator } from '../matching/percolator.ts'
import { queryOf } from '../matching/query.ts'
import type { WatchItem } from '../matching/watch-item.ts'
import type { Claim } from '../status/claim.ts'
import { correct } from '../status/correct.ts'
import { decide, thaw } from '../status/decide.ts'
import type { Decision } from '../status/decision.ts'
import type { Kind } from '../status/kind.ts'
import { defaultPolicy, type EvidencePolicy } from '../status/policy.ts'
import { readQuestion, type Target } from '../status/question.ts'
import { rejectedStory, rejectionWords } from '../status/rejected.ts'
import { readClaims, type BareClaim } from '../status/signal.ts'
import { remember, type KeptClaim, type KeptReading, type Standing } from '../status/standing.ts'
import type { Grade } from '../status/status.ts'
import { placeInStories } from '../stories/cluster.ts'
import { fingerprintOf, similarity, type Fingerprint } from '../stories/fingerprint.ts'

/** What one entry says about one watch item, before it is known what else was said. */
export interface Reading {
  readonly itemId: string
  readonly entry: SeenEntry
  /** Where the entry met the watch item. */
  readonly spans: readonly Span[]
  readonly grade: Grade
  readonly claims: readonly BareClaim[]
  /** Why other places of the entry claim nothing, for `explain`. */
  readonly remarks: readonly string[]
  readonly fingerprint: Fingerprint
}

/** What a reading changed. */
export interface Judgement {
  readonly standing: Standing
  /** Names the story that the entry tells. */
  readonly story: string
  readonly decided: readonly { readonly claim: Claim; readonly decision: Decision }[]
}

/** The one evaluator: live, backfill, replay, preview and explain all ask it. */
export interface Judge {
  /** Matches an entry against all watch items and reads what it claims. Keeps nothing. */
  readonly read: (entry: SeenEntry) => Reading[]
  /**
   * Folds a reading into where its question stands. Fold in order of `entry.at`. What outlets that are muted for the
   * question say is kept, and decides nothing.
   */
  readonly fold: (standing: Standing, reading: Reading, muted?: readonly string[]) => Judgement
  readonly add: (item: WatchItem) => void
  readonly remove: (itemId: string) => void
}

export interface JudgeOptions {
  readonly items: readonly WatchItem[]
  readonly kinds: ReadonlyMap<string, Kind>
  /** The grade of a registrable domain. */
  readonly gradeOf: (outlet: string) => Grade
  /** What the evidence policy asks for; the shipped one unless given. */
  readonly policy?: EvidencePolicy
}

/** What reading an entry for a watch item goes by. */
interface Watched {
  readonly item: WatchItem
  readonly target: Target
  readonly makers: ReadonlySet<string>
}

/** A watch item, its question read when an entry first meets it: of many questions few are met, and reading takes long. */
type Waiting = () => Watched

/** Makes the evaluator. Throws where a watch item names a kind that is not there. */
export function createJudge(options: JudgeOptions): Judge {
  const percolator = createPercolator()
  const watched = new Map<string, Waiting>()
  const add = (item: WatchItem): void => {
    const kind = options.kinds.get(item.kind)
    if (!kind)
      throw new Error(
        `watch item "${item.id}": there is no kind "${item.kind}" (config/kinds/${item.kind}.yaml)`,
      )
    const others = [...options.kinds.values()].filter((other) => other !== kind)
    percolator.add(item.id, queryOf(item))
    let read: Watched | undefined
    watched.set(item.id, () => (read ??= readItem(item, kind, others)))
  }
  for (const item of options.items) add(item)
  return {
    add,
    remove: (itemId) => {
      percolator.remove(itemId)
      watched.delete(itemId)
    },
    fold: (standing, reading, muted = []) =>
      fold(standing, reading, { policy: options.policy ?? defaultPolicy, muted }),
    read: (entry) => {
      const document = documentOf(entry)
      return percolator.match(document).flatMap(({ id, spans }) => {
        const one = watched.get(id)?.()
        if (!one || entry.at < one.item.since) return []
        const grade = gradeFor(entry.outlet, one, options.gradeOf)
        const official = grade === 'official'
        const { claims, remarks } = readClaims(entry, document, spans, one.target, official)
        const fingerprint = fingerprintOf(entry.url, document.title, document.text)
        return [{ itemId: id, entry, spans, grade, claims, remarks, fingerprint }]
      })
    },
  }
}

function readItem(item: WatchItem, kind: Kind, others: readonly Kind[]): Watched {
  const target = readQuestion(item, kind, others)
  return { item, target, makers: makersOf(item, target) }
}

/** Names of those whose own outlet is official: who the question says acts, what the subject is called. */
function makersOf(item: WatchItem, target: Target): Set<string> {
  const capital = [...item.context, ...item.subject].filter((word) => /^\p{Lu}/u.test(word))
  const firsts = item.subject
    .flatMap((alias) => [alias.split(/[\s-]/u)[0] ?? '', alias.split(/[\s-]/u).slice(0, 2).join('')])
    .filter((word) => /^[\p{Lu}\d]/u.test(word))
  const names = [...capital, ...firsts, ...target.actors].map(outletNameKey)
  return new Set(names.filter((name) => name.length > 2))
}

/** Domains that anybody may hold beside the maker's own one: there the name alone proves nothing. */
const openSuffixes =
  /\.(?:ai|io|co|app|dev|me|tv|cc|xyz|news|blog|info|site|online|club|top|shop|live|tech|world|today|pro)$/u

/** Whether an outlet is its maker's own: a label of its domain is the name, not merely holds it (acme.com, not acme-news.com). */
function isOwn(outlet: string, makers: ReadonlySet<string>, grade: Grade): boolean {
  if (makers.has(outletNameKey(outlet))) return true
  if (grade === 'other' && openSuffixes.test(outlet)) return false
  const labels = outlet.split('.').map(outletNameKey)
  const bare = labels.map((label) => label.replace(siteWords, ''))
  const whole = new Set([...labels, ...bare])
  return [...outletNames(outlet), ...bare].some((name) => whole.has(name) && makers.has(name))
}

/** What projects and companies put before or behind their name in a domain (ruby-lang.org, godotengine.org, getacme.com). */
const siteWords =
  /^(?:get|try|use|join|play)|(?:lang|language|project|foundation|linux|engine|browser|hq|labs|inc|corp|games|studios?|software|powered|database|server|desktop)$/u

/** A maker's own word settles questions about its own things; about others' it is one more report. */
function gradeFor(outlet: string, watched: Watched, gradeOf: (outlet: string) => Grade): Grade {
  if (watched.item.official.includes(outlet)) return 'official'
  const grade = gradeOf(outlet)
  if (grade === 'aggregator') return grade
  if (isOwn(outlet, watched.makers, grade)) return 'official'
  return grade === 'official' ? 'established' : grade
}

/** What folding goes by beside the standing. */
interface Rules {
  readonly policy: EvidencePolicy
  /** Outlets whose word does not count for the question. */
  readonly muted: readonly string[]
}

/** Readings without what muted outlets had said: it must not corroborate either. */
function heard(readings: readonly KeptReading[], muted: readonly string[]): readonly KeptReading[] {
  if (muted.length === 0) return readings
  return readings.map((one) => (muted.includes(one.outlet) ? { ...one, claims: [] } : one))
}

/** Why a person's word keeps a reading from deciding anything; null where none does. */
function whySetAside(
  { rejected }: Standing,
  kept: KeptReading,
  { muted, isOfficial }: { readonly muted: readonly string[]; readonly isOfficial: boolean },
): string | null {
  if (muted.includes(kept.outlet)) return `${kept.outlet} is muted for this question`
  const story = rejectedStory(rejected ?? [], { ...kept, isOfficial })
  return story === null ? null : `a person rejected this story: ${rejectionWords[story.reason]}`
}

/** Places a reading among the stories told so far and decides each of its claims. */
function fold(standing: Standing, reading: Reading, { policy, muted }: Rules): Judgement {
  const { entry } = reading
  const entryId = `${entry.outlet} ${entry.id}`
  const known = heard(standing.readings, muted).filter((one) => one.entryKey !== entry.key)
  const others = known.filter((one) => !isRevision(one, entryId, reading.fingerprint))
  const placed = placeInStories(entry, reading.fingerprint, others)
  const claims = reading.claims.map((claim) => keptClaim(claim, reading, placed.origin))
  const kept = {
    ...reading.fingerprint,
    entryKey: entry.key,
    entryId,
    outlet: entry.outlet,
    at: entry.at.toISOString(),
    ...placed,
    claims,
  }
  const decided: { claim: Claim; decision: Decision }[] = []
  const setAside = whySetAside(standing, kept, { muted, isOfficial: reading.grade === 'official' })
  if (setAside !== null) {
    for (const claim of inOrder(claims))
      decided.push({ claim: thaw(claim), decision: { kind: 'unchanged', reason: setAside } })
    const readings = remember(others, { ...kept, claims: [] })
    return { standing: { ...standing, readings }, story: placed.story, decided }
  }
  let current: Standing = standing
  const corrected = correct(current, { known, others }, claims, policy)
  if (corrected) {
    current = corrected.standing
    decided.push({ claim: corrected.claim, decision: corrected.decision })
  }
  const before = others.flatMap((one) => one.claims)
  for (const claim of inOrder(claims)) {
    const result = decide(current, claim, before, policy)
    current = result.standing
    decided.push({ claim: thaw(claim), decision: result.decision })
  }
  return { standing: { ...current, readings: remember(others, kept) }, story: placed.story, decided }
}

/** The same entry again, edited; what only shares the address (another feed's title for it) is a copy, not a revision. */
function isRevision(one: KeptReading, entryId: string, print: Fingerprint): boolean {
  if (one.entryId !== entryId || (one.body.length > 0 && print.body.length === 0)) return false
  return similarity(one.title, print.title) >= 0.3 || similarity(one.body, print.body) >= 0.3
}

const weight = { happened: 0, cancelled: 1, delayed: 2, announced: 3, rumoured: 4 } as const

/** The claims of one entry, the weightiest first: what happened is not announced any more. */
function inOrder(claims: readonly KeptClaim[]): KeptClaim[] {
  const rank = (claim: KeptClaim): number => (claim.signal === null ? 9 : weight[claim.signal])
  const [first, ...rest] = claims.toSorted((a, b) => rank(a) - rank(b))
  if (!first) return []
  return first.certainty === 'hedged' ? [first, ...rest] : [first]
}

function keptClaim(claim: BareClaim, reading: Reading, origin: string): KeptClaim {
  const { entry, grade } = reading
  const certainty = claim.hedged ? 'hedged' : grade === 'official' ? 'official' : 'reported'
  return {
    entryKey: entry.key,
    url: entry.url ?? entry.discussionUrl ?? '',
    outlet: entry.outlet,
    grade,
    at: entry.at.toISOString(),
    signal: claim.signal,
    certainty,
    window: claim.window,
    quote: claim.quote,
    origin,
    begun: claim.begun,
  }
}
