import type { Hit } from './cues.ts'
import { isScheme, leadsTo } from './deed.ts'
import { singular } from './inflect.ts'
import { determiners, prepositions } from './lexicon.ts'
import { isVerb, type Scene } from './mention.ts'

/**
 * Where the question asks what the subject does: the words that speak of its plan to do so, end exclusive ("plan to convert",
 * "approval to convert", "its for-profit plan").
 */
export function planRanges(scene: Scene): [number, number][] {
  if (!scene.target.asAgent) return []
  const found: [number, number][] = []
  for (const [at, word] of scene.words.entries()) {
    if (word.kind === 'mark' || !leadsTo(scene, at) || isVerbHere(scene, at)) continue
    const verb = verbAfter(scene, at)
    const isNamed = isScheme(scene, at) && scene.target.named.has(singular(scene.words[at - 1]?.text ?? ''))
    if (verb) found.push([at, verb.end])
    else if (isNamed) found.push([at, at + 1])
  }
  return found
}

/** The verb of the event in "plan to …". */
function verbAfter(scene: Scene, at: number): Hit | undefined {
  if (scene.words[at + 1]?.text !== 'to') return undefined
  return scene.hits.find((hit) => hit.at === at + 2 && isAskedVerb(scene, hit))
}

function isAskedVerb(scene: Scene, { cue }: Hit): boolean {
  return cue.type === 'verb' && cue.role === 'event' && scene.target.events.has(cue.event)
}

/** "Acme plans to convert": a verb, not a noun. */
function isVerbHere(scene: Scene, at: number): boolean {
  const before = scene.words[at - 1]
  if (!before || !twofold.test(scene.words[at]?.text ?? '')) return false
  const isNoun =
    before.possessive ||
    before.glued ||
    determiners.has(before.text) ||
    prepositions.has(before.text) ||
    isVerb(scene, at - 1)
  return !isNoun
}

const twofold = /^(?:plans?|intent|bids?|agreement|effort|deal|ok|campaign|process)$/u
