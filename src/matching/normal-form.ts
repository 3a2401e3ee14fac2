/** Words that end in s without being a plural, or whose singular is another word. */
const invariant = new Set(
  (
    'always perhaps whereas news windows lens does goods series species texas kansas arkansas netherlands philippines ' +
    'physics mathematics economics politics atlas alias canvas bias christmas james mars jobs'
  ).split(' '),
)

const irregular = new Map(
  Object.entries({
    men: 'man',
    women: 'woman',
    children: 'child',
    mice: 'mouse',
    feet: 'foot',
    buses: 'bus',
    gases: 'gas',
    lenses: 'lens',
    aliases: 'alias',
    canvases: 'canvas',
    biases: 'bias',
    analyses: 'analysis',
    crises: 'crisis',
    indices: 'index',
    wolves: 'wolf',
    shelves: 'shelf',
    halves: 'half',
    quizzes: 'quiz',
  }),
)

/**
 * Brings singular and plural to one form, which need not be a word ("movie", "movies": "movy"). Only plurals: "releasing"
 * and "released" stay apart from "release". Takes a lower-case word.
 */
export const singular = (word: string): string => {
  const known = irregular.get(word)
  if (known !== undefined) return known
  const last = word.charCodeAt(word.length - 1)
  if (last === 0x73 && word.length > 3 && !invariant.has(word) && /^[a-z]/.test(word)) {
    return withoutPlural(word)
  }
  return last === 0x65 ? withoutSilentE(word) : word
}

const withoutPlural = (word: string): string => {
  const before = word.charCodeAt(word.length - 2)
  // "class", "virus", "analysis", "1990s"
  if (before === 0x73 || before === 0x75 || before === 0x69 || before < 0x61) return word
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`
  return withoutSilentE(word.slice(0, -1))
}

/** Drops the e that a plural may have put in ("boxes", "viruses", "vetoes") from singulars too, so that both meet. */
const withoutSilentE = (word: string): string => {
  const { length } = word
  if (length < 4 || word.charCodeAt(length - 1) !== 0x65) return word
  if (word.endsWith('sse') || word.endsWith('xe')) return word.slice(0, -1)
  if (length > 4 && (word.endsWith('che') || word.endsWith('she') || word.endsWith('oe'))) {
    return word.slice(0, -1)
  }
  if (length > 5 && word.endsWith('use')) return word.slice(0, -1)
  return length > 4 && word.endsWith('ie') ? `${word.slice(0, -2)}y` : word
}

/** Acronyms that in lower case are everyday words; written in capitals they keep them, so that "WHO" is not "who". */
const acronymsLikeWords = new Set(['US', 'WHO', 'IT', 'ICE', 'AID', 'NICE', 'COP'])

/** Plurals that no rule finds, by the form that they share with their singular. */
export const irregularPlurals: ReadonlyMap<string, string> = irregular

/** Letters that have no decomposition but that people type without their mark. */
const unmarked = new Map(
  Object.entries({ ß: 'ss', ł: 'l', ø: 'o', đ: 'd', ð: 'd', æ: 'ae', œ: 'oe', ı: 'i', ς: 'σ' }),
)

/** Compatibility forms, case, Latin accents, invisible characters and apostrophe variants out of the way. */
export const fold = (raw: string): string => {
  if (/^[\x20-\x5f\x61-\x7e]*$/.test(raw)) return raw.toLowerCase()
  const folded = raw
    .replaceAll(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '')
    .replaceAll(/[`\u00b4\u2018\u2019\u201b\u02bc\u02b9\u2032\uff07\uff40]/g, "'")
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[ßłøđðæœıς]/g, (letter) => unmarked.get(letter) ?? letter)
  return /\p{Script=Latin}/u.test(folded)
    ? folded
        .normalize('NFD')
        .replaceAll(/(\p{Script=Latin})[\u0300-\u036f]+/gu, '$1')
        .normalize('NFC')
    : folded.normalize('NFC')
}

/** A token's two forms: `word` as written but folded, `norm` without possessive, plural, thousands commas and acronym dots. */
export interface Forms {
  readonly word: string
  readonly norm: string
}

/** Korean particles, which are written to the noun ("삼성전자가"). */
const particle = /(?:에서|으로|에게|까지|부터|은|는|이|가|을|를|의|에|와|과|도|로)$/

/** Drops a particle from a Hangul word that keeps two syllables without it. */
const withoutParticle = (word: string): string =>
  /^[\uac00-\ud7af]{3,}$/.test(word) && word.replace(particle, '').length > 1
    ? word.replace(particle, '')
    : word

/** Reads a token's forms; `shouted`: the whole text is in capitals, so that capitals tell no acronym. */
export const formsOf = (raw: string, shouted: boolean): Forms => {
  // a few letters are short for words with a space between (U+FDFA); a pair of words is named so, and no word may be
  const word = fold(raw).replaceAll(' ', '')
  const plain = /['.,]/.test(word) ? withoutMarks(word) : word
  if (word.charCodeAt(0) >= 0xac00) return { word, norm: withoutParticle(plain) }
  // Most words are decided by their second letter: only acronyms have a capital or a dot there.
  if (!mayBeAcronym(raw)) return { word, norm: singular(plain) }
  if (!shouted && acronymsLikeWords.has(raw.replace(/['’]s$/, '').replaceAll('.', ''))) {
    return { word, norm: plain.toUpperCase() }
  }
  // "AIs", "APIs": too short for the plural rule or against it, but the capitals tell.
  if (/^\p{Lu}{2,}s$/u.test(raw)) return { word, norm: plain.slice(0, -1) }
  return { word, norm: singular(plain) }
}

const mayBeAcronym = (raw: string): boolean => {
  const second = raw.charCodeAt(1)
  return !(second >= 0x61 && second <= 0x7a) && raw.length > 1
}

const withoutMarks = (word: string): string => {
  const owner = word.endsWith("'s") ? word.slice(0, -2) : word
  if (/^\p{L}(?:\.\p{L})+$/u.test(owner)) return owner.replaceAll('.', '')
  if (!/^v?\d/.test(owner)) return owner
  const number = owner.replaceAll(',', '')
  // "v1.2" is "1.2", and a third number of nought says nothing: "3.14.0" is "3.14".
  return number.replace(/^v(?=\d+\.)/, '').replace(/^(\d+\.\d+)(?:\.0)+$/, '$1')
}
