import type { Hit } from './cues.ts'
import { singular } from './inflect.ts'
import { futures, offices } from './lexicon.ts'
import type { Mention, Scene } from './mention.ts'
import { asks } from './question.ts'

interface OfficeRead {
  readonly scene: Scene
  readonly mention: Mention
  readonly hit: Hit
}

/** "named chief of Pretzel", where the question is about another office. */
export function wrongOffice({ scene, mention, hit }: OfficeRead): string | null {
  if (!asks(scene.target, 'undergone') || hit.cue.role !== 'event') return null
  const rest = scene.words.slice(Math.max(hit.end, mention.npTo))
  const stop = rest.findIndex((word) => word.kind === 'mark' || /^(after|despite|amid|but)$/u.test(word.text))
  const place = stop < 0 ? rest : rest.slice(0, stop)
  const isPlaced = place.some((word) => /^(as|to|of|at|for)$/u.test(word.text))
  const fits = place.some(
    (word) =>
      scene.target.named.has(acronyms.get(word.text) ?? '') ||
      (!offices.has(word.text) && scene.target.named.has(singular(word.text))),
  )
  // "confirms X will come": what follows is what is confirmed, not who.
  if (futures.has(scene.words[mention.npTo]?.text ?? '') && hit.at < mention.from) return 'not an office'
  const isBare = hit.cue.own === true && hit.cue.rest.length === 0
  if (isBare && !place.some((word) => offices.has(word.text))) return 'not an office'
  return isPlaced && !fits ? 'another office' : null
}

/** What tells one office from another, where it is written in short. */
const acronyms = new Map([
  ['ceo', 'executive'],
  ['coo', 'operating'],
  ['cfo', 'financial'],
  ['cto', 'technology'],
])
