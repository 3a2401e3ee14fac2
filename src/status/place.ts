import { chambers, institutions, memberStates } from './lexicon.ts'
import type { Scene } from './mention.ts'
import type { Manner } from './mood.ts'
import { asks, placesOf } from './question.ts'
import type { Hit } from './cues.ts'

/** A verb and how it stands, as far as it matters where it is done. */
interface Placed {
  readonly scene: Scene
  readonly hit: Hit
  readonly manner: Manner
}

/** A state or its regulator may clear, or hold up, what others do. */
export function isAuthority(scene: Scene, manner: Manner): boolean {
  const agent = scene.words.slice(manner.clause, manner.chain)
  return agent.some((word) => institutions.has(word.text)) || placesOf(agent).size > 0
}

/** Whether a chamber or a committee acts where the question names no such: a step, not the decision. */
export function isStep(scene: Scene, manner: Manner): boolean {
  // A senate's vote settles who is appointed.
  if (asks(scene.target, 'undergone')) return false
  const agent = scene.words.slice(manner.clause, manner.chain)
  const { institutions: asked, places: where } = scene.target
  if (agent.some((word) => chambers.has(word.text) && !asked.has(word.text))) return true
  const isFinal = scene.words.some((word) => /^final(?:ly|i[sz]es?)?$/u.test(word.text))
  return (
    where.has('eu') && !isFinal && agent.some((word) => unionBodies.has(word.text) && !asked.has(word.text))
  )
}

/** Bodies of the European Union: none of them decides alone. */
const unionBodies = new Set(
  'parliament commission council ministers ambassadors states countries governments'.split(' '),
)

/** Whether the clause speaks of another place or institution than the question. */
export function elsewhere({ scene, hit, manner }: Placed): string | null {
  const { target, words } = scene
  const agent = words.slice(manner.clause, manner.chain)
  const named = agent.filter((word) => institutions.has(word.text) && !chambers.has(word.text))
  const other =
    target.institutions.size > 0 &&
    named.length > 0 &&
    !named.some((word) => target.institutions.has(word.text))
  if (other && hit.cue.role === 'event') return 'another institution'
  if (target.places.size === 0) return null
  const acting = placesOf(agent)
  const isForeign = acting.size > 0 && ![...acting].some((place) => target.actingPlaces.has(place))
  if (target.actingPlaces.size > 0 && isForeign && !isMemberOf(acting, target.actingPlaces))
    return 'another place'
  const after = words.filter((_, i) => i > hit.at && words[i - 1]?.text === 'in')
  const places = placesOf([...agent, ...after])
  if (places.size === 0 || [...places].some((place) => target.places.has(place))) return null
  return isMemberOf(places, target.places) && hit.cue.role !== 'event' ? null : 'another place'
}

/** Whether all of some places belong to others. */
function isMemberOf(places: ReadonlySet<string>, wholes: ReadonlySet<string>): boolean {
  return [...places].every((place) => [...wholes].some((whole) => memberStates[whole]?.includes(place)))
}
