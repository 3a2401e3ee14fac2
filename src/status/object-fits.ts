import type { Hit } from './cues.ts'
import { singular } from './inflect.ts'
import { prepositions } from './lexicon.ts'
import type { Scene } from './mention.ts'
import type { Word } from './words.ts'

/** Whether what a verb acts on is what the question asks about ("Acme cuts jobs", not "Acme cuts prices"). */
export function objectFits({ scene, hit }: { readonly scene: Scene; readonly hit: Hit }): boolean {
  const { objects, table } = scene.target
  if (objects.size === 0) return true
  // A measure's verbs are common ones: what it is about must be their object ("requires age checks").
  const isNamed = table.events[hit.cue.event]?.named === true && scene.target.needsAbout
  if (hit.cue.rest.some((word) => !/^(?:up|out|off|back|down|in|over|away)$/u.test(word)) && !isNamed)
    return true
  const rest = scene.words.slice(pastQuantity(scene, hit.end))
  if (isSum(rest) && [...objects].some((word) => money.has(word))) return true
  if (leadsToNamed(scene, hit.end)) return true
  const end = rest.findIndex((w, i) =>
    isPartOf(rest, i) ? false : w.kind === 'mark' || prepositions.has(w.text) || w.text === 'to',
  )
  if ((end === 0 && rest[0]?.text !== 'as') || rest.length === 0)
    return scene.words.slice(0, hit.at).some((word) => objects.has(singular(word.text)))
  return (isNamed && end >= 0 ? rest.slice(0, end) : rest).some(
    (word) => objects.has(word.text) || objects.has(singular(word.text)),
  )
}

/** "a tenth of its staff", "20% of its staff": a part of it is done to. */
function isPartOf(rest: readonly Word[], at: number): boolean {
  const text = rest[at]?.text ?? ''
  if (/^[%$€£]$/u.test(text)) return true
  return text === 'of' && portions.test(rest[at - 1]?.text ?? '')
}

const portions =
  /^(?:%|percent|half|third|quarter|fifth|tenth|most|all|part|parts|some|many|hundreds|thousands|dozens|tens|millions|number|bulk|rest|majority|portion)$/u

/** Past "over 1.1 million", "up to", "more than": how many they are. */
function pastQuantity({ words }: Scene, from: number): number {
  let at = from
  while (
    /^(?:over|up|to|about|around|under|near|nearly|more|less|than|as|many|roughly|some)$/u.test(
      words[at]?.text ?? '',
    )
  )
    at += 1
  return at > from && words[at]?.kind === 'number' ? at : from
}

const money = new Set('money funding funds fund capital cash round financing investment'.split(' '))

/** "$3.5B", "1.7B€", "5 million euros" */
function isSum([word, next]: readonly Word[]): boolean {
  if (word === undefined) return false
  const isUnit = /^(?:[$€£¥]|million|billion|trillion|euros?|dollars?)$/u.test(next?.text ?? '')
  return (
    /^[$€£¥]$/u.test(word.text) ||
    (word.kind === 'number' && (isUnit || /\d(?:bn?|mn?|tn?)$/u.test(word.text)))
  )
}

/** "launches in London", where the question names London: where it is to be is as good as what. */
export function leadsToNamed({ words, target }: Scene, end: number): boolean {
  const [preposition, name] = words.slice(end)
  return (
    /^(?:in|to|into|on)$/u.test(preposition?.text ?? '') &&
    name?.capital === true &&
    target.named.has(singular(name.text))
  )
}
