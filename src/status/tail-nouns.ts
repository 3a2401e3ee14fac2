import type { Scene } from './mention.ts'
import { asks } from './question.ts'

/** "X shares begin trading": the shares do what is asked of X, told by a whole wording. */
export function isTraded(scene: Scene, at: number): boolean {
  if (!/^(?:shares?|stock)$/u.test(scene.words[at]?.text ?? '')) return false
  return scene.hits.some(
    ({ at: from, cue }) =>
      from === at + 1 &&
      cue.type === 'verb' &&
      cue.role === 'event' &&
      cue.rest.length > 0 &&
      !cue.separable &&
      scene.target.events.has(cue.event),
  )
}

/** "X users can get Y", where the question is whether X gets Y. */
export function isServed({ words, target }: Scene, at: number): boolean {
  const asksGift = [...target.events].some((event) =>
    /^(?:provision|feature)$/u.test(target.table.events[event]?.name ?? ''),
  )
  const next = words[at + 1]?.text ?? ''
  return (
    asksGift &&
    /^(?:users|owners|customers|subscribers|players)$/u.test(words[at]?.text ?? '') &&
    /^(?:can|will|now|get|to|gain|receive)$/u.test(next)
  )
}

/** Past "preview", "preview 2": the maker shows it, which tells that it is on its way; who tests a beta tells nothing new. */
export function pastEarly(scene: Scene, at: number): number {
  const text = scene.words[at]?.text ?? ''
  if (!asks(scene.target, 'shown') || !/^preview\d*$/u.test(text)) return at
  if (scene.target.named.has(text) || scene.verbsAt.has(at)) return at
  return scene.words[at + 1]?.kind === 'number' ? at + 2 : at + 1
}
