/** Nouns of verbs that no ending makes. */
const irregular: ReadonlyMap<string, string> = new Map([
  ['abolish', 'abolition'],
  ['acquire', 'acquisition'],
  ['admit', 'admission'],
  ['apply', 'application'],
  ['build', 'construction'],
  ['choose', 'choice'],
  ['close', 'closure'],
  ['decide', 'decision'],
  ['deliver', 'delivery'],
  ['demolish', 'demolition'],
  ['destroy', 'destruction'],
  ['divide', 'division'],
  ['divest', 'divestiture'],
  ['expand', 'expansion'],
  ['expel', 'expulsion'],
  ['explain', 'explanation'],
  ['fail', 'failure'],
  ['fly', 'flight'],
  ['grow', 'growth'],
  ['intervene', 'intervention'],
  ['lose', 'loss'],
  ['merge', 'merger'],
  ['pay', 'payment'],
  ['permit', 'permission'],
  ['publish', 'publication'],
  ['recover', 'recovery'],
  ['reveal', 'revelation'],
  ['seize', 'seizure'],
  ['sell', 'sale'],
  ['split', 'split'],
  ['submit', 'submission'],
  ['succeed', 'succession'],
  ['suspend', 'suspension'],
  ['unify', 'unification'],
  ['verify', 'verification'],
  ['visit', 'visit'],
])

/**
 * The nouns that English may make of a verb in its base form ("inspect": inspection), by ending. Not all are words: it is
 * for finding them in a text, not for writing one.
 */
export function nounsOf(verb: string): readonly string[] {
  const known = irregular.get(verb)
  return known === undefined ? [...endingsOf(verb)] : [known]
}

function endingsOf(verb: string): Set<string> {
  const stem = verb.endsWith('e') ? verb.slice(0, -1) : verb
  const found = new Set([`${verb}ment`, `${stem}al`, `${stem}ation`, `${stem}ition`, `${stem}ance`])
  if (/(?:t|s)$/u.test(stem)) found.add(`${stem}ion`)
  if (verb.endsWith('uce')) found.add(`${stem}tion`)
  if (verb.endsWith('ify')) found.add(`${verb.slice(0, -1)}ication`)
  if (/(?:nd|de)$/u.test(verb)) found.add(`${verb.replace(/(?:d|de)$/u, '')}sion`)
  if (verb.endsWith('mit')) found.add(`${verb.slice(0, -1)}ssion`)
  if (verb.endsWith('olve')) found.add(`${verb.slice(0, -2)}ution`)
  if (verb.endsWith('y')) found.add(`${verb.slice(0, -1)}ial`)
  if (verb.endsWith('ose')) found.add(`${stem}ure`)
  if (/(?:start|set|open|take|build|roll|hand|shut|break|buy|phase)$/u.test(verb)) found.add(`${verb}ing`)
  return found
}
