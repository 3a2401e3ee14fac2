import type { ActedOnItem } from '../pipeline/act-on-item.ts'
import type { ItemNotice } from './pages/item-page.tsx'

/** What was done, in sentences: an address names one of them, and can say nothing else. */
const sentences = {
  acknowledged: 'Acknowledged: the report shows that this was seen.',
  snoozed: 'Its alerts are held, and sent when the time is over.',
  'snoozed-to-change': 'Its alerts are held until its status changes.',
  awake: 'Its alerts are not held any more; what waited is sent now.',
  muted: 'The outlet is muted: what it says is kept, and decides nothing for this question.',
  unmuted: 'The outlet counts for this question again.',
  corrected:
    'Corrected: the question stands otherwise without that story, and those who were told of it are told.',
  rejected: 'Rejected: the story counts no longer. The question stands as before, since others say the same.',
  'taken-back': 'The story counts again.',
  paused: 'The watch is paused.',
  resumed: 'The question is watched again. What came meanwhile was judged, and nobody was told of it.',
  removed: 'The question is not watched any more. What is known of it is kept.',
  added: 'The question is under watch.',
  edited: 'The question was changed.',
} as const

type DoneCode = keyof typeof sentences

/** The code of the sentence about what was done. */
export function doneCode(acted: ActedOnItem): DoneCode {
  switch (acted.kind) {
    case 'snoozed':
      return acted.how.toChange ? 'snoozed-to-change' : acted.how.until === null ? 'awake' : 'snoozed'
    case 'rejected':
      return acted.correction === null ? 'rejected' : 'corrected'
    case 'muted':
    case 'unmuted':
    case 'taken-back':
      return acted.kind
    default:
      return 'acknowledged'
  }
}

/** The sentence that an address names; null where it names none. */
export function doneWords(code: unknown): ItemNotice | null {
  if (typeof code !== 'string' || !Object.hasOwn(sentences, code)) return null
  return { isDone: true, text: sentences[code as DoneCode] }
}
