/** A word or mark of a sentence as the readers of claims see it. */
export interface Word {
  /** Lower case, plain apostrophes, possessive ending removed. */
  readonly text: string
  /** Offsets into the text that was read, end exclusive; a possessive ending is inside. */
  readonly start: number
  readonly end: number
  readonly kind: 'word' | 'number' | 'mark'
  /** Joined to the word before by a hyphen, without a space. */
  readonly glued: boolean
  readonly possessive: boolean
  /** Begins with a capital in the text. */
  readonly capital: boolean
  /** Stands in quotation marks. */
  readonly quoted: boolean
}

const pattern =
  /\p{N}+(?:[.,]\p{N}+)+(?:bn|tn|mn|[bmkt])?(?![\p{L}\p{N}])|\p{L}\.(?:\p{L}\.)+|[\p{L}\p{N}_]+(?:['’ʼ][\p{L}]+)*|--+|[.]{2,}|[^\s\p{L}\p{N}]/giu
const silent = /["“”„«»*`\\_]|^['‘’]$/u
const quotations = /["“”„«]([^"“”„«»]{1,80})["“”»]|(?<=^|[\s(])['‘]([^'‘’]{1,80})['’](?=$|[\s.,;:)!?])/gu
const hyphens = /^[-‐‑‒⁃]$/u

/** Splits one sentence into words and marks. Quotation marks are dropped, hyphens join (`glued`). */
export function wordsOf(sentence: string): Word[] {
  const words: Word[] = []
  const quotes = [...sentence.matchAll(quotations)].map((m) => [m.index, m.index + m[0].length] as const)
  let joinedAt = -1
  for (const match of sentence.matchAll(pattern)) {
    const raw = match[0]
    const start = match.index
    const end = start + raw.length
    if (hyphens.test(raw)) {
      if (isDash(sentence, start, end)) words.push(mark('—', start, end))
      else joinedAt = end
      continue
    }
    if (silent.test(raw)) continue
    const quoted = quotes.some(([from, to]) => start >= from && end <= to)
    words.push(wordOf(raw, start, end, { glued: joinedAt === start, quoted }))
  }
  return words
}

function isDash(sentence: string, start: number, end: number): boolean {
  return /^\s?$/u.test(sentence.slice(start - 1, start)) && /^\s?$/u.test(sentence.slice(end, end + 1))
}

function mark(text: string, start: number, end: number): Word {
  return { text, start, end, kind: 'mark', glued: false, possessive: false, capital: false, quoted: false }
}

function wordOf(raw: string, start: number, end: number, placed: { glued: boolean; quoted: boolean }): Word {
  if (!/[\p{L}\p{N}]/u.test(raw)) return mark(raw === '–' || /^--+$/u.test(raw) ? '—' : raw, start, end)
  const folded = raw
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’ʼ]/gu, "'")
    .replace(/^(\p{L}\.)+$/u, (initials) => initials.replaceAll('.', ''))
  const possessive = folded.length > 2 && folded.endsWith("'s") && !contracted.has(folded)
  return {
    text: possessive ? folded.slice(0, -2) : folded,
    start,
    end,
    kind: /^\p{N}/u.test(folded) && !/\p{L}{3}/u.test(folded) ? 'number' : 'word',
    ...placed,
    possessive,
    capital: /^\p{Lu}/u.test(raw),
  }
}

/** Whether a sentence is set as a title, all words of some length with a capital. */
export function isTitled(words: readonly Word[]): boolean {
  return words.every((word) => word.kind !== 'word' || word.capital || word.text.length < 4)
}

const contracted = new Set([
  "it's",
  "that's",
  "what's",
  "here's",
  "there's",
  "let's",
  "he's",
  "she's",
  "who's",
])
