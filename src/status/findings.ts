import type { Asserted, Setting } from './asserted.ts'
import type { Cue } from './cues.ts'
import { singular } from './inflect.ts'
import { adverbs } from './lexicon.ts'
import { isVerb, type Scene } from './mention.ts'
import { isTitled } from './words.ts'

/** Verbs that tell what stands in a document: it is out. */
const telling =
  /^(?:says?|said|finds|found|shows?|showed|reveals?|revealed|raises?|raised|blames?|blamed|points?|pointed|concludes?|concluded|cites?|cited|suggests?|details?|detailed|identif(?:ies|ied)|describes?|faults?|faulted|criticizes?|criticizes|slams?|clears?|cleared|confirms?|warns?|warned|highlights?|notes?|explains?|indicates?|attributes?|recommends?|rules?|outlines?|exposes?|offers?|paints?|claims?|estimates?|answers?|leaves?|sheds?|lists?|states?)$/u

/** Words of a title that keep a document from being out. */
const pending =
  /^(?:draft|drafts|leaked|leak|upcoming|coming|delay|delayed|delays|deadline|date|rumor|rumour|waiting|awaits|due|expected|soon|missing|overdue|will|no|without|where|call|calls|demand|demands|request|plan|plans|promise|not|lack|lacks)$/u

/**
 * Where the question asks for a document ("the preliminary report on the crash"): what tells its findings, or is a page
 * whose title is the document's name, tells that it is out. `named`: the subject stands in the sentence.
 */
export function readFindings(scene: Scene, { title }: Pick<Setting, 'title'>, named: boolean): Asserted[] {
  if (!named) return []
  const found = scene.hits.find(
    ({ cue, at, end }) =>
      cue.type === 'noun' &&
      isAskedFor(scene, cue) &&
      documents.test(cue.text) &&
      scene.words[at - 1]?.glued !== true &&
      !isOfOthers(scene, at) &&
      ((title && isWholeTitle(scene, at)) || (isSpecified(scene, at) && tells(scene, end))),
  )
  if (!found) return concluded(scene)
  const { at, end } = found
  return [
    {
      signal: 'happened',
      hedged: false,
      at,
      end,
      past: true,
      because: `the ${found.cue.text} itself`,
      begun: false,
    },
  ]
}

/** Why it is out, where only what it says is told. */
export const conclusion = 'what the report concludes'

/** "…, agency concludes", where the question is when the agency's report comes. */
function concluded(scene: Scene): Asserted[] {
  const { words, target } = scene
  const asksReport = [...target.topics].some((topic) => documents.test(topic))
  const at = words.length - 1
  const isDone = /^(?:concludes?|concluded|finds?|found|determines?|determined)$/u.test(words[at]?.text ?? '')
  const comma = words.findLastIndex((word) => word.text === ',')
  const isOwn = words.slice(comma + 1, at).some((word) => target.actors.has(singular(word.text)))
  if (!asksReport || !isDone || comma < 0 || !isOwn) return []
  return [
    {
      signal: 'happened',
      hedged: false,
      at,
      end: at + 1,
      past: true,
      because: conclusion,
      begun: false,
    },
  ]
}

const documents =
  /(?:report|card|paper|audit|post-?mortem|finding|assessment|evaluation|statement|summary|review|explanation|addendum)$/u

/** "NTSB report", where the question is about another's. */
function isOfOthers({ words, target }: Scene, noun: number): boolean {
  if (target.actors.size === 0) return false
  const before = words[noun - 1]
  return (
    before?.capital === true &&
    !isTitled(words) &&
    noun > 0 &&
    !words.some((word) => target.actors.has(singular(word.text))) &&
    !target.named.has(singular(before.text))
  )
}

/** Whether it is the kind of document that the question asks for. */
function isAskedFor({ target }: Scene, cue: Cue): boolean {
  if (cue.role !== 'event' || !target.events.has(cue.event)) return false
  return target.table.events[cue.event]?.named !== true || target.topics.has(cue.text)
}

/** A title without a verb that is not of something to come. */
function isWholeTitle(scene: Scene, noun: number): boolean {
  if (scene.words.some((word) => pending.test(word.text) || word.text === '?')) return false
  const open = scene.words.findIndex((word) => /^[[(]$/u.test(word.text))
  const end = open < 0 ? scene.words.length : open
  return (
    noun < end &&
    !scene.words
      .slice(0, end)
      .some((word, at) => !scene.eventNouns.has(at) && isVerb(scene, at) && !word.capital) &&
    !scene.words.slice(0, end).some((_, at) => isTellingVerb(scene, at))
  )
}

/** A verb, even where all words of a title are capitalised. */
function isTellingVerb(scene: Scene, at: number): boolean {
  return (
    isVerb(scene, at) &&
    !scene.eventNouns.has(at) &&
    /(?:s|ed|ing)$|^(?:is|are|was|were|be|to)$/u.test(scene.words[at]?.text ?? '')
  )
}

/** "Preliminary Crash Report", not "a report": the question's own words stand before the noun. */
function isSpecified({ words, target }: Scene, noun: number): boolean {
  return words
    .slice(Math.max(0, noun - 4), noun)
    .some((word) => target.named.has(singular(word.text)) && !target.actors.has(word.text))
}

function tells({ words }: Scene, end: number): boolean {
  const next = words[end]
  const at = next !== undefined && adverbs.has(next.text) ? end + 1 : end
  return telling.test(words[at]?.text ?? '')
}
