import { accept, operation } from './program.ts'
import type { Reading } from './reading.ts'
import { absent } from './vocabulary.ts'

/** Where the words of a phrase record begin. */
const head = 4

/** Runs compiled queries over what was read of a document. */
export class Verifier {
  /** All programs, one behind the other. */
  code: Int32Array<ArrayBuffer>
  readonly #reading: Reading

  constructor(code: Int32Array<ArrayBuffer>, reading: Reading) {
    this.code = code
    this.#reading = reading
  }

  /** Whether the query is met whose program starts at `start`. */
  meets(start: number): boolean {
    const { code } = this
    let at = start
    while (at >= 0) at = code[at + (this.#isMet(at) ? 1 : 2)] ?? accept
    return at === accept
  }

  #isMet(at: number): boolean {
    switch (this.code[at]) {
      case operation.occurs:
        return this.#reading.has(this.code[at + 3] ?? 0)
      case operation.phrase:
        return this.#nextPlace(at + 3, 0) !== absent
      default:
        return this.#isNear(at + 3)
    }
  }

  /** The first position from `from` at which the record's phrase begins, or `absent`. */
  #nextPlace(record: number, from: number): number {
    const { code } = this
    const reading = this.#reading
    const term = code[record + head] ?? 0
    if (!reading.has(term)) return absent
    const limit = code[record + 2] === 1 ? reading.titleEnd : reading.end
    let position = reading.nextPosition(term, from, limit)
    while (position !== absent && this.#endOfPhrase(record, position) === absent)
      position = reading.nextPosition(term, position + 1, limit)
    return position
  }

  /** The position of the phrase's last word when its first stands at `position`, the nearest where there are several. */
  #endOfPhrase(record: number, position: number): number {
    return this.#endFrom(record, position, 1, this.code[record + 1] ?? 0)
  }

  /** `word`: the place in the phrase of the next word to find behind `position`; `spare`: how many may be skipped yet. */
  #endFrom(record: number, position: number, word: number, spare: number): number {
    const { code } = this
    const reading = this.#reading
    if (word === code[record]) {
      return code[record + 3] === 1 && reading.extendedAt[position] === 1 ? absent : position
    }
    const term = code[record + head + 2 * word]
    const last = Math.min(
      position + 1 + (code[record + head + 2 * word + 1] === 1 ? spare : 0),
      reading.end - 1,
    )
    for (let at = position + 1; at <= last && reading.goesOn(at - 1); at += 1) {
      if (reading.termAt[at] !== term) continue
      const end = this.#endFrom(record, at, word + 1, spare - (at - position - 1))
      if (end !== absent) return end
    }
    return absent
  }

  /** Compares every place of the left side with every place of the right one: there are few. */
  #isNear(operands: number): boolean {
    const within = this.code[operands] ?? 0
    const lefts = this.#placesOf(operands + 1)
    if (lefts.length === 0) return false
    const rights = this.#placesOf(this.#endOfSide(operands + 1))
    for (let left = 0; left < lefts.length; left += 2) {
      for (let right = 0; right < rights.length; right += 2) {
        const between =
          (lefts[left] ?? 0) < (rights[right] ?? 0)
            ? (rights[right] ?? 0) - (lefts[left + 1] ?? 0) - 1
            : (lefts[left] ?? 0) - (rights[right + 1] ?? 0) - 1
        if (between >= 0 && between <= within) return true
      }
    }
    return false
  }

  /** First and last position of every place of a side, one after the other. */
  #placesOf(side: number): number[] {
    const places: number[] = []
    let record = side + 1
    for (let left = this.code[side] ?? 0; left > 0; left -= 1) {
      let first = this.#nextPlace(record, 0)
      while (first !== absent) {
        places.push(first, this.#endOfPhrase(record, first))
        first = this.#nextPlace(record, first + 1)
      }
      record += this.#lengthOf(record)
    }
    return places
  }

  #endOfSide(side: number): number {
    let record = side + 1
    for (let left = this.code[side] ?? 0; left > 0; left -= 1) record += this.#lengthOf(record)
    return record
  }

  #lengthOf(record: number): number {
    return head + 2 * (this.code[record] ?? 0)
  }
}
