import type { Hit } from './cues.ts'
import { singular } from './inflect.ts'
import type { Mention, Scene } from './mention.ts'

/** "are back on X", where the question asks what comes back to X. */
export function isBehindPreposition({ words, target }: Scene, hit: Hit, { stop }: Mention): boolean {
  if (!target.beside || hit.cue.role !== 'event' || stop < hit.end || stop > hit.end + 4) return false
  const between = words.slice(hit.end, stop)
  return (
    /^(?:to|on|in|at|from|for)$/u.test(words[stop]?.text ?? '') &&
    between.every((word) => word.kind !== 'mark') &&
    (between.length === 0 || between.some((word) => target.named.has(singular(word.text))))
  )
}
