import type { SeenEntry } from '../matching/entry.ts'
import type { Claim } from './claim.ts'
import { matchBackward, matchForward, type Hit, type Phrase } from './cues.ts'
import { asksOrTeaches } from './headline.ts'
import { determiners } from './lexicon.ts'
import type { Mention, Scene } from './mention.ts'
import { clauseStart, isHedged, readManner, type Manner } from './mood.ts'
import { placesOf, type Target } from './question.ts'
import { agentIs, relate, takesObject, type Relation } from './relation.ts'

/** A status that a sentence asserts. */
export interface Asserted {
  readonly signal: Claim['signal']
  readonly hedged: boolean
  /** The word that says so. */
  readonly at: number
  readonly because: string
  /** A step was taken, more than a promise repeated. */
  readonly begun: boolean
}

interface Setting {
  readonly entry: SeenEntry
  readonly target: Target
  readonly title: boolean
  readonly official: boolean
}

/** Reads what one sentence asserts about its mentions. */
export function readSentence(
  scene: Scene,
  mentions: readonly Mention[],
  setting: Setting,
): { asserted: Asserted[]; remarks: string[] } {
  const last = scene.words.at(-1)
  const raw = scene.words.map((w) => w.text).join(' ')
  if (asksOrTeaches(raw) && (setting.title || last?.text === '?'))
    return { asserted: [], remarks: ['asks or explains, states nothing'] }
  const asserted: Asserted[] = []
  const remarks: string[] = []
  for (const mention of mentions) {
    asserted.push(...phrasesAround(scene, mention, setting))
    for (const hit of scene.hits) {
      const read = readHit(scene, mention, hit, setting)
      if (typeof read === 'string') remarks.push(read)
      else if (read !== null) asserted.push(read)
    }
  }
  return { asserted, remarks }
}

function readHit(scene: Scene, mention: Mention, hit: Hit, setting: Setting): Asserted | string | null {
  const { cue } = hit
  const { target } = setting
  if (cue.type === 'noun') return null
  if ((cue.role === 'event' || cue.role === 'begun') && !target.events.has(cue.event)) return null
  if (hit.at >= mention.npFrom && hit.at < mention.npTo) return null
  const relation = relate(scene, hit, mention)
  if (relation === null) return null
  const manner = readManner(scene, hit)
  const why = misfit(scene, mention, hit, relation, manner, setting)
  if (why !== null) return why
  const signal = signalOf(scene, hit, manner, mention, setting)
  if (signal === null) return `"${cue.text}" is not stated as a fact or a plan (${manner.mood})`
  const end = Math.max(hit.end, mention.npTo)
  const hedged =
    signal.hedged || isHedged(scene, clauseStart(scene, Math.min(manner.chain, mention.npFrom)), end)
  return {
    signal: signal.signal,
    hedged,
    at: hit.at,
    because: because(cue.text, manner.mood),
    begun: isStep(hit, manner),
  }
}

function isStep(hit: Hit, manner: Manner): boolean {
  if (hit.cue.role === 'begun' || hit.cue.role === 'announced') return manner.mood === 'fact'
  return false
}

function because(text: string, mood: string): string {
  return `"${text}" (${mood})`
}

/** Why a verb near the subject does not speak of it in the way asked, or null. */
function misfit(
  scene: Scene,
  mention: Mention,
  hit: Hit,
  relation: Relation,
  manner: Manner,
  setting: Setting,
): string | null {
  const { cue } = hit
  const { target } = setting
  const active = !manner.passive && takesObject(scene, hit)
  const participleOnly =
    !cue.forms.includes('third') && !cue.forms.includes('base') && !cue.forms.includes('ing')
  if (
    cue.role === 'event' &&
    mention.event !== null &&
    target.events.has(cue.event) &&
    relation === 'subject' &&
    active
  )
    return null
  if (cue.role === 'event') {
    if (relation === 'subject' && !target.asAgent && active && !(participleOnly && !takesDirect(scene, hit)))
      return `the subject does "${cue.text}" to something else`
    if (relation === 'object' && target.asAgent && target.objects.size > 0)
      return `somebody does "${cue.text}" to the subject`
    if (relation === 'subject' && target.asAgent && !objectFits(scene, hit))
      return `"${cue.text}" is about something else`
  } else if (relation === 'subject' && active && mention.event === null)
    return `the subject does "${cue.text}" to something else`
  if (relation === 'object' && (cue.role === 'event' || cue.role === 'announced' || cue.role === 'delayed')) {
    const agent = agentIs(scene, manner)
    if (agent === 'stranger') return `somebody else does "${cue.text}"`
  }
  return elsewhere(scene, manner, hit, setting)
}

function takesDirect(scene: Scene, hit: Hit): boolean {
  return /^(the|a|an|its|their|his|her|new)$/u.test(scene.words[hit.end]?.text ?? '')
}

function objectFits(scene: Scene, hit: Hit): boolean {
  const { objects } = scene.target
  if (objects.size === 0 || hit.cue.rest.length > 0) return true
  return scene.words.slice(hit.end).some((w) => objects.has(w.text) || objects.has(w.text.replace(/s$/u, '')))
}

const eu = new Set(
  'germany france italy spain netherlands denmark sweden finland austria poland ireland'.split(' '),
)
const states = new Set(
  'california texas florida montana utah virginia new-york colorado illinois ohio'.split(' '),
)

/** Whether the clause speaks of another place or institution than the question. */
function elsewhere(scene: Scene, manner: Manner, hit: Hit, setting: Setting): string | null {
  const { target } = setting
  const { words } = scene
  const agent = words.slice(manner.clause, manner.chain)
  if (target.institutions.size > 0 && hit.cue.role === 'event') {
    const named = agent.filter((w) => institutionsOf(w.text))
    if (named.length > 0 && !named.some((w) => target.institutions.has(w.text))) return 'another institution'
  }
  if (target.places.size === 0) return null
  const after = words.slice(hit.end).filter((_, i) => words[hit.end + i - 1]?.text === 'in')
  const named = placesOf([...agent, ...after])
  if (named.size === 0 || [...named].some((p) => target.places.has(p))) return null
  const part = [...named].every(
    (p) => (target.places.has('eu') && eu.has(p)) || (target.places.has('us') && states.has(p)),
  )
  return part && hit.cue.role !== 'event' ? null : 'another place'
}

function institutionsOf(text: string): boolean {
  return /^(council|parliament|commission|senate|house|congress|court|bundestag)$/u.test(text)
}

/** The signal of a verb in its mood; null where it claims nothing. */
function signalOf(
  scene: Scene,
  hit: Hit,
  manner: Manner,
  mention: Mention,
  setting: Setting,
): { signal: Claim['signal']; hedged: boolean } | null {
  const { cue } = hit
  const { mood } = manner
  if (mention.denied) return null
  switch (cue.role) {
    case 'event':
      return eventSignal(scene, hit, manner, setting)
    case 'begun':
    case 'announced':
      if (mood === 'fact' || mood === 'progress' || mood === 'future')
        return { signal: 'announced', hedged: false }
      return mood === 'maybe' || mood === 'wish' ? { signal: 'rumoured', hedged: true } : null
    case 'rumoured':
      return mood === 'denied' || mood === 'denied-future' || mood === 'unsaid' || mood === 'ought'
        ? null
        : { signal: 'rumoured', hedged: true }
    case 'delayed':
      if (mood === 'fact' || mood === 'progress' || mood === 'future')
        return { signal: 'delayed', hedged: false }
      return mood === 'maybe' ? { signal: 'rumoured', hedged: true } : null
    case 'cancelled':
      return mood === 'fact' || mood === 'progress' || mood === 'future'
        ? { signal: 'cancelled', hedged: false }
        : null
  }
}

function eventSignal(
  scene: Scene,
  hit: Hit,
  manner: Manner,
  setting: Setting,
): { signal: Claim['signal']; hedged: boolean } | null {
  const event = setting.target.table.events[hit.cue.event]
  switch (manner.mood) {
    case 'fact':
      if (event?.intended && hit.cue.forms.includes('third') && !manner.passive)
        return { signal: 'announced', hedged: false }
      return { signal: 'happened', hedged: false }
    case 'progress':
      return setting.official && !hasFuture(scene)
        ? { signal: 'happened', hedged: false }
        : { signal: 'announced', hedged: false }
    case 'future':
      return { signal: 'announced', hedged: false }
    case 'maybe':
    case 'wish':
      return { signal: 'rumoured', hedged: true }
    case 'denied-future':
      return { signal: 'cancelled', hedged: false }
    default:
      return null
  }
}

function hasFuture(scene: Scene): boolean {
  return scene.words.some((w) =>
    /^(will|soon|coming|later|next|tomorrow|upcoming|plan|planning|weeks|months)$/u.test(w.text),
  )
}

/** The fixed wordings around a mention. */
function phrasesAround(scene: Scene, mention: Mention, setting: Setting): Asserted[] {
  const { target } = setting
  const asserted: Asserted[] = []
  for (const phrase of target.table.phrases) {
    if ((phrase.role === 'event' || phrase.role === 'begun') && !target.events.has(phrase.event)) continue
    const at = placeOf(scene, mention, phrase)
    if (at === null) continue
    const asked = scene.words
      .slice(0, mention.npFrom)
      .some((w) => /^(if|when|until|once|whether|before|not|no)$/u.test(w.text))
    if (asked) continue
    const hedged = isHedged(scene, 0, scene.words.length)
    const soon = phrase.role === 'event' && hasFuture(scene)
    const signal =
      phrase.role === 'event'
        ? soon
          ? 'announced'
          : 'happened'
        : phrase.role === 'begun'
          ? 'announced'
          : phrase.role
    asserted.push({
      signal,
      hedged: hedged || signal === 'rumoured',
      at,
      because: `"${phrase.text}"`,
      begun: phrase.role === 'begun' || phrase.role === 'announced',
    })
  }
  return asserted
}

function placeOf(scene: Scene, mention: Mention, phrase: Phrase): number | null {
  let start = mention.npFrom
  if (phrase.before.length > 0) {
    let from = mention.from
    let found = matchBackward(phrase.before, scene.words, from)
    for (let skipped = 0; found === null && skipped < 3 && from > 0; skipped += 1) {
      const word = scene.words[from - 1]
      if (!word || word.kind === 'mark' || !(determiners.has(word.text) || word.possessive || word.capital))
        break
      from -= 1
      found = matchBackward(phrase.before, scene.words, from)
    }
    if (found === null) return null
    start = found
  } else if (mention.stopKind === 'preposition' || mention.stopKind === 'verb') return null
  if (phrase.after.length === 0) return start
  const end = matchForward(phrase.after, scene.words, mention.npTo)
  return end === null ? null : mention.npTo
}
