import type { Hit } from './cues.ts'
import type { Scene } from './mention.ts'
import type { Manner } from './mood.ts'

/** A verb and how it stands. */
interface Told {
  readonly scene: Scene
  readonly hit: Hit
  readonly manner: Manner
}

/** "Economists expect X to fall", "teachers call for a ban": what others foresee or ask for is no step. */
export function saidByOutsiders({ scene, hit, manner }: Told): string | null {
  const { words } = scene
  if (words.slice(0, hit.at).some((word, at) => outsiders.test(word.text) && foresees(words[at + 1]?.text)))
    return 'what outsiders foresee'
  if (hit.cue.role !== 'rumoured' || !appeals.test(hit.cue.text)) return null
  const agent = words.slice(manner.clause, manner.chain).at(-1)?.text ?? ''
  return appealing.test(agent) ? 'what others ask for' : null
}

const outsiders =
  /^(?:economists?|analysts?|experts?|traders?|markets?|investors?|pundits?|observers?|forecasters?|bookmakers|punters|bettors|fans|critics|scientists|strategists?)$/u
const foresees = (text = ''): boolean =>
  /^(?:expects?|predicts?|sees?|foresees?|forecasts?|bets?|anticipates?|hopes?|wants?|thinks?|believes?|fears?)$/u.test(
    text,
  )
const appeals = /^(?:call for|push for|demand|seek|urge|fear|debate|warn of|warn about|threaten with)$/u
const appealing =
  /^(?:teachers?|parents?|doctors?|unions?|activists?|campaigners?|scientists?|academics?|experts?|economists?|generals?|creditors?|critics|residents?|villagers?|neighbou?rs?|lawyers?|farmers?|fishermen|groups?|charit(?:y|ies)|customers?|fans?|users?|readers?|owners|families|students?|workers?|employees|staff|analysts?|watchdogs?|environmentalists?|opponents?|rivals?|shopkeepers?|businesses|industry|churches|bishops?|veterans|victims|survivors|relatives|patients|nurses|airlines|retailers|publishers|developers|voters|protesters|demonstrators)$/u
