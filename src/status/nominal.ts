import type { Hit } from './cues.ts'
import { prepositions, timeWords } from './lexicon.ts'
import { isVerb, type Mention, type Scene } from './mention.ts'

/** A status told by a noun beside the subject: "announces a delay of X", "X cancellation". */
export interface Told {
  readonly signal: 'delayed' | 'cancelled'
  /** The noun. */
  readonly at: number
  /** It is only expected or feared. */
  readonly hedged: boolean
}

/** Verbs that say, or let it be understood, that it is so. */
const affirming =
  /^(?:announc|confirm|reveal|report|admit|suffer|see|saw|extend|signal|mean|blam|apologi[sz]|explain|cit|caus|forc|prompt|hit|disclos|acknowledg|face|get|got|trigger|lead|led)(?:s|es|ed|e|ing|ting|t)?$/u
const guessing = /^(?:warn|fear|expect|predict|risk|threaten)(?:s|ed|ing)?$/u
const denying =
  /^(?:avoid|end|averted|avert|prevent|rule|den|refut|resolv|overcom|lift|end|escap|shrug)(?:s|es|ed|e|ing|y|ies|ied)?$/u
const passing = /^(?:from|over|after|amid|despite|following|without|since|before|until|if|any)$/u

/** Reads the noun of a status in the noun phrase of a mention; null where it tells none. */
export function readNominal(scene: Scene, mention: Mention): Told | null {
  const noun = statusNoun(scene, mention)
  if (noun === null || mention.denied) return null
  const before = scene.words.slice(0, Math.min(mention.npFrom, noun.at)).map((word) => word.text)
  const after = scene.words.slice(Math.max(mention.npTo, noun.end)).map((word) => word.text)
  if (before.some((text) => denying.test(text)) || denying.test(after[0] ?? '')) return null
  if (passing.test(before.at(-1) ?? '') || passing.test(before.at(-2) ?? '')) return null
  const isSaid =
    before.length === 0 || before.some((text) => affirming.test(text)) || isFragment(scene, mention)
  const isGuessed = before.some((text) => guessing.test(text))
  if (!isSaid && !isGuessed) return null
  const signal = noun.cue.role === 'delayed' ? 'delayed' : 'cancelled'
  return { signal, at: noun.at, hedged: isGuessed }
}

/** "X delay: what it means" */
function isFragment(scene: Scene, mention: Mention): boolean {
  return mention.stopKind === 'start' || mention.stopKind === 'mark'
}

function statusNoun(scene: Scene, mention: Mention): Hit | null {
  const inside = (hit: Hit): boolean =>
    (hit.at >= mention.npTo && hit.at <= mention.npTo) ||
    (hit.at < mention.from && hit.end <= mention.npFrom && tiesTo(scene, hit, mention))
  return (
    scene.hits.find(
      (hit) =>
        hit.cue.type === 'noun' &&
        (hit.cue.role === 'delayed' || hit.cue.role === 'cancelled') &&
        inside(hit) &&
        !isVerbHere(scene, hit),
    ) ?? null
  )
}

/** "delay of X", "delay to the X launch" */
function tiesTo(scene: Scene, hit: Hit, mention: Mention): boolean {
  const between = scene.words.slice(hit.end, mention.npFrom).map((word) => word.text)
  return /^(?:of|to|in|for|on)$/u.test(between[0] ?? '') && between.length <= 3
}

/** "X delays Y": a word that could be either is a verb where an object follows. */
function isVerbHere(scene: Scene, hit: Hit): boolean {
  const next = scene.words[hit.end]
  if (!scene.verbsAt.has(hit.at)) return false
  const isThird = scene.words[hit.at]?.text.endsWith('s') === true
  const isOver = !next || next.kind === 'mark' || isVerb(scene, hit.end)
  if (isOver) return false
  return isThird || !(prepositions.has(next.text) || timeWords.has(next.text) || scene.verbsAt.has(hit.end))
}
