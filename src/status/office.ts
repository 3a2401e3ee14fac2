import type { Mention, Scene } from './mention.ts'
import { singular } from './inflect.ts'
import { offices } from './lexicon.ts'
import { isVerb } from './mention.ts'

/** How an office and a person are said to belong together. */
export interface OfficeHeld {
  readonly mood: 'fact' | 'future' | 'denied-future' | 'nominee'
  /** The word that ties them. */
  readonly at: number
}

const nominees =
  /^(nominee|pick|choice|candidate|contender|frontrunner|favorite|favourite|selection|finalist)$/u
const over = /^(former|ex|ousted|outgoing|departing|past|first|only|acting|interim|not)$/u

/**
 * Reads "X is Acme's new chief", "X will not be the next chief of Acme" and, the other way round, "Acme's next chief will
 * not be X". What the office is must be named as the question names it.
 */
export function readOffice(scene: Scene, mention: Mention): OfficeHeld | null {
  for (const [at, word] of scene.words.entries()) {
    if (!/^(is|be|isn't)$/u.test(word.text) || isInside(mention, at)) continue
    const before = phraseBefore(scene, at)
    const after = phraseAfter(scene, at)
    const isInverted = mention.npFrom > at && mention.npFrom < at + 7 && mention.npTo <= after.to
    const office = isInverted ? before : mention.npTo > before.from && mention.npTo <= at ? after : null
    if (!office || !namesOffice(scene, office, mention)) continue
    const mood = moodOf(scene, at, office)
    return mood === null ? null : { mood, at }
  }
  return null
}

function moodOf(scene: Scene, at: number, office: Stretch): OfficeHeld['mood'] | null {
  const texts = scene.words.slice(Math.max(0, at - 3), at + 2).map((one) => one.text)
  const isAhead = texts.some((text) => /^(will|to|won't)$/u.test(text))
  const isDenied = texts.some((text) => text === 'not' || text.endsWith("n't"))
  const held = scene.words.slice(office.from, office.to)
  if (held.some((one) => nominees.test(one.text))) return isDenied ? null : 'nominee'
  if (isDenied) return isAhead ? 'denied-future' : null
  if (isAhead) return 'future'
  return texts.includes('be') ||
    held.some((one) => over.test(one.text)) ||
    !held.some((one) => offices.has(one.text))
    ? null
    : 'fact'
}

interface Stretch {
  readonly from: number
  readonly to: number
}

function isInside(mention: Mention, at: number): boolean {
  return at >= mention.from && at < mention.to
}

/** The words of the clause before the auxiliaries of a verb. */
function phraseBefore(scene: Scene, at: number): Stretch {
  let from = at
  while (from > 0 && scene.words[from - 1]?.kind !== 'mark') from -= 1
  return { from, to: at }
}

/** The words after a verb, up to a mark, a conjunction or another verb. */
function phraseAfter(scene: Scene, at: number): Stretch {
  let to = at + 1
  while (to < scene.words.length && scene.words[to]?.kind !== 'mark' && !endsPhrase(scene, to)) to += 1
  return { from: at + 1, to }
}

function endsPhrase(scene: Scene, at: number): boolean {
  return (
    isVerb(scene, at) || /^(and|but|who|that|as|after|when|because|in)$/u.test(scene.words[at]?.text ?? '')
  )
}

/** Whether a stretch names the office: a telling word of the question that is not the person's name. */
function namesOffice(scene: Scene, { from, to }: Stretch, mention: Mention): boolean {
  const own = new Set(scene.words.slice(mention.from, mention.to).map((word) => word.text))
  const modals = /^(will|be|become|is|next|new)$/u
  return scene.words
    .slice(from, to)
    .some(
      (word) =>
        !own.has(word.text) &&
        !offices.has(word.text) &&
        !modals.test(word.text) &&
        scene.target.named.has(singular(word.text)),
    )
}
