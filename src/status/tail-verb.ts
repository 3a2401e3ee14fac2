import {
  clauseOpeners,
  determiners,
  lightNouns,
  plans,
  prepositions,
  refusals,
  timeWords,
  wishes,
} from './lexicon.ts'
import { isVerb, type Scene } from './mention.ts'

/** A word that is both noun and verb ("launches", "deals") is the verb where a verb fits and no other follows. */
export function isFinite(scene: Scene, at: number): boolean {
  if (!scene.verbsAt.has(at) || !looksFinite(scene, at)) return false
  const next = scene.words[at + 1]
  const later = scene.words
    .slice(at + 1)
    .some((_, i) => isVerb(scene, at + 1 + i) || scene.verbsAt.has(at + 1 + i))
  const hasObject = next?.kind === 'number' || determiners.has(next?.text ?? '')
  return (
    !later ||
    !next ||
    hasObject ||
    next.kind === 'mark' ||
    prepositions.has(next.text) ||
    timeWords.has(next.text)
  )
}

/** A form in -s, or the base form behind a plural ("astronauts return"). */
function looksFinite({ words }: Scene, at: number): boolean {
  const text = words[at]?.text ?? ''
  const before = words[at - 1]
  if (text.endsWith('ss')) return false
  return text.endsWith('s') || (/[^siu]s$/u.test(before?.text ?? '') && before?.possessive === false)
}

/** "X issues a recall", "X risks 30 jobs": a form in -s before an object, or of a verb that goes with the event's noun. */
export function isThird(scene: Scene, at: number, text: string): boolean {
  if (!text.endsWith('s') || text.endsWith('ss')) return false
  const next = scene.words[at + 1]
  return (
    lightNouns.has(text) ||
    next?.kind === 'number' ||
    (next !== undefined && (determiners.has(next.text) || next.possessive))
  )
}

/** "Acme nails the landing": a form in -s where the clause has no other verb, before what a verb may act on. */
export function isOnlyVerb(scene: Scene, at: number, text: string): boolean {
  const next = scene.words[at + 1]
  if (!/[^siu]s$/u.test(text) || !next || next.kind === 'mark' || scene.words[at]?.quoted === true)
    return false
  for (let i = at + 1; i < scene.words.length; i += 1) {
    const word = scene.words[i]
    if (!word || word.kind === 'mark' || clauseOpeners.has(word.text)) break
    if (isVerb(scene, i) || scene.verbsAt.has(i) || isInfinitive(scene, i)) return false
  }
  return true
}

/** "to ship", not "to 64-bit time", "to Acme". */
function isInfinitive({ words }: Scene, at: number): boolean {
  const next = words[at + 1]
  if (words[at]?.text !== 'to') return false
  return next?.kind === 'word' && !next.capital && !determiners.has(next.text)
}

/** "X expects to": a verb that governs an infinitive. */
export function leadsToVerb({ words }: Scene, at: number, text: string): boolean {
  return words[at + 1]?.text === 'to' && (plans.has(text) || wishes.has(text) || refusals.has(text))
}
