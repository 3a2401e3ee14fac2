import type { Cue, CueRole, Hit } from './cues.ts'
import { isMatter } from './fitness.ts'
import { singular, verbForms, type VerbForm } from './inflect.ts'
import { auxiliaries, determiners, lightVerbs, prepositions, pronouns } from './lexicon.ts'
import { isVerb, type Mention, type Scene } from './mention.ts'

/** What a verb that says little by itself does with the noun of an event, or with a noun that leads to it. */
type Deed = keyof typeof lightVerbs | 'be'

interface Light {
  readonly deeds: ReadonlySet<Deed>
  readonly forms: readonly VerbForm[]
  readonly base: string
}

const light = new Map<string, Light>()
for (const [deed, list] of Object.entries(lightVerbs) as [Deed, string][])
  for (const base of list.split(/\s+/u))
    for (const [form, forms] of verbForms(base)) {
      const known = light.get(form)?.deeds ?? []
      light.set(form, { deeds: new Set([...known, deed]), forms, base })
    }

const nouns = (text: string): ReadonlySet<string> => new Set(text.split(' '))
const leave = nouns(
  'approval nod clearance permission blessing consent permit license licence waiver backing authorization authorisation endorsement go-ahead ahead light ok support',
)
const pact = nouns('deal agreement accord pact compromise settlement term consensus contract')
const paper = nouns(
  'paperwork registration prospectus application document paper statement draft filing petition request notice',
)
const day = nouns('date timeline schedule roadmap price range target detail window pricing term')
const talk = nouns('talk negotiation discussion dialogue interest speculation')
const offer = nouns('offer approach interest bid proposal')
const scheme = nouns(
  'plan proposal intent intention effort preparation process campaign push groundwork idea process groundwork',
)

/** Nouns behind that of an event ("sale talks", "removal timeline"): what is told is of them. */
export const aspects: ReadonlyMap<string, 'talk' | 'plan'> = new Map([
  ...[...talk, 'offer', 'approach', 'rumor', 'rumour', 'buzz', 'chatter'].map(
    (noun) => [noun, 'talk'] as const,
  ),
  ...[...paper, ...day, ...scheme, 'attempt'].map((noun) => [noun, 'plan'] as const),
])

/** What a verb does with a noun that leads to an event, the first that fits. */
const leading: readonly (readonly [nouns: ReadonlySet<string>, deeds: readonly Deed[], role: CueRole])[] = [
  [talk, ['begin', 'get', 'make', 'think', 'tell', 'be'], 'rumoured'],
  [leave, ['get', 'give'], 'announced'],
  [pact, ['make', 'get', 'tell', 'be', 'end'], 'announced'],
  [offer, ['make', 'get', 'tell', 'think'], 'rumoured'],
  [paper, ['tell', 'make'], 'announced'],
  [day, ['tell', 'get'], 'announced'],
  [scheme, ['think'], 'rumoured'],
  [scheme, ['tell', 'make', 'begin'], 'announced'],
]

/** The status that a verb and the noun that it governs tell of an event. */
function roleOf(deeds: ReadonlySet<Deed>, noun: string | null, event: string): CueRole | null {
  const has = (...some: readonly Deed[]): boolean => some.some((deed) => deeds.has(deed))
  if (noun === null) return bareRole(has, event)
  return leading.find(([nouns, done]) => nouns.has(noun) && has(...done))?.[2] ?? null
}

function bareRole(has: (...some: readonly Deed[]) => boolean, event: string): CueRole | null {
  if (has('end')) return 'fulfilled'
  if (/^(?:bid|bidding|auction|offer)s?$/u.test(event))
    return has('tell', 'make') ? 'rumoured' : has('get') ? 'announced' : null
  if (has('do', 'give')) return 'fulfilled'
  if (has('get')) return settled.test(event) ? 'fulfilled' : 'announced'
  if (has('make') && settled.test(event)) return 'fulfilled'
  if (has('make', 'tell')) return 'announced'
  return has('think') ? 'rumoured' : null
}

/** Nouns of what is settled once it is got. */
const settled =
  /^(?:approvals?|adoption|ratification|certification|confirmations?|licen[sc]es?|pardons?|clemency|fines?|penalt(?:y|ies)|sentences?|recalls?|exemptions?|extensions?|membership|settlements?)$/u

/** The verbs that say little by themselves and have the event of a mention, or what leads to it, as their object. */
export function lightHits(scene: Scene, mention: Mention): Hit[] {
  const place = governor(scene, mention)
  if (place === null) return []
  const verb = textAt(scene, place.verb)
  const isLed = place.noun !== null && (isMatter(scene.target) || asksForLeave(scene))
  if (mention.event === null && !mention.matter && !isLed) return []
  const found: Light = light.get(verb) ?? {
    deeds: new Set(['be']),
    forms: ['past', 'participle'],
    base: verb,
  }
  const role = isLeaveAsked(scene, place.noun, found.deeds)
    ? 'event'
    : roleOf(found.deeds, place.noun, textAt(scene, mention.event ?? mention.npFrom))
  if (role === null) return []
  const cue: Cue = {
    role,
    event: role === 'event' ? ([...scene.target.events][0] ?? -1) : -1,
    type: 'verb',
    text: [found.base, place.noun].filter(Boolean).join(' … '),
    rest: [],
    separable: false,
    forms: found.forms,
    // Who gets it is not who does it.
    ...(found.deeds.has('get') ? { own: true as const } : {}),
  }
  return [{ cue, at: place.verb, end: Math.max(place.verb, mention.stop) + 1 }]
}

function textAt(scene: Scene, at: number): string {
  return scene.words[at]?.text ?? ''
}

/** "receives a nod for X", where an approval is what is asked about. */
function isLeaveAsked({ target }: Scene, noun: string | null, deeds: ReadonlySet<Deed>): boolean {
  if (noun === null || !leave.has(noun) || !(deeds.has('get') || deeds.has('give'))) return false
  return asksForLeave({ target })
}

function asksForLeave({ target }: Pick<Scene, 'target'>): boolean {
  return [...target.events].some((at) => target.table.events[at]?.nouns.includes('approval'))
}

interface Governor {
  readonly verb: number
  /** The noun between the verb and the event, in the singular. */
  readonly noun: string | null
}

/** The verb that governs a noun phrase: "wins [approval for] X's sale", "in talks on X's sale". */
function governor(scene: Scene, mention: Mention): Governor | null {
  const own = ownNoun(scene, mention)
  const { stop } = mention
  const within = verbWithin(scene, mention)
  if (within !== null) return { verb: within, noun: own }
  if (mention.stopKind === 'verb' || mention.stopKind === 'report') return ofVerb(scene, stop, own)
  if (mention.stopKind !== 'preposition' || stop < 0) return null
  return own !== null && isStated(scene, stop) ? { verb: stop, noun: own } : pastPreposition(scene, stop, own)
}

/** The verb itself, or the verb before the noun that leads to it ("reach a deal to allow X's sale"). */
function ofVerb(scene: Scene, stop: number, own: string | null): Governor | null {
  if (textAt(scene, stop - 1) === 'to' && leadsTo(scene, stop - 2)) return pastNoun(scene, stop - 2)
  const verb = light.has(textAt(scene, stop)) ? stop : stop - 1
  return light.has(textAt(scene, verb)) ? { verb, noun: own } : null
}

/** "Acme launches hostile bid for X": a form in -s that is also a noun, behind a name, is the verb. */
function verbWithin(scene: Scene, mention: Mention): number | null {
  for (let at = mention.npFrom - 1; at > mention.stop + 1; at -= 1) {
    const word = scene.words[at]
    const before = scene.words[at - 1]
    if (!word || !before || determiners.has(word.text) || word.possessive) return null
    const isThird = word.text.endsWith('s') && light.get(word.text)?.forms.includes('third') === true
    if (isThird && before.capital && !before.possessive && !determiners.has(before.text)) return at
  }
  return null
}

/** "in talks", "in a deal": a preposition states it where the clause has no verb before. */
function isStated(scene: Scene, stop: number): boolean {
  if (scene.words[stop]?.text !== 'in') return false
  for (let at = stop - 1; at >= 0 && at >= stop - 5; at -= 1) {
    if (scene.words[at]?.kind === 'mark') return false
    if (isVerb(scene, at)) return /^(?:is|are|be|been)$/u.test(scene.words[at]?.text ?? '')
  }
  return stop > 0
}

/** What the noun phrase itself leads with or ends in: "plan for X", "X sale talks". */
function ownNoun(scene: Scene, mention: Mention): string | null {
  if (mention.aspect !== null && mention.aspect !== 'early')
    return singular(scene.words[mention.npTo - 1]?.text ?? '')
  const isLed = mention.npFrom < mention.from || (mention.echo && leadsTo(scene, mention.from))
  if (!isLed || scene.eventNouns.has(mention.npFrom)) return null
  return singular(scene.words[mention.npFrom]?.text ?? '')
}

/** Whether a word is a noun that leads to what is planned, allowed or agreed. */
export function leadsTo(scene: Scene, at: number): boolean {
  const text = singular(scene.words[at]?.text ?? '')
  return leave.has(text) || pact.has(text) || scheme.has(text) || text === 'bid'
}

/** Whether a word is a noun for what is planned. */
export function isScheme(scene: Scene, at: number): boolean {
  return scheme.has(singular(scene.words[at]?.text ?? ''))
}

const links = /^(?:for|of|on|over|in|to|about|into|with|ahead|through)$/u

/** "files a registration statement for …": from the preposition back over its noun to the verb. */
function pastPreposition(scene: Scene, stop: number, own: string | null): Governor | null {
  const { words } = scene
  if (!links.test(words[stop]?.text ?? '')) return null
  if (light.has(words[stop - 1]?.text ?? '') && isVerbal(scene, stop - 1))
    return { verb: stop - 1, noun: own }
  if (/^(?:brink|verge|edge|cusp)$/u.test(textAt(scene, stop - 1)) && textAt(scene, stop - 2) === 'the')
    return { verb: stop - 1, noun: 'talk' }
  return ofParticiple(scene, stop) ?? pastNoun(scene, stop - 1)
}

/** "recall issued for X": the noun stands before its participle. */
function ofParticiple(scene: Scene, stop: number): Governor | null {
  const verb = stop - 1
  const isPassive = light.get(textAt(scene, verb))?.forms.includes('participle') === true
  if (!isPassive || !scene.words[verb - 1] || !(scene.eventNouns.has(verb - 1) || leadsTo(scene, verb - 1)))
    return null
  return { verb, noun: scene.eventNouns.has(verb - 1) ? null : singular(textAt(scene, verb - 1)) }
}

/** From a noun back over what stands before it to its verb. */
function pastNoun(scene: Scene, noun: number): Governor | null {
  const { words } = scene
  const text = singular(words[noun]?.text ?? '')
  for (let at = noun - 1; at >= 0 && at >= noun - 7; at -= 1) {
    const word = words[at]
    if (!word || endsNoun(scene, at)) return null
    if (light.has(word.text) && isVerbal(scene, at)) return { verb: at, noun: text }
    if (word.text === 'in' && isStated(scene, at)) return { verb: at, noun: text }
    if (isSmall(scene, at)) return null
  }
  return null
}

function endsNoun(scene: Scene, at: number): boolean {
  const word = scene.words[at]
  return (word?.kind === 'mark' && !/^[$%€£&]$/u.test(word.text)) || pronouns.has(textAt(scene, at))
}

function isSmall(scene: Scene, at: number): boolean {
  const text = textAt(scene, at)
  return auxiliaries.has(text) || (prepositions.has(text) && scene.words[at + 1]?.glued !== true)
}

/** Not "the plan", "its offer". */
function isVerbal(scene: Scene, at: number): boolean {
  const before = scene.words[at - 1]
  return before !== undefined && !determiners.has(before.text) && scene.words[at]?.glued === false
}
