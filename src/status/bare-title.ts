import type { Asserted, Setting } from './asserted.ts'
import { singular } from './inflect.ts'
import { isVerb, type Mention, type Scene } from './mention.ts'
import { looksAhead } from './mood-signal.ts'
import { asks } from './question.ts'

/** "Foo 3" as the whole title of a page of its maker, or "Foo 3: the first …": it is there. */
export function bareTitle(scene: Scene, mentions: readonly Mention[], setting: Setting): Asserted[] {
  const own = mentions.find((mention) => !mention.echo)
  if (!setting.official || !setting.title || !asks(scene.target, 'shown') || !own) return []
  const isNumbered = scene.words.slice(own.from, own.to).some((word) => /\d/u.test(word.text))
  if (!(isNumbered && isBare(scene, own)) && !isPresented(scene, own, setting)) return []
  const because = 'the whole title of a page of its maker'
  return [
    { signal: 'happened', hedged: false, at: own.from, end: own.to, past: false, because, begun: false },
  ]
}

/** Whether nothing but the maker and what kind of thing it is stands beside the name. */
function isBare({ words, target }: Scene, own: Mention): boolean {
  const rest = words.filter((_, i) => i < own.from || i >= own.to)
  return rest.every(
    (word) =>
      target.actors.has(singular(word.text)) ||
      target.table.companions.has(word.text) ||
      target.table.companions.has(singular(word.text)) ||
      /^(?:the|by|from|with|new|:|—)$/u.test(word.text),
  )
}

/** "Foo 3: a phone for everybody", and nothing in the text that says that it is yet to come. */
function isPresented(scene: Scene, own: Mention, { entry }: Setting): boolean {
  const { words } = scene
  if (own.npFrom !== 0 || !/^[:—]$/u.test(words[own.npTo]?.text ?? '')) return false
  const first = words[own.npTo + 1]?.text ?? ''
  if (!/^(?:the|a|an|our|your|one)$|^[a-z]{4,}ing$/u.test(first) || first === 'upcoming') return false
  const isTold = words.some((_, at) => at > own.npTo + 1 && isVerb(scene, at))
  return !isTold && !looksAhead({ scene }) && !ahead.test(`${entry.title} ${entry.text}`)
}

const ahead =
  /\b(?:will|soon|coming|preview|beta|waitlist|later this|next (?:week|month|year)|pre-?orders?|early access|plan(?:s|ned|ning)?|prototype|concept|research|testing|safety|evaluat\w+|update on|road ?map|vision|future)\b/iu
