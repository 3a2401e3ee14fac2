import type { Hit } from './cues.ts'
import { auxiliaries, futureNegations, futures, maybes, reporting } from './lexicon.ts'
import { isVerb, type Mention, type Scene } from './mention.ts'

/** "Acme to buy Y, launch X", "Acme buys Y and launches X": a further verb of the subject that opens the sentence. */
export function isCoordinated(scene: Scene, hit: Hit, mention: Pick<Mention, 'npTo' | 'stopKind'>): boolean {
  const chain = helpersBefore(scene, hit.at, mention.npTo)
  const joint = scene.words[chain - 1]?.text ?? ''
  if (mention.stopKind !== 'start' || !/^(?:,|and|&|but|then)$/u.test(joint) || hit.at - mention.npTo > 16)
    return false
  if (chain < hit.at) return isVerb(scene, mention.npTo) && !saysOfOthers(scene, mention.npTo)
  return agrees(scene, hit, mention.npTo)
}

/** Whether a verb without helpers has the form of the first one. */
function agrees(scene: Scene, hit: Hit, at: number): boolean {
  const first = scene.words[at]?.text ?? ''
  const word = scene.words[hit.at]?.text ?? ''
  if (first === 'to' || futures.has(first))
    return hit.cue.forms.includes('base') && !/(?:s|ed|ing)$/u.test(word)
  return isVerb(scene, at) && first.endsWith('s') && word.endsWith('s')
}

/** Where the auxiliaries before a verb begin. */
function helpersBefore({ words }: Scene, verb: number, from: number): number {
  let chain = verb
  while (chain > from && helpers.some((set) => set.has(words[chain - 1]?.text ?? ''))) chain -= 1
  return chain
}

const helpers = [auxiliaries, futures, futureNegations, maybes, new Set(['not'])]

/** "says Bolt will …": who speaks tells of another. */
function saysOfOthers(scene: Scene, at: number): boolean {
  return (
    reporting.has(scene.words[at]?.text ?? '') &&
    !/^(?:it|they|he|she|we)(?:'ll)?$/u.test(scene.words[at + 1]?.text ?? '')
  )
}
