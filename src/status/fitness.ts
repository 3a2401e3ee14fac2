import { singular } from './inflect.ts'
import { clauseOpeners, prepositions, reporting, timeWords } from './lexicon.ts'
import type { Hit } from './cues.ts'
import type { Mention, Scene } from './mention.ts'
import type { Manner } from './mood.ts'
import { elsewhere, isAuthority, isStep } from './place.ts'
import { asks, type Target } from './question.ts'
import { leadsToNamed, objectFits } from './object-fits.ts'
import { wrongOffice } from './office-fits.ts'
import { saidByOutsiders } from './outsiders.ts'
import { baseForm } from './own-verb.ts'
import { agentIs, takesObject, type Relation } from './relation.ts'

/** A verb of the kind and the subject, found to belong together. */
export interface VerbRead {
  readonly scene: Scene
  readonly mention: Mention
  readonly hit: Hit
  readonly relation: Relation
  readonly manner: Manner
}

/** Why a verb that belongs to the subject does not speak of what the question asks, or null where it does. */
export function misfit(read: VerbRead): string | null {
  return (
    saidOfReaders(read) ??
    saidByOutsiders(read) ??
    anotherDeed(read) ??
    anotherBid(read) ??
    wrongOffice(read) ??
    wrongMatter(read) ??
    wrongRole(read) ??
    wrongAgent(read) ??
    elsewhere(read)
  )
}

/** "as we edge closer to the end of X": not who the news is about. */
function saidOfReaders({ scene, hit, manner }: VerbRead): string | null {
  const agent = scene.words[manner.chain - 1]?.text ?? ''
  const isTried = hit.cue.role === 'announced' && /^(?:try|test|demo|get|set|attempt)$/u.test(hit.cue.text)
  return (hit.cue.role === 'rumoured' || isTried) && /^(?:we|you|i)$/u.test(agent)
    ? 'said of the readers'
    : null
}

/** "orders Acme to pay", where the question is whether Acme is made to sell. */
function anotherDeed({ scene, hit, mention }: VerbRead): string | null {
  const { made } = scene.target
  if (made.size === 0 || (hit.cue.event >= 0 && made.has(baseForm(scene.words[hit.at]?.text ?? ''))))
    return null
  const isNamed = scene.words.some(
    (word, at) =>
      (at < mention.from || at >= mention.to) &&
      (made.has(singular(word.text)) || made.has(baseForm(word.text))),
  )
  return isNamed ? null : 'it is made to do something else'
}

const rivalBid = /\b(?:rival|hostile|competing) (?:\S+ )?(?:bid|offer|proposal|approach|takeover)\b/u

/** "rejects rival bid": what is undone is not what stands. */
function anotherBid({ scene, hit }: VerbRead): string | null {
  if (hit.cue.role !== 'cancelled') return null
  const after = scene.words.slice(hit.at, hit.at + 5).map((word) => word.text)
  const another = hit.cue.event < 0 ? rivalBid : /\b(?:rivals?|hostile|competing|second|higher|lower)\b/u
  return another.test(after.join(' ')) ? 'another bid' : null
}

/** "X is delayed" speaks of a sale of X only where the sale is named. */
function wrongMatter(read: VerbRead): string | null {
  const { scene, mention, hit } = read
  const { role, text } = hit.cue
  if (role === 'event' || role === 'begun' || role === 'fulfilled') return null
  const { target } = scene
  // It is enough to eye the subject itself, as a buyer does.
  if (role === 'rumoured' && asks(target, 'intended')) return null
  if (putsOff(read) || hit.cue.event >= 0) return null
  const own = isMatter(target) || namesObject(scene, mention)
  // "Will Acme cut jobs?": a rule or a bill for Acme is another thing.
  const isOfMatter = mention.matter && !target.asAgent
  if (own || mention.event !== null || isOfMatter || comesToNamed(read)) return null
  return `"${text}" is said of the subject, not of what is asked about it`
}

/** "X is coming to London", where the question is whether X starts in London. */
function comesToNamed({ scene, hit, relation }: VerbRead): boolean {
  return (
    relation === 'subject' &&
    scene.target.asAgent &&
    /^(?:come|be coming|head to|be headed to|be bound for|expand|arrive)$/u.test(hit.cue.text) &&
    (leadsToNamed(scene, hit.end) || leadsToNamed(scene, hit.end - 1))
  )
}

/** Whether nothing stands beside the subject in the question. */
export function isAlone({ solo, objects }: Target): boolean {
  return solo && objects.size === 0
}

/** Whether the subject itself is what is released or decided on; who acts on something else is not. */
export function isMatter(target: Target): boolean {
  if ((target.asAgent && target.objects.size > 0) || target.made.size > 0) return false
  if (isAlone(target)) return true
  const isDocument = target.topics.size === 0 && !target.needsAbout && !target.beside
  return asks(target, 'matter') || (isDocument && asks(target, 'named'))
}

/** "the Acme phone", where the question is whether Acme releases a phone. */
export function namesObject({ words, target }: Scene, mention: Mention): boolean {
  return (
    asks(target, 'matter') &&
    target.asAgent &&
    words.slice(mention.from, mention.npTo).some((word) => target.objects.has(singular(word.text)))
  )
}

/** "Acme delays the fee", where the question asks whether Acme raises the fee. */
function putsOff(read: VerbRead): boolean {
  const { target } = read.scene
  if (asks(target, 'reversible')) return false
  const { asAgent, objects } = target
  return asAgent && objects.size > 0 && read.relation === 'subject' && hasObject(read)
}

/** Words with which what goes before is explained. */
const asides = /^(?:due|over|amid|despite|citing|following|with|by|from)$/u

/** Whether what the question asks about stands after the verb, before the clause is over. */
function hasObject({ scene, hit }: VerbRead): boolean {
  const after = scene.words.slice(hit.end)
  const end = after.findIndex(
    (word) =>
      (word.kind === 'mark' && !/^[$€£%&/(]$/u.test(word.text)) ||
      clauseOpeners.has(word.text) ||
      asides.test(word.text),
  )
  return (end < 0 ? after : after.slice(0, end)).some(
    (word, i) => scene.target.objects.has(singular(word.text)) && after[i + 1]?.glued !== true,
  )
}

/** Who does what to whom: the subject must take the part that the question gives it. */
function wrongRole(read: VerbRead): string | null {
  const { mention, hit, relation } = read
  const elseDone = `the subject does "${hit.cue.text}" to something else`
  switch (hit.cue.role) {
    case 'fulfilled':
      return null
    case 'event':
      return relation === 'object' ? wrongObject(read) : wrongSubject(read, elseDone)
    default:
      if (isWholeWording(read)) return null
      if (doesOther(read)) return elseDone
      if (hit.cue.role === 'begun' && asks(read.scene.target, 'undergone') && read.manner.mood === 'future')
        return null
      if (/^(?:head to|be headed to|be bound for)$/u.test(hit.cue.text)) return null
      return relation === 'subject' && mention.event === null && isActive(read) && !putsOff(read)
        ? elseDone
        : null
  }
}

/** "X tries to sing": what the subject plans to do is read from its own verb. */
function doesOther({ scene, hit, relation }: VerbRead): boolean {
  const { role, rest } = hit.cue
  if (relation !== 'subject' || rest.length > 0 || !/^(?:announced|rumoured|begun)$/u.test(role)) return false
  return scene.words[hit.end]?.text === 'to' && scene.words[hit.end + 1]?.capital !== true
}

/** A wording of the event itself that says who does what ("rejects the offer", "accepts Acme's offer"). */
function isWholeWording(read: VerbRead): boolean {
  const { cue } = read.hit
  const { asAgent, objects } = read.scene.target
  if (cue.event < 0 || cue.rest.length === 0) return false
  if (cue.role !== 'cancelled') return namesAsked(read)
  return !asAgent || objects.size === 0 || read.relation === 'object' || hasObject(read)
}

/** "accepts Acme's offer", where the question names Acme. */
function namesAsked({ scene, hit, mention }: VerbRead): boolean {
  const own = new Set(scene.words.slice(mention.from, mention.to).map((word) => word.text))
  return scene.words
    .slice(hit.at + 1)
    .some((word) => !own.has(word.text) && word.capital && scene.target.named.has(singular(word.text)))
}

/** "Ads come to X", where the question is whether X gets ads. */
function objectsAct({ scene, manner }: VerbRead): boolean {
  return scene.words
    .slice(manner.clause, manner.chain)
    .some((word) => scene.target.objects.has(singular(word.text)))
}

/** "Acme brings a dark mode to X", "gives X a dark mode", "updates X with a dark mode", where the question is whether X gets one. */
function isGiven({ scene: { words, target }, hit, manner, mention }: VerbRead): boolean {
  if (!target.gains || !/^(?:fact|progress|future)$/u.test(manner.mood)) return false
  return words.some(
    (word, at) =>
      at > hit.at &&
      (at < mention.from || at >= mention.to) &&
      target.objects.has(singular(word.text)) &&
      !words.slice(Math.min(hit.at, at), at).some(({ text }) => /^[:;—]$/u.test(text)),
  )
}

function wrongObject(read: VerbRead): string | null {
  const { scene, hit } = read
  const { asAgent, objects } = scene.target
  // "cuts funding for X", where the question is whether X loses its funding
  if (hit.cue.rest.some((word) => objects.has(word)) || scene.target.table.events[hit.cue.event]?.reversible)
    return null
  return asAgent &&
    objects.size > 0 &&
    !objectsAct(read) &&
    !isGiven(read) &&
    !namesObject(scene, read.mention)
    ? `somebody does "${hit.cue.text}" to the subject`
    : null
}

function wrongSubject(read: VerbRead, elseDone: string): string | null {
  const { mention, hit, scene } = read
  const { asAgent, objects } = scene.target
  if (isRelative(scene, mention)) return 'a relative clause'
  if (mention.event !== null || hit.cue.own) return null
  if (isPluralNoun(read)) return `"${hit.cue.text}" is a noun here`
  const isWhole = hit.cue.rest.length > 0 && (!hit.cue.separable || namesEvent(read))
  if (isActive(read) && !isWhole && !(asAgent && (objects.size > 0 || actsOnNamed(read)))) return elseDone
  return asAgent && !objectFits(read) ? `"${hit.cue.text}" is about something else` : null
}

/** "phone bans and what they do": who is banned bans nobody. */
function isPluralNoun({ scene, hit, manner }: VerbRead): boolean {
  const text = scene.words[hit.at]?.text ?? ''
  const isNoun = scene.target.table.events[hit.cue.event]?.nouns.includes(text.replace(/s$/u, '')) === true
  return !scene.target.asAgent && text.endsWith('s') && isNoun && !manner.passive && doneTo.test(hit.cue.text)
}

/** Verbs whose subject is never what they are done to. */
const doneTo =
  /^(?:ban|fine|sue|block|recall|order|purchase|sentence|pardon|charge|limit|mandate|demand|cut)$/u

/** "raise * in ipo": the wording has the event's own noun. */
function namesEvent({ scene, hit }: VerbRead): boolean {
  const nouns = scene.target.table.events[hit.cue.event]?.nouns ?? []
  return hit.cue.rest.some((word) => nouns.includes(word))
}

/** "an ad that X delivers": it speaks of the ad. */
function isRelative({ words, verbsAt }: Scene, { stop }: Mention): boolean {
  if (!/^(?:that|which)$/u.test(words[stop]?.text ?? '')) return false
  const before = words[stop - 1]
  return before?.kind === 'word' && !verbsAt.has(stop - 1) && !reporting.has(before.text)
}

/** Whether the verb has an object of its own. A bare participle in a headline is passive. */
function isActive({ scene, hit, manner }: VerbRead): boolean {
  if (manner.passive || !takesObject(scene, hit)) return false
  const { forms } = hit.cue
  const helper = scene.words[manner.chain]?.text ?? ''
  const bareParticiple =
    forms.includes('participle') &&
    !forms.includes('base') &&
    !forms.includes('third') &&
    !/^(?:has|have|had|it's|we've|they've)$/u.test(helper)
  return (
    !bareParticiple ||
    scene.target.asAgent ||
    /^(the|a|an|its|their|his|her|new|our|my)$/u.test(scene.words[hit.end]?.text ?? '')
  )
}

const workplaces = /^(company|firm|role|post|job|position|office|helm|board)$/u

/** "leaves Acme", where the question names Acme; "leaves company". */
function actsOnNamed({ scene, hit }: VerbRead): boolean {
  const rest = scene.words.slice(hit.end)
  const end = rest.findIndex(
    (word, i) =>
      word.kind === 'mark' ||
      (prepositions.has(word.text) && !rest[i + 1]?.glued) ||
      timeWords.has(word.text) ||
      word.text === 'to',
  )
  const last = (end < 0 ? rest : rest.slice(0, end)).at(-1)
  return last !== undefined && (workplaces.test(last.text) || scene.target.named.has(singular(last.text)))
}

function wrongAgent(read: VerbRead): string | null {
  const { scene, hit, relation, manner } = read
  const { role, text } = hit.cue
  if (relation !== 'object' || hit.cue.own || role === 'cancelled' || role === 'rumoured') return null
  if (scene.target.table.events[hit.cue.event]?.reversible || isGiven(read)) return null
  if (role !== 'event' && role !== 'fulfilled' && isAuthority(scene, manner)) return null
  if (role === 'delayed' && isThing(scene, manner)) return null
  return agentIs(scene, manner) === 'stranger' && !isStep(scene, manner)
    ? `somebody else does "${text}"`
    : null
}

/** "Supply snags delay X": at the beginning of a title a plural in small letters follows, no name. */
function isThing({ words }: Scene, { clause, chain }: Manner): boolean {
  const agent = words.slice(clause, chain)
  const last = agent.at(-1)
  return (
    agent.length >= 2 &&
    last !== undefined &&
    /^(?:snags?|shortages?|problems?|issues?|trouble|troubles|bugs?|strikes?|weather|wind|winds|storms?|fires?|crunch|rows?|disputes?|protests?|lawsuits?|costs?|tariffs?|shutdown|glitch|glitches|leaks?|faults?|flaws?|concerns?|worries|fears|talks|backlash|outcry|feud|feuds|delays?|squabbles?|infighting|challenge|challenges|reshoots)$/u.test(
      last.text,
    )
  )
}
