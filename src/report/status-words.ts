import type { Certainty, Status } from '../status/status.ts'

/** How a status is shown wherever there are only characters: the symbol fills as the answer nears. */
export const statusSymbols: Readonly<Record<Status, string>> = {
  open: '○',
  rumoured: '◔',
  announced: '◑',
  delayed: '»',
  happened: '●',
  cancelled: '✕',
}

/** The statuses that end a question: nothing is expected any more. */
export function isSettled(status: Status): boolean {
  return status === 'happened' || status === 'cancelled'
}

/** How surely a sentence was said, in words for people. */
export const certaintyWords: Readonly<Record<Certainty, string>> = {
  official: 'official word',
  reported: 'reported',
  hedged: 'hedged',
}
