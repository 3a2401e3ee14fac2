import { characterClass, classify } from './character.ts'
import { TextCodes } from './text-codes.ts'
import { withRoom } from './typed-array.ts'

const segmenter = new Intl.Segmenter('und', { granularity: 'word' })
const acronym = /\p{L}(?:\.\p{L})+(?!\p{L}|\.\p{L})/uy
const elision = /(?:[ldjmnstc]|qu|jusqu|lorsqu|puisqu)['’](?=\p{L}{2})/iuy

/** What a character of ASCII does to a word of letters and digits that it follows. */
const role = { ends: 0, goesOn: 1, depends: 2 } as const
const roles = Uint8Array.from({ length: 128 }, (_, code) => {
  const kind = classify(code)
  if (kind === characterClass.letter || kind === characterClass.digit) return role.goesOn
  return "'`.,&+#".includes(String.fromCharCode(code)) ? role.depends : role.ends
})

/** Offsets as they are found. Used again for each text: an array that grew would leave three times its size as garbage. */
class Offsets {
  #numbers = new Int32Array(512)
  #count = 0

  push(start: number, end: number): void {
    if (this.#count + 2 > this.#numbers.length) this.#numbers = withRoom(this.#numbers, this.#count + 2)
    this.#numbers[this.#count] = start
    this.#numbers[this.#count + 1] = end
    this.#count += 2
  }

  /** All of them, in an array of just their number; none is left. */
  take(): number[] {
    const taken = new Array<number>(this.#count)
    for (let at = 0; at < this.#count; at += 1) taken[at] = this.#numbers[at] ?? 0
    this.#count = 0
    return taken
  }
}

const offsets = new Offsets()

const texts = new TextCodes()

/** The words' offsets: start, end, start, end … */
export const wordRanges = (raw: string): number[] => {
  const codes = texts.of(raw)
  const { length } = raw
  let at = 0
  while (at < length) {
    const code = codes[at] ?? 0
    if (code >= 128) at = readBeyondAscii(raw, at)
    else if (roles[code] === role.goesOn) {
      const end = endOfPlainWord(raw, codes, at) ?? endOfWord(raw, at)
      offsets.push(at, end)
      at = end
    } else at += 1
  }
  return offsets.take()
}

/** Where a word ends that is of ASCII and that nothing behind it may go on with; null where that needs a closer look. */
const endOfPlainWord = (raw: string, codes: Uint16Array, from: number): number | null => {
  const { length } = raw
  let at = from + 1
  while (at < length) {
    const code = codes[at] ?? 0
    if (code >= 128) return null
    const does = roles[code]
    if (does === role.depends) return endsSentence(raw, from, at) ? at : null
    if (does === role.ends) return at
    at += 1
  }
  return at
}

/** Whether a mark behind a word can only be punctuation: a full stop or comma with a space behind, not after an initial. */
const endsSentence = (raw: string, from: number, at: number): boolean => {
  const mark = raw.charCodeAt(at)
  if (mark !== 0x2e && mark !== 0x2c) return false
  return at - from > 1 && raw.charCodeAt(at + 1) === 0x20
}

/** Reads what begins at a character beyond ASCII; gives where it ends. */
const readBeyondAscii = (raw: string, at: number): number => {
  const code = raw.codePointAt(at) ?? 0
  const kind = classify(code)
  if (kind === characterClass.letter || kind === characterClass.digit) {
    const end = endOfWord(raw, at)
    offsets.push(at, end)
    return end
  }
  if (kind !== characterClass.unspaced) return at + (code > 0xffff ? 2 : 1)
  const end = endOfRun(raw, at)
  pushSegments(raw, at, end)
  return end
}

const endOfRun = (raw: string, from: number): number => {
  let at = from
  while (at < raw.length) {
    const code = raw.codePointAt(at) ?? 0
    if (classify(code) !== characterClass.unspaced) break
    at += code > 0xffff ? 2 : 1
  }
  return at
}

const pushSegments = (raw: string, from: number, to: number): void => {
  for (const segment of segmenter.segment(raw.slice(from, to))) {
    if (segment.isWordLike !== true) continue
    offsets.push(from + segment.index, from + segment.index + segment.segment.length)
  }
}

const endOfWord = (raw: string, from: number): number => {
  if (raw.charCodeAt(from + 1) === 0x2e) {
    acronym.lastIndex = from
    if (acronym.test(raw)) return acronym.lastIndex
  }
  elision.lastIndex = from
  if (elision.test(raw)) return elision.lastIndex - 1
  let at = from
  while (at < raw.length) {
    const code = raw.codePointAt(at) ?? 0
    const kind = classify(code)
    if (at > from && isHangul(code) !== isHangul(raw.charCodeAt(at - 1))) break
    if (kind === characterClass.letter || kind === characterClass.digit) at += code > 0xffff ? 2 : 1
    else if (joinsWord(raw, at, kind)) at += 1
    else break
  }
  return pastSigns(raw, from, at)
}

/** Korean writes particles to foreign names ("OpenAI가"): a word ends where its script changes to or from Hangul. */
const isHangul = (code: number): boolean => code >= 0xac00 && code <= 0xd7af

/** Whether the mark at `at` stands inside a word: "don't", "5.1", "1,000", "AT&T", a soft hyphen. */
const joinsWord = (raw: string, at: number, kind: number): boolean => {
  const before = classify(raw.charCodeAt(at - 1))
  const after = classify(raw.codePointAt(at + 1) ?? 0x20)
  if (kind === characterClass.ignorable)
    return after === characterClass.letter || after === characterClass.digit
  if (kind === characterClass.apostrophe) return after === characterClass.letter && before !== kind
  const mark = raw.charCodeAt(at)
  if (mark === 0x2e) return before === characterClass.digit && after === characterClass.digit
  if (mark === 0x2c) return before === characterClass.digit && /^\d{3}(?!\d)/.test(raw.slice(at + 1, at + 5))
  // the letter after it must belong to this word: Chinese and Japanese begin another one
  if (mark !== 0x26 || after !== characterClass.letter) return false
  return /^(?:\p{Lu}&\p{Lu}|\p{L}&\p{L}(?!\p{L}))/u.test(raw.slice(at - 1, at + 3))
}

/** "C++", "C#": the signs belong to the name. */
const pastSigns = (raw: string, from: number, end: number): number => {
  if (raw.charCodeAt(end) === 0x2b && raw.charCodeAt(end + 1) === 0x2b) return end + 2
  return end - from === 1 && raw.charCodeAt(end) === 0x23 ? end + 1 : end
}
