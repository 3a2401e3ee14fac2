/** The shapes of a verb: `base` (release), `third` (releases), `past` (released), `participle` (released), `ing`. */
export type VerbForm = 'base' | 'third' | 'past' | 'participle' | 'ing'

const irregular: Readonly<Record<string, readonly [past: string, participle: string]>> = {
  be: ['was', 'been'],
  become: ['became', 'become'],
  begin: ['began', 'begun'],
  break: ['broke', 'broken'],
  bring: ['brought', 'brought'],
  build: ['built', 'built'],
  buy: ['bought', 'bought'],
  come: ['came', 'come'],
  cut: ['cut', 'cut'],
  fall: ['fell', 'fallen'],
  find: ['found', 'found'],
  forbid: ['forbade', 'forbidden'],
  freeze: ['froze', 'frozen'],
  get: ['got', 'got'],
  give: ['gave', 'given'],
  go: ['went', 'gone'],
  have: ['had', 'had'],
  hit: ['hit', 'hit'],
  hold: ['held', 'held'],
  keep: ['kept', 'kept'],
  know: ['knew', 'known'],
  lay: ['laid', 'laid'],
  lead: ['led', 'led'],
  leave: ['left', 'left'],
  let: ['let', 'let'],
  lose: ['lost', 'lost'],
  make: ['made', 'made'],
  meet: ['met', 'met'],
  overthrow: ['overthrew', 'overthrown'],
  pay: ['paid', 'paid'],
  put: ['put', 'put'],
  quit: ['quit', 'quit'],
  rise: ['rose', 'risen'],
  run: ['ran', 'run'],
  say: ['said', 'said'],
  see: ['saw', 'seen'],
  seek: ['sought', 'sought'],
  sell: ['sold', 'sold'],
  send: ['sent', 'sent'],
  set: ['set', 'set'],
  shut: ['shut', 'shut'],
  slide: ['slid', 'slid'],
  spend: ['spent', 'spent'],
  spin: ['spun', 'spun'],
  sweep: ['swept', 'swept'],
  choose: ['chose', 'chosen'],
  shake: ['shook', 'shaken'],
  flee: ['fled', 'fled'],
  overtake: ['overtook', 'overtaken'],
  shrink: ['shrank', 'shrunk'],
  deal: ['dealt', 'dealt'],
  split: ['split', 'split'],
  stand: ['stood', 'stood'],
  step: ['stepped', 'stepped'],
  stick: ['stuck', 'stuck'],
  strike: ['struck', 'struck'],
  take: ['took', 'taken'],
  tell: ['told', 'told'],
  think: ['thought', 'thought'],
  throw: ['threw', 'thrown'],
  uphold: ['upheld', 'upheld'],
  win: ['won', 'won'],
  wind: ['wound', 'wound'],
  withdraw: ['withdrew', 'withdrawn'],
  withhold: ['withheld', 'withheld'],
  write: ['wrote', 'written'],
}

/** Verbs of more than one syllable that double their last letter all the same, and those of one that look otherwise. */
const doubling = new Set([
  'submit',
  'permit',
  'admit',
  'defer',
  'refer',
  'transfer',
  'prefer',
  'occur',
  'rebut',
  'commit',
  'compel',
  'expel',
  'allot',
  'acquit',
])
const single = new Set([
  'offer',
  'open',
  'enter',
  'deliver',
  'cover',
  'order',
  'consider',
  'limit',
  'visit',
  'target',
  'happen',
  'develop',
  'abandon',
  'veto',
])

/** Every inflected form of an English verb, each with its shapes. */
export function verbForms(base: string): Map<string, VerbForm[]> {
  const forms = new Map<string, VerbForm[]>()
  const add = (text: string, form: VerbForm): void => void forms.set(text, [...(forms.get(text) ?? []), form])
  const [past, participle] = irregular[base] ?? [regularPast(base), regularPast(base)]
  add(base, 'base')
  add(thirdPerson(base), 'third')
  add(past, 'past')
  add(participle, 'participle')
  add(ing(base), 'ing')
  if (base === 'be') {
    add('are', 'third')
    add('were', 'past')
  }
  if (base === 'cancel' || base === 'label' || base === 'shelve') {
    add(`${base}led`, 'past')
    add(`${base}led`, 'participle')
    add(`${base}ling`, 'ing')
  }
  return forms
}

function thirdPerson(base: string): string {
  if (base === 'be') return 'is'
  if (base === 'have') return 'has'
  if (/(s|x|z|ch|sh|o)$/u.test(base)) return `${base}es`
  if (/[^aeiou]y$/u.test(base)) return `${base.slice(0, -1)}ies`
  return `${base}s`
}

function doubles(base: string): boolean {
  if (single.has(base)) return false
  if (doubling.has(base)) return true
  return /^[^aeiou]*(?:[^aeiou]|qu)[aeiou][bdgklmnprtvz]$/u.test(base)
}

function regularPast(base: string): string {
  if (base.endsWith('e')) return `${base}d`
  if (/[^aeiou]y$/u.test(base)) return `${base.slice(0, -1)}ied`
  return doubles(base) ? `${base}${base.at(-1) ?? ''}ed` : `${base}ed`
}

function ing(base: string): string {
  if (base === 'be') return 'being'
  if (base.endsWith('ie')) return `${base.slice(0, -2)}ying`
  if (/[^eoy]e$/u.test(base)) return `${base.slice(0, -1)}ing`
  return doubles(base) || /^(run|cut|put|set|quit|shut|win|hit|let|get|spin|split|begin|forbid)$/u.test(base)
    ? `${base}${base.at(-1) ?? ''}ing`
    : `${base}ing`
}

/** The singular of an English noun, roughly, in lower case: enough to compare two words. */
export function singular(noun: string): string {
  if (noun.length < 4 || /(ss|us|is)$/u.test(noun)) return noun
  if (/[^aeiou]ies$/u.test(noun)) return `${noun.slice(0, -3)}y`
  if (/(ch|sh|x|ss|z)es$/u.test(noun)) return noun.slice(0, -2)
  return noun.endsWith('s') ? noun.slice(0, -1) : noun
}
