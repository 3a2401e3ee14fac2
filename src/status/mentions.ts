import { conjunctions, determiners, prepositions, reporting, timeWords } from './lexicon.ts'
import type { Hit } from './cues.ts'
import { singular } from './inflect.ts'
import { readHead } from './head.ts'
import { isVerb, type Mention, type Scene } from './mention.ts'
import { planRanges } from './plan.ts'
import { readTail } from './tail.ts'
import { otherVersion } from './version.ts'
import type { Word } from './words.ts'

interface Found {
  readonly mentions: readonly Mention[]
  readonly remarks: readonly string[]
}

/** Finds the noun phrases that mean the subject in a sentence; `places` are the subject's spans in it. */
export function mentionsOf(scene: Scene, places: readonly { start: number; end: number }[]): Found {
  const remarks: string[] = []
  const ranges = places.map((place) => rangeOf(scene, place))
  const own = merge(
    scene,
    ranges.filter((range) => isWhole(scene, range)).map((range) => afterVerb(scene, range, ranges)),
  ).map(([from, to]) => mention(scene, from, to, false))
  for (const one of own) if (one.other !== null) remarks.push(`about another thing (${one.other})`)
  const self = own.filter((one) => one.self)
  const echoes = places.length === 0 ? echoesOf(scene) : eventEchoes(scene, own)
  return { mentions: [...self, ...echoes, ...(self.length > 0 ? plansOf(scene) : [])], remarks }
}

function rangeOf(scene: Scene, place: { start: number; end: number }): [number, number] {
  const from = scene.words.findIndex((word) => word.end > place.start)
  const after = scene.words.findIndex((word) => word.start >= place.end)
  return [from, after < 0 ? scene.words.length : after]
}

/** An alias does not reach over a colon or a dash, nor into another clause. */
function isWhole(scene: Scene, [from, to]: [number, number]): boolean {
  const isEnd = ({ text }: Word, i: number): boolean =>
    (/^[:;—?]$/u.test(text) && !scene.target.aliasWords.has(`${scene.words[from + i]?.text ?? ''}${text}`)) ||
    (/^(?:as|after|while|because|but|that|who|when|if)$/u.test(text) && !scene.target.aliasWords.has(text))
  return !scene.words.slice(from + 1, to).some(isEnd)
}

/**
 * An alias whose words a verb parts ("Acme delays R5" for "Acme R5") is what stands behind the verb, where a number or
 * another alias keeps it from being a common word.
 */
function afterVerb(
  scene: Scene,
  [from, to]: [number, number],
  all: readonly [number, number][],
): [number, number] {
  const isOwned = scene.target.actors.has(scene.words[from]?.text ?? '')
  for (let at = to - 2; at > from; at -= 1) {
    const isFollowed = all.some(([other]) => other > at && other <= to)
    const isNumbered = scene.words.slice(at + 1, to).some((word) => /\d/u.test(word.text))
    if ((isOwned || isNumbered || isFollowed) && partsAlias(scene, at)) return [at + 1, to]
  }
  return [from, to]
}

/** Whether the word is a verb in a form that only a verb has, or behind "to". */
function partsAlias({ words, verbsAt }: Scene, at: number): boolean {
  const isGlued = words[at]?.glued === true || words[at + 1]?.glued === true
  const isForm = /(?:[^s]s|ed|ing)$/u.test(words[at]?.text ?? '') || words[at - 1]?.text === 'to'
  return !isGlued && isForm && verbsAt.has(at)
}

/** Overlapping and neighbouring aliases are one mention ("Acme OS 9 'Nile'"). */
function merge(scene: Scene, ranges: readonly [number, number][]): [number, number][] {
  const merged: [number, number][] = []
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0] || b[1] - a[1])) {
    const last = merged.at(-1)
    const gap = last ? scene.words.slice(last[1], from) : []
    if (last && (from <= last[1] || (gap.length <= 1 && gap.every((w) => w.text === '('))))
      last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  return merged
}

function mention(scene: Scene, from: number, end: number, echo: boolean): Mention {
  const to = end + (hasPlus(scene, end) ? 1 : 0)
  const tail = readTail(scene, to)
  const tie = tieOf(scene, from)
  const head = readHead(scene, tie === 'partner' ? from - 1 : from)
  const base = whyOther(scene, { from, to, end, echo })
  const other = tie === 'other' ? `…-${scene.words[from]?.text ?? ''}` : (base ?? tail.other)
  return {
    from,
    to,
    npFrom: head.from,
    npTo: tail.to,
    event: tail.event ?? head.event ?? eventInside(scene, from, to),
    matter: tail.matter || head.matter || isMatterNoun(scene, to - 1),
    aspect: tail.aspect,
    vague: tail.vague,
    self: (other ?? '') === '',
    other: other === '' ? null : other,
    stop: head.stop,
    stopKind: head.stopKind,
    denied: head.denied,
    echo,
  }
}

/** Why a name is not the subject's by itself; null where it is. */
function whyOther(scene: Scene, at: { from: number; to: number; end: number; echo: boolean }): string | null {
  const another = baseline(scene, at.from, at.to) ?? otherPlus(scene, at.end)
  return another ?? (at.echo ? null : otherVersion(scene, at.from, at.to))
}

function hasPlus({ words }: Pick<Scene, 'words'>, to: number): boolean {
  const next = words[to]
  return next?.text === '+' && next.start === words[to - 1]?.end && words[to + 1]?.text !== '+'
}

/** "Acme+" is not "Acme". */
function otherPlus({ words, target }: Scene, to: number): string | null {
  const last = words[to - 1]
  if (!last || last.text.length < 2) return null
  const isPlus = hasPlus({ words }, to)
  if (isPlus === target.plussed.has(last.text)) return null
  return isPlus ? `${last.text}+` : `${last.text} without +`
}

/** What a hyphen ties to the subject's front: "all-X" nothing, "the Acme-X merger" both sides of it, else another thing. */
function tieOf(scene: Scene, from: number): 'partner' | 'other' | null {
  if (scene.words[from]?.glued !== true) return null
  const before = scene.words[from - 1]?.text ?? ''
  if (/^(all|fully|next|new|long|first|now)$/u.test(before)) return null
  return scene.target.actors.has(singular(before)) ? 'partner' : 'other'
}

/** The subject's own name ends in what is decided ("the Clean Water Act"). */
function isMatterNoun(scene: Scene, at: number): boolean {
  return scene.target.table.matters.has(singular(scene.words[at]?.text ?? ''))
}

/**
 * Where the question asks for what comes beside a thing that was there: the plain thing is another, the thing with a name
 * of its own added is meant (''). Null where there is no such thing in the question.
 */
function baseline(scene: Scene, from: number, to: number): string | null {
  for (const name of scene.target.baselines) {
    const parts = name.flatMap((n) => n.split('-'))
    const words = scene.words.slice(from, to).map((w) => w.text)
    if (parts.length > words.length || !parts.every((p, i) => words[i] === p)) continue
    const next = scene.words[to]
    const added = next?.glued === true && !/^\d/u.test(next.text)
    return added ? '' : `${name.join(' ')}, which was there before`
  }
  return null
}

/** In a sentence after one about the subject: "it", "the model", "the launch", "an early launch". */
function echoesOf(scene: Scene): Mention[] {
  const found: Mention[] = []
  for (const [at, word] of scene.words.entries()) {
    // "the browser" is not the maker that the question is about
    const isThing = scene.target.asAgent && scene.target.objects.size > 0
    const isPronoun = /^(it|they)$/u.test(word.text) && (at === 0 || scene.verbsAt.has(at - 1))
    if (isPronoun || (!isThing && isPointedAt(scene, at, word.text)))
      found.push(mention(scene, at, at + 1, true))
  }
  return [...found, ...eventNounsOf(scene)]
}

/** "the model", "its bill" */
function isPointedAt(scene: Scene, at: number, text: string): boolean {
  const before = scene.words[at - 1]?.text ?? ''
  const { companions } = scene.target.table
  return (
    /^(the|its|this|that|their|his|her)$/u.test(before) &&
    (companions.has(text) || companions.has(singular(text)))
  )
}

/** Beside the subject itself, the event's noun standing by itself ("as deal is delayed", "an early launch"). */
function eventEchoes(scene: Scene, own: readonly Mention[]): Mention[] {
  return eventNounsOf(scene).filter(
    (echo) => !own.some((one) => echo.from >= one.npFrom && echo.from < one.npTo),
  )
}

/** Where the question asks what the subject does: "plan to convert", "its for-profit plan". */
function plansOf(scene: Scene): Mention[] {
  return planRanges(scene).map(([from, to]) => {
    const one = mention(scene, from, to, true)
    const npTo = one.other === null ? Math.max(one.to, one.npTo) : one.to
    return { ...one, self: true, other: null, npTo, event: from, matter: true }
  })
}

function eventNounsOf(scene: Scene): Mention[] {
  const found: Mention[] = []
  for (const [at, hit] of scene.eventNouns) {
    if (hit.at !== at || (scene.verbsAt.has(at) && !isNounAfter(scene, at))) continue
    if (!isNamed(scene, hit)) continue
    const one = mention(scene, hit.at, hit.end, true)
    if (one.self && !hasOwnName(scene, one)) found.push({ ...one, event: at })
  }
  return found
}

/** The subject's own name may be the event's ("the plastic bag ban"). */
function eventInside(scene: Scene, from: number, to: number): number | null {
  for (let at = from; at < to; at += 1) if (scene.eventNouns.has(at)) return at
  return null
}

/** Where a question asks for a document by name, other documents beside the subject are not it. */
function isNamed({ target }: Scene, hit: Hit): boolean {
  return !target.table.events[hit.cue.event]?.named || target.needsAbout || target.topics.has(hit.cue.text)
}

/** "an early summer launch", "gets a €5 million fine": a word that could be a verb is a noun behind what begins a noun phrase. */
function isNounAfter(scene: Scene, at: number): boolean {
  for (let i = at - 1; i >= 0 && i >= at - 5; i -= 1) {
    const word = scene.words[i]
    if (!word || (word.kind === 'mark' && !/^[$€£%]$/u.test(word.text)) || modal.test(word.text)) return false
    if (isFinisher(scene, i)) return true
    if (determiners.has(word.text) || word.possessive || word.kind === 'number') return true
    if (isVerb(scene, i)) return governsNoun(scene, i, at)
  }
  return false
}

/** "finalizes corporate restructuring", "delays launch": the object of a verb that tells how an event stands. */
function isFinisher(scene: Scene, at: number): boolean {
  return scene.hits.some(
    (hit) =>
      hit.cue.type === 'verb' &&
      hit.cue.event < 0 &&
      hit.end - 1 === at &&
      /(?:s|ed)$/u.test(scene.words[hit.at]?.text ?? ''),
  )
}

const modal =
  /^(?:to|will|would|could|may|might|should|must|can|is|are|was|were|be|been|being|has|have|had)$/u

/** Behind another verb the form in -ing is a noun where no object follows ("completes restructuring"). */
function governsNoun(scene: Scene, verb: number, at: number): boolean {
  if (reporting.has(scene.words[verb]?.text ?? '')) return false
  const text = scene.words[at]?.text ?? ''
  return text.endsWith('ing') ? isLoneGerund(scene, at) : !text.endsWith('ed')
}

function isLoneGerund(scene: Scene, at: number): boolean {
  const next = scene.words[at + 1]
  const isOver = !next || next.kind === 'mark' || conjunctions.has(next.text) || prepositions.has(next.text)
  return scene.words[at]?.text.endsWith('ing') === true && isOver
}

/** "the Acme launch" is about Acme, not about the subject, unless Acme is who the question means. */
function hasOwnName(scene: Scene, one: Mention): boolean {
  const content = scene.words.filter((word) => word.kind === 'word' && word.text.length > 3)
  if (content.every((word) => word.capital)) return false
  return scene.words
    .slice(Math.max(0, one.stop + 1), one.from)
    .some(
      (word) =>
        word.capital &&
        !determiners.has(word.text) &&
        !scene.target.actors.has(word.text) &&
        !adjectives.test(word.text) &&
        !timeWords.has(word.text),
    )
}

const adjectives =
  /^(possible|potential|imminent|early|late|official|final|new|public|full|big|us|eu|uk|summer|spring|fall|winter|next|first)$/u

/** The noun phrase around the words from `from` to `to`; `echo`: they only take the subject up again. */
export { mention as mentionAt }
