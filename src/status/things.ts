import { singular } from './inflect.ts'
import { determiners } from './lexicon.ts'
import { isVerb, type Mention, type Scene } from './mention.ts'
import { mentionAt } from './mentions.ts'
import { isTitled } from './words.ts'

/** What the subject is to do something to, read as what is asked about. */
export interface Things {
  readonly scene: Scene
  readonly mentions: readonly Mention[]
}

/**
 * Where the question asks what the subject does to a thing ("Will Acme release its ring?"), the news tell it of the thing as
 * well: "Acme's ring delayed". Null where the question or the sentence has none.
 */
export function thingsOf(scene: Scene, mentions: readonly Mention[]): Things | null {
  const { target } = scene
  if (target.thing === null || !target.asAgent || mentions.every((one) => one.echo)) return null
  const asked: Scene = { ...scene, target: { ...target, asAgent: false, objects: new Set(), thing: null } }
  const found: Mention[] = []
  for (const [at, word] of scene.words.entries()) {
    if (singular(word.text) !== target.thing || isVerb(scene, at)) continue
    const named = mentions.find((one) => !one.echo && at >= one.from && at < one.to)
    const one = mentionAt(asked, named?.from ?? at, at + 1, true)
    if (one.self && !isOfOthers(scene, one)) found.push(one)
  }
  return found.length > 0 ? { scene: asked, mentions: found } : null
}

/** "Bolt's ring": somebody else's, by its possessive or by a name before it. */
function isOfOthers({ words, target }: Scene, { stop, from }: Mention): boolean {
  const titled = isTitled(words)
  return words
    .slice(stop + 1, from)
    .some(
      (word, i) =>
        !target.actors.has(word.text) &&
        !determiners.has(word.text) &&
        (word.possessive || (word.capital && !titled && stop + 1 + i > 0)),
    )
}
