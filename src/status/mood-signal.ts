import type { Claim } from './claim.ts'
import { isAlone, type VerbRead } from './fitness.ts'
import { isStep } from './place.ts'
import { timeWords } from './lexicon.ts'
import type { Mood } from './chain.ts'

/** What a verb in its mood signals. */
export interface Signal {
  readonly signal: NonNullable<Claim['signal']>
  readonly hedged: boolean
}

const stated: ReadonlySet<Mood> = new Set(['fact', 'progress', 'future'])
const thought: ReadonlySet<Mood> = new Set(['maybe', 'wish'])
const pending =
  /\b(?:(?:could|may|might|can) (?:still )?(?:veto|reject)|awaits?|awaiting|heads? to|pending|subject to|still (?:needs?|must|has to|have to)|needs? (?:final |to be )?(?:approval|approved|signed)|first reading|in principle|tentatively?|non ?binding|governor's desk|desk|preliminary|initially?|provisionally?|conditionally?|pre ?orders?)\b/u

/** "is recalling X": to say it is to do it. */
function isDeclared({ scene, hit, manner }: VerbRead): boolean {
  return manner.mood === 'progress' && scene.target.table.events[hit.cue.event]?.declared === true
}

/** The signal of a verb; null where it claims nothing. `official`: the outlet speaks of its own thing. */
export function signalOf(read: VerbRead, official: boolean): Signal | null {
  const { hit, manner, mention } = read
  const { mood } = manner
  if (mention.denied || (mention.vague && hit.cue.role !== 'delayed')) return null
  switch (hit.cue.role) {
    case 'event':
      return isDeclared(read) ? { signal: 'happened', hedged: false } : eventSignal(read, official)
    case 'fulfilled':
      return isOfAsked(read) ? eventSignal(read, official) : null
    case 'begun':
    case 'announced':
      return byMood(mood, 'announced', true)
    case 'rumoured':
      return byMood(mood, 'rumoured', true)
    case 'delayed':
      return byMood(mood, 'delayed', mood === 'maybe', read.manner.passive ? 'delayed' : 'rumoured')
    case 'cancelled':
      return cancelSignal(read)
  }
}

/** Whether what came about is what is asked: its noun is named, or the subject is what takes place. */
function isOfAsked({ mention, scene: { target } }: VerbRead): boolean {
  return mention.event !== null || mention.matter || isAlone(target) || target.agreed
}

function cancelSignal(read: VerbRead): Signal | null {
  const { mood } = read.manner
  if (read.hit.cue.event >= 0 && (mood === 'denied' || mood === 'denied-future')) return undoneNot(read)
  // "won't rule out": it is thought of.
  if (/^rule out\b/u.test(read.hit.cue.text) && mood.startsWith('denied'))
    return { signal: 'rumoured', hedged: true }
  return byMood(mood, isForNow(read) ? 'delayed' : 'cancelled', false)
}

/** What is stated signals its status; what is only thought is a rumour at most. */
function byMood(
  mood: Mood,
  signal: Signal['signal'],
  mayBeRumour: boolean,
  guessed: Signal['signal'] = 'rumoured',
): Signal | null {
  if (stated.has(mood)) return { signal, hedged: signal === 'rumoured' }
  return mayBeRumour && thought.has(mood) ? { signal: guessed, hedged: true } : null
}

function eventSignal(read: VerbRead, official: boolean): Signal | null {
  const { mood } = read.manner
  switch (mood) {
    case 'fact':
      if (isPassing(read)) return { signal: 'delayed', hedged: false }
      return { signal: isOnlyBegun(read) ? 'announced' : 'happened', hedged: false }
    case 'progress':
      return { signal: official && isItselfNews(read) ? 'happened' : 'announced', hedged: false }
    case 'future':
      return { signal: 'announced', hedged: false }
    case 'maybe':
    case 'wish':
      return guessOf(read)
    case 'denied-future':
      return { signal: isUntil(read) ? 'delayed' : 'cancelled', hedged: false }
    case 'denied':
      // "isn't launching until May"; "has not launched yet" only tells how it is
      return read.hit.cue.forms.includes('ing') && isUntil(read) ? { signal: 'delayed', hedged: false } : null
    default:
      return null
  }
}

/** What may come is a rumour; "dust might explain X" is a guess at the cause, nobody's plan. */
function guessOf({ hit }: VerbRead): Signal | null {
  return hit.cue.text === 'explain' ? null : { signal: 'rumoured', hedged: true }
}

/** "may not resume production", where the question is whether production ends. */
function undoneNot({ scene, hit, manner }: VerbRead): Signal | null {
  const chain = scene.words.slice(manner.clause, hit.at).map((word) => word.text)
  if (chain.some((text) => /^(?:may|might|could)$/u.test(text))) return { signal: 'rumoured', hedged: true }
  return manner.mood === 'denied-future' ? { signal: 'announced', hedged: false } : null
}

/** "stops production for a week": what ends for a while has not ended. */
function isPassing({ scene, hit }: VerbRead): boolean {
  if (scene.target.table.events[hit.cue.event]?.matter || !ending.test(hit.cue.text)) return false
  const rest = scene.words.slice(hit.end).map((word) => word.text)
  return /\b(?:for (?:a|an|one|two|three|four|five|six|several|\d+|the rest of the) (?:\w+ )?(?:days?|weeks?|months?|hours?)|temporarily)\b/u.test(
    rest.join(' '),
  )
}

const ending =
  /^(?:stop|halt|shut|close|turn off|switch off|pull|disable|cease|end|cut|take|suspend|block|ban|bar)/u

/** "We are introducing X", "Publishing X": the maker's own words are the event; "X is shutting down" is a plan. */
function isItselfNews(read: VerbRead): boolean {
  const event = read.scene.target.table.events[read.hit.cue.event]
  return event !== undefined && (event.matter || event.named) && !looksAhead(read)
}

/** "won't ship until May", "won't launch this year", "not by June": later, not never. */
function isUntil({ scene, hit, mention }: VerbRead): boolean {
  const rest = scene.words.slice(Math.max(hit.end, mention.npTo))
  return (
    rest.some((word) => /^(until|till|before|yet|soon)$/u.test(word.text)) ||
    rest.some(
      (word, i) =>
        isTimeOpener.test(word.text) &&
        timeWords.has(rest[i + 1]?.text ?? '') &&
        !(word.text === 'this' && scene.target.solo && scene.target.named.has(rest[i + 1]?.text ?? '')),
    ) ||
    /\b(?:in|by|during) (?:early |late |mid )?20\d\d\b|\bon time\b|\bfor now\b/u.test(
      rest.map((word) => word.text).join(' '),
    )
  )
}

const isTimeOpener = /^(this|by|in)$/u

/** A fact that does not settle it: a chamber's vote, a deal in the present tense of a headline, what a veto may undo. */
function isOnlyBegun(read: VerbRead): boolean {
  const { scene, hit, manner } = read
  const event = scene.target.table.events[hit.cue.event]
  if (event?.intended && !scene.target.agreed && hit.cue.forms.includes('third') && !manner.passive)
    return true
  if (
    isStep(scene, manner) &&
    !/^(?:fine|penali[sz]e|sanction|hit with|slap with|investigate|probe)$/u.test(hit.cue.text)
  )
    return true
  // "agrees to adopt X"
  if (hit.cue.rest.at(-1) === 'to' && scene.verbsAt.has(hit.end)) return true
  // What the question itself calls preliminary is no step to itself.
  const own = scene.words.filter((word) => !scene.target.named.has(word.text))
  return pending.test(own.map((word) => word.text).join(' '))
}

/** "temporarily blocks", "halts for now": it may come all the same. */
function isForNow({ scene }: VerbRead): boolean {
  return /\b(?:temporarily|for now|provisionally|preliminary)\b/u.test(
    scene.words.map((word) => word.text).join(' '),
  )
}

/** Whether a sentence speaks of a time to come. */
export function looksAhead({ scene }: Pick<VerbRead, 'scene'>): boolean {
  if (/\bpre ?orders?\b/u.test(scene.words.map((word) => word.text).join(' '))) return true
  return scene.words.some((word) =>
    /^(will|soon|coming|later|next|tomorrow|upcoming|plan|planning|planned|weeks|months|preorder|pre-order|preorders|waitlist)$/u.test(
      word.text,
    ),
  )
}
