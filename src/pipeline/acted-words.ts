import { dayText, momentText } from '../report/people-time.ts'
import { oneLine } from '../report/plain.ts'
import { rejectionWords } from '../status/rejected.ts'
import type { ActedOnItem } from './act-on-item.ts'

/** What came of acting on a question, for people. `isDone`: false where nothing could be done. */
export interface ActedWords {
  readonly isDone: boolean
  readonly text: string
}

/** One sentence or two about what was done, or why not. */
export function actedWords(acted: ActedOnItem): ActedWords {
  switch (acted.kind) {
    case 'acknowledged':
      return done('Acknowledged. The report shows that this was seen.')
    case 'snoozed':
      return done(snoozeWords(acted.how))
    case 'over':
      return not(`${momentText(acted.until)} is over already. Choose a later time.`)
    case 'muted':
      return done(
        `${oneLine(acted.outlet)} is muted${acted.changed ? '' : ' already'}: what it says is kept, and decides nothing for this question.`,
      )
    case 'unmuted':
      return done(
        `${oneLine(acted.outlet)} counts for this question${acted.changed ? ' again, from now on' : ' already'}.`,
      )
    case 'rejected':
      return done(
        acted.correction === null
          ? 'Rejected. The story counts no longer; the question stands as before, since others say the same.'
          : `Corrected. Without this story the question stands at ${acted.standing.status}; those who were told of it are told.`,
      )
    case 'taken-back':
      return done(
        acted.correction === null
          ? 'Taken back. The story counts again; the question stands as before.'
          : `Taken back. The story counts again, and the question stands at ${acted.standing.status}.`,
      )
    default:
      return not(refusalWords(acted))
  }
}

type Refused = Extract<
  ActedOnItem,
  { readonly kind: 'no-item' | 'no-change' | 'no-evidence' | 'already' | 'not-rejected' }
>

function refusalWords(acted: Refused): string {
  switch (acted.kind) {
    case 'no-item':
      return 'There is no such question.'
    case 'no-change':
      return acted.last === 0
        ? 'The question stands where its watch began: there is no change to reject.'
        : `There is no such change; the newest is number ${acted.last}.`
    case 'no-evidence':
      return acted.change.kind === 'correction'
        ? 'This change is a correction: it rests on nobody’s word.'
        : 'This change rests on nobody’s word that is still stored.'
    case 'already':
      return `It was rejected already on ${dayText(acted.rejection.at)}: ${rejectionWords[acted.rejection.reason]}.`
    case 'not-rejected':
      return 'It was not rejected, so there is nothing to take back.'
  }
}

function snoozeWords({
  until,
  toChange,
}: {
  readonly until: Date | null
  readonly toChange: boolean
}): string {
  if (toChange) return 'Snoozed until its status changes. What else comes waits until then.'
  if (until === null) return 'Not snoozed any more. What waited is sent now.'
  return `Snoozed until ${momentText(until)}. What comes before is sent then.`
}

function done(text: string): ActedWords {
  return { isDone: true, text }
}

function not(text: string): ActedWords {
  return { isDone: false, text }
}
