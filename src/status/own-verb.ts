import type { Hit } from './cues.ts'
import { verbsLike } from './alike-verbs.ts'
import { nounsOf } from './derived-nouns.ts'
import { eventVerbs } from './event-verbs.ts'
import { verbForms } from './inflect.ts'
import type { Kind, KindEvent } from './kind.ts'
import { commonVerbs } from './lexicon.ts'
import type { Word } from './words.ts'

/** By form, the base of every common verb. */
export const bases = new Map<string, string>()
for (const verb of [...commonVerbs, ...eventVerbs].filter((one) => one !== 'back'))
  for (const form of verbForms(verb).keys()) bases.set(form, verb)

/** The base form of a common verb; the word itself where it is none. */
export function baseForm(text: string): string {
  return bases.get(text) ?? text
}

/** Verbs that mean little without their object ("take a stake", "make phones safe"). */
export const light =
  /^(?:take|make|made|put|run|keep|have|has|give|do|be|bring|head|lead|break|complete|finish|continue|happen|become|go|come|see|hold|face|find)$/u

/** Verbs of questions that are as often their nouns. */
const nounLike =
  /^(?:report|test|plan|deal|study|claim|share|order|vote|measure|review|release|launch|debate)$/u

/** The question's own verb, where its event has other verbs only: who asks whether X is allowed is told so by "allows X". */
export function askedAlone(kind: Kind, [first]: readonly Hit[], words: readonly Word[]): KindEvent[] {
  const event = kind.events[first?.cue.event ?? -1]
  const verb = baseForm(words[first?.at ?? -1]?.text ?? '')
  if (!event || first?.cue.type !== 'verb' || first.cue.rest.length > 0) return []
  return isTelling(verb) ? ownWords(event, verb) : []
}

/** The event with the verb, or with the verb's noun where it knows the verb. */
function ownWords(event: KindEvent, verb: string): KindEvent[] {
  const isKnown = event.verbs.includes(verb) || event.own.includes(verb)
  const nouns = isKnown ? ownNoun(event, verb) : nounsOf(verb)
  return isKnown && nouns.length === 0
    ? []
    : [{ ...event, ...blank, verbs: isKnown ? [] : [verb], nouns: [...nouns] }]
}

/** The noun of a verb that its event knows, where the event has none of that verb ("legalise": legalisation). */
function ownNoun(event: KindEvent, verb: string): readonly string[] {
  const sure = /(?:i[sz]e|ify|ate|ct)$/u.test(verb)
  const nouns = nounsOf(verb)
  return sure && !nouns.some((noun) => event.nouns.includes(noun)) ? nouns : []
}

function isTelling(verb: string): boolean {
  return bases.has(verb) && !light.test(verb) && !nounLike.test(verb)
}

const none = { verbs: [], nouns: [], phrases: [] }
/** An event without words. */
const blank = { ...none, asked: [], headings: [], own: [], begun: none, undone: none }

/** An event that a question brings along: its own verb, without any other words. */
export function eventOf(words: readonly Word[], verb: number): KindEvent {
  const particle = words[verb + 1]?.text ?? ''
  const name = `${baseForm(words[verb]?.text ?? '')}${/^(back|up|out|off|down|over)$/u.test(particle) ? ` ${particle}` : ''}`
  return {
    name,
    ...blank,
    verbs: [name, ...verbsLike(name)],
    nouns: name.includes(' ') ? [] : [name, ...nounsOf(name)],
    intended: false,
    reversible: false,
    shown: false,
    declared: false,
    matter: false,
    named: false,
    undergone: false,
  }
}
