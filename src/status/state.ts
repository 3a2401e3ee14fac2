import type { Asserted } from './asserted.ts'
import { singular } from './inflect.ts'
import { maybes, negations } from './lexicon.ts'
import type { Mention, Scene } from './mention.ts'
import { isHedged } from './mood.ts'
import { opensOwnClause } from './relation.ts'

const copulas =
  /^(?:is|are|becomes?|became|goes|went|turns?|turned|returns?|returned|switches|switched|reverts?|converts?|now)$/u

/** "Acme is profitable again": the subject is said to be what the question asks whether it will be. */
export function readState(scene: Scene, mention: Mention): Asserted[] {
  const { complement } = scene.target
  if (complement.length === 0 || mention.echo) return []
  const made = makingBefore(scene, mention)
  const isGoverned =
    mention.stopKind === 'preposition' || (mention.stopKind === 'verb' && !opensOwnClause(scene, mention))
  const verb = made === null && !isGoverned ? copulaAfter(scene, mention.npTo) : null
  const from = made === null ? verb?.at : mention.npTo
  if (from === undefined || !isThere(scene, from)) return []
  const signal = made ?? verb?.signal ?? 'happened'
  const hedged = signal === 'rumoured' || isHedged(scene, 0, scene.words.length)
  return [
    {
      signal,
      hedged,
      at: from,
      end: from + 1,
      past: false,
      because: 'it is what is asked about',
      begun: false,
    },
  ]
}

/** "makes X profitable", "wants to make X profitable" */
function makingBefore({ words }: Scene, { npFrom }: Mention): 'happened' | 'announced' | 'rumoured' | null {
  const verb = words[npFrom - 1]?.text ?? ''
  if (/^(?:makes|made)$/u.test(verb)) return 'happened'
  if (!/^(?:make|making)$/u.test(verb)) return null
  const before = words[npFrom - 2]?.text ?? ''
  const control = words[npFrom - 3]?.text ?? ''
  if (
    maybes.has(before) ||
    /^(?:wants?|hopes?|wishes|considers?|tries|trying|asks?|seeks?|considering|weighs)$/u.test(
      before === 'to' ? control : before,
    )
  )
    return 'rumoured'
  return before === 'to' || before === 'will' ? 'announced' : null
}

/** The verb after the subject that ties it to what it is. */
function copulaAfter(
  { words }: Scene,
  npTo: number,
): { at: number; signal: 'happened' | 'announced' } | null {
  let at = npTo
  let isAhead = false
  while (
    /^(?:will|to|officially|finally|has|have|soon|also|once|be|become|go|return)$/u.test(
      words[at]?.text ?? '',
    )
  ) {
    isAhead ||= /^(?:will|to|soon)$/u.test(words[at]?.text ?? '')
    at += 1
  }
  const text = words[at]?.text ?? ''
  if (isAhead && at > npTo + 1) return { at, signal: 'announced' }
  return copulas.test(text) ? { at: at + 1, signal: 'happened' } : null
}

/** Whether most words of what is asked stand within a few words, and no negation before them. */
function isThere({ words, target }: Scene, from: number): boolean {
  const near = words.slice(from, from + 3 + target.complement.length)
  const end = near.findIndex(
    (word) =>
      word.kind === 'mark' ||
      negations.has(word.text) ||
      /^(?:if|when|as|because|but|than|unless|over|after|for|in|on|by|with|from)$/u.test(word.text),
  )
  const texts = (end < 0 ? near : near.slice(0, end)).map((word) => singular(word.text))
  const met = target.complement.filter((word) => texts.includes(word)).length
  return met > 0 && met >= target.complement.length * 0.6
}
