const english = 'january february march april may june july august september october november december'.split(
  ' ',
)

const languages =
  'de fr es it pt nl da nb sv fi pl cs sk hu ro bg ru uk sr hr sl el tr ca eu gl et lv lt id ms vi af sq is ga cy az'.split(
    ' ',
  )

let foreign: Map<string, number> | null = null

function bare(name: string): string {
  return name
    .toLocaleLowerCase('en')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/ς/g, 'σ')
    .replace(/\.$/, '')
}

function namesOf(language: string): [string, number][] {
  const found: [string, number][] = []
  for (const month of ['long', 'short'] as const) {
    // Beside a day many languages put the name in another case than alone.
    for (const day of [{}, { day: 'numeric' }] as const) {
      const format = new Intl.DateTimeFormat(language, { month, ...day, timeZone: 'UTC' })
      for (let index = 0; index < 12; index++) {
        const parts = format.formatToParts(new Date(Date.UTC(2024, index, 5)))
        const name = bare(parts.find((part) => part.type === 'month')?.value ?? '')
        if (/^\p{L}{3,}$/u.test(name)) found.push([name, index])
      }
    }
  }
  return found
}

/** Names of months in many languages. Made when the first feed wants them: most never do, and it takes a moment. */
function foreignNames(): Map<string, number> {
  const names = new Map<string, number>()
  for (const language of languages) {
    for (const [name, index] of namesOf(language)) if (!names.has(name)) names.set(name, index)
  }
  return names
}

/** The month (0 to 11) that a word names, in English or else in any of many languages; null when it names none. */
export function monthNamed(word: string): number | null {
  const name = bare(word)
  if (name.length < 3) return null
  const own = english.findIndex((month) => month === name || (name.length <= 4 && month.startsWith(name)))
  if (own >= 0) return own
  foreign ??= foreignNames()
  return foreign.get(name) ?? null
}
