/** A sentence as offsets into the text, white space at both ends left out. */
export interface SentenceRange {
  readonly start: number
  readonly end: number
}

/** Never the end of a sentence: a name or a number follows. */
const titles = new Set(
  'mr mrs ms dr prof sr jr st mt ft gen gov sen rep lt col capt sgt pres hon rev no nos vol vs v fig eq ca approx'.split(
    ' ',
  ),
)

/** The end of a sentence only where a word follows that begins one. */
const abbreviations = new Set(
  (
    'inc ltd corp co llc plc bros etc al dept est jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri ' +
    'e.g i.e a.m p.m u.s u.k u.n e.u d.c u.s.a a.i ph.d'
  ).split(' '),
)

const sentenceStart =
  /^(?:the|a|an|it|its|he|she|they|we|you|i|this|that|these|those|there|here|but|and|so|in|on|at|for|as|if|when|while|after|before|however|meanwhile|now|according|what|why|how|our|his|her|their|many|some|no|not|with|to|by|from|also)\b/i

const closers = /["'”’»)\]」』）]/
const wideTerminators = /[。！？｡]/

/** Splits a plain text into sentences. A line feed always ends one; "U.S.", "5.1", "Inc." and initials do not. */
export const splitSentences = (raw: string): SentenceRange[] => {
  const sentences: SentenceRange[] = []
  let start = 0
  const candidates = /[.!?…。！？｡]+|\n/g
  for (let found = candidates.exec(raw); found !== null; found = candidates.exec(raw)) {
    const end = endOfSentence(raw, found.index, candidates.lastIndex)
    if (end === null) continue
    pushTrimmed(sentences, raw, start, end)
    start = end
  }
  pushTrimmed(sentences, raw, start, raw.length)
  return sentences
}

const pushTrimmed = (sentences: SentenceRange[], raw: string, from: number, to: number): void => {
  let start = from
  let end = to
  while (start < end && /\s/.test(raw.charAt(start))) start += 1
  while (end > start && /\s/.test(raw.charAt(end - 1))) end -= 1
  if (end > start) sentences.push({ start, end })
}

/** Where the sentence ends that the marks at [from, to) may end; null where they do not end it. */
const endOfSentence = (raw: string, from: number, to: number): number | null => {
  const mark = raw.charAt(from)
  if (mark === '\n') return to
  if (wideTerminators.test(mark)) return pastClosers(raw, to)
  const end = pastClosers(raw, to)
  const next = raw.charAt(end)
  if (next === '') return end
  if (!/\s/.test(next)) return isMissingSpace(raw, from, end) ? end : null
  const rest = raw.slice(end, end + 40).trimStart()
  if (/^["'“‘«([]*\p{Ll}/u.test(rest)) return null
  return mark === '.' && to - from === 1 && isAbbreviation(raw, from, rest) ? null : end
}

const pastClosers = (raw: string, from: number): number => {
  let end = from
  while (end < raw.length && closers.test(raw.charAt(end))) end += 1
  return end
}

/** Feeds that strip markup glue sentences together: "to answer it.So what". */
const isMissingSpace = (raw: string, mark: number, next: number): boolean =>
  /\p{Ll}["'”’)]?[.!?]+["'”’)]?$/u.test(raw.slice(Math.max(0, mark - 3), next)) &&
  /^\p{Lu}(?:\p{Ll}|\s)/u.test(raw.slice(next, next + 2))

const isAbbreviation = (raw: string, dot: number, rest: string): boolean => {
  const word = /[\p{L}\p{N}.]+$/u.exec(raw.slice(Math.max(0, dot - 14), dot))?.[0] ?? ''
  const lower = word.toLowerCase()
  if (titles.has(lower)) return lower !== 'no' || /^\d/.test(rest)
  if (!abbreviations.has(lower) && !/^(?:\p{Lu}\.)*\p{Lu}$/u.test(word)) return false
  return !sentenceStart.test(rest)
}
