import { windowText } from '../report/date-window.ts'
import { maskUrl, maskUrls } from '../report/mask-url.ts'
import { count, dayText, momentText, untilText } from '../report/people-time.ts'
import { clip, oneLine } from '../report/plain.ts'
import { isSettled } from '../report/status-words.ts'
import type { Status } from '../status/status.ts'
import { isItemAlert, type Alert, type AlertEvidence } from './alert.ts'

/** The few words that say what an alert is about: "announced → delayed", "overdue". */
export function headline(alert: Alert): string {
  switch (alert.kind) {
    case 'status-changed':
      return `${alert.from} → ${alert.to}`
    case 'date-changed':
      return `date moved: ${promise(alert.from)} → ${promise(alert.to)}`
    case 'corrected':
      return alert.from === alert.to
        ? `corrected: the date (still ${alert.to})`
        : `corrected: ${alert.from} → ${alert.to}`
    case 'disputed':
      return `disputed (${alert.status})`
    case 'overdue':
      return 'overdue'
    case 'feed-blind':
      return 'no sight'
    case 'feed-restored':
      return 'sight is back'
    case 'channel-failing':
      return `${clip(alert.channel, 60)} ${alert.givenUp === undefined ? 'cannot be reached' : 'refuses what it is sent'}`
    case 'all-quiet':
      return 'all quiet'
    case 'test':
      return 'test'
  }
}

/** One sentence that explains the headline where it needs it; null where the headline says it all. */
export function explanation(alert: Alert): string | null {
  switch (alert.kind) {
    case 'status-changed':
      return expectation(alert)
    case 'date-changed':
      return `${still(alert)}.`
    case 'corrected':
      return `What we told you before no longer stands: ${sentence(alert.reason)}`
    case 'disputed':
      return `Credible outlets contradict each other: ${sentence(alert.reason)} ${still(alert)}.`
    case 'overdue':
      return `${oneLine(alert.expected)} has passed (until ${dayText(new Date(alert.promisedUntil))}) and nothing came. ${still(alert)}.`
    case 'feed-blind':
      return `${seeingText(alert)}: silence means nothing now. Last known: ${alert.status}.`
    case 'feed-restored':
      return `${alert.healthy} of ${count(alert.total, 'feed')} can be read again. Nothing was seen since ${dayText(alert.blindSince)}. Last known: ${alert.status}.`
    case 'channel-failing':
      return failure(alert)
    case 'all-quiet':
      return `Nothing moved since ${dayText(alert.since)}: ${count(alert.questions, 'question')} under watch, ${alert.healthy} of ${count(alert.total, 'feed')} healthy.`
    case 'test':
      return `This is how openwatch reaches you on ${alert.channel}.`
  }
}

/** What an alert is about: the question, or openwatch itself. */
export function subjectMatter(alert: Alert): string {
  return isItemAlert(alert) ? alert.item.question : 'openwatch'
}

/** How the promised date moved so far; nothing where the alert is about no question. */
export function slippageOf(alert: Alert): readonly string[] {
  return isItemAlert(alert) ? alert.slippage : []
}

/** Where the question stands after the alert; null where it is about none. */
export function statusAfter(alert: Alert): Status | null {
  if (!isItemAlert(alert)) return null
  return alert.kind === 'status-changed' || alert.kind === 'corrected' ? alert.to : alert.status
}

/** The sentences that carry an alert, the deciding one first; none where it is about time or feeds. */
export function evidenceOf(alert: Alert): readonly AlertEvidence[] {
  return 'evidence' in alert ? alert.evidence : []
}

/** "3 independent origins", or null where there is nothing to count. */
export function originsText(alert: Alert): string | null {
  return 'origins' in alert && alert.origins > 1 ? `${alert.origins} independent origins` : null
}

const listedFeeds = 5

/** The feeds that cannot be read, a line each; the first few, and how many more. */
export function feedLines(alert: Alert): readonly string[] {
  if (alert.kind !== 'feed-blind') return []
  const lines = alert.feeds.slice(0, listedFeeds).map((feed) => {
    const next = feed.nextTry === null ? '' : ` (tried again ${untilText(feed.nextTry, alert.at)})`
    return `${clip(maskUrl(feed.url), 120)}: ${clip(maskUrls(feed.reason), 100)}${next}`
  })
  const more = alert.feeds.length - listedFeeds
  return more > 0 ? [...lines, `and ${more} more`] : lines
}

type Failing = Extract<Alert, { kind: 'channel-failing' }>

/** What is wrong with a channel and what becomes of its alerts; where it refuses them, how they are sent after all. */
function failure({ channel, failingSince, error, waiting, givenUp }: Failing): string {
  const why = `since ${momentText(failingSince)}: ${sentence(clip(maskUrls(error), 200))}`
  const wait = `${count(waiting, 'alert')} ${waiting === 1 ? 'waits' : 'wait'} for it`
  if (givenUp === undefined) return `Nothing has gone through ${why} ${wait}.`
  const given = `${count(givenUp, 'alert')} given up${waiting === 0 ? '' : `, ${wait}`}`
  return `Refused ${why} ${given}; openwatch alerts retry --channel ${clip(channel, 60)} once it is mended.`
}

function promise(words: string | null): string {
  return words === null ? 'no date' : clip(words, 60) || 'no date'
}

/** "Still delayed", and since when where that is not the day of the alert. */
function still({
  status,
  since,
  at,
}: {
  readonly status: Status
  readonly since: Date
  readonly at: Date
}): string {
  const day = dayText(since)
  return day === dayText(at) ? `Still ${status}` : `Still ${status}, since ${day}`
}

function expectation(alert: Extract<Alert, { kind: 'status-changed' }>): string | null {
  if (alert.expected === null || isSettled(alert.to)) return null
  return alert.expected === windowText(null)
    ? 'No date is promised now.'
    : `Expected ${oneLine(alert.expected)}.`
}

function sentence(text: string): string {
  const line = oneLine(text)
  return /[.!?…]$/.test(line) ? line : `${line}.`
}

/** "Only 3 of 24 feeds can be read", "None of 24 feeds can be read", "Its only feed cannot be read". */
function seeingText({ healthy, total }: { readonly healthy: number; readonly total: number }): string {
  if (total === 1 && healthy === 0) return 'Its only feed cannot be read'
  return `${healthy === 0 ? 'None' : `Only ${healthy}`} of ${count(total, 'feed')} can be read`
}
