import { ownString } from './own-string.ts'
import { absent } from './vocabulary.ts'

/** Numbers of one slot: the characters, four in each number, and what is known of the word plus one (0: free). */
const stride = 4
/** Words of ASCII up to this length fit into a slot; others are looked up by name. */
const longestInSlot = 12
/** More words than this are forgotten and begun anew: names and numbers never end. */
const most = 65_536

/**
 * A number for each spelling of a word met so far, found by its characters in a text: nearly always without making a string
 * of them. Open addressing with linear probing, at most half full; the characters are the key, so that a look-up touches one
 * place in memory.
 */
export class WordTable {
  #slots = new Int32Array(stride * 1024)
  #mask = 1023
  #size = 0
  readonly #others = new Map<string, number>()

  /** What was put for the word at [start, end) of a text, which is given as its codes, too; or `absent`. */
  find(raw: string, codes: Uint16Array, start: number, end: number): number {
    const length = end - start
    if (length > longestInSlot) return this.#others.get(raw.slice(start, end)) ?? absent
    const first = pack(codes, start, Math.min(start + 4, end))
    const second = pack(codes, start + 4, Math.min(start + 8, end))
    const third = pack(codes, start + 8, end)
    if (first < 0 || second < 0 || third < 0) return this.#others.get(raw.slice(start, end)) ?? absent
    return this.#inSlot(first, second, third)
  }

  #inSlot(first: number, second: number, third: number): number {
    const slots = this.#slots
    for (let slot = slotOf(first, second, third); ; slot += 1) {
      const at = (slot & this.#mask) * stride
      const known = slots[at + 3] ?? 0
      if (known === 0) return absent
      if (slots[at] === first && slots[at + 1] === second && slots[at + 2] === third) return known - 1
    }
  }

  /** Puts a number from 0 for a word that has none. */
  put(word: string, value: number): void {
    if (this.#size + this.#others.size >= most) this.clear()
    const codes = Uint16Array.from(word.slice(0, longestInSlot), (character) => character.charCodeAt(0))
    const end = codes.length
    const packed = [
      pack(codes, 0, Math.min(4, end)),
      pack(codes, 4, Math.min(8, end)),
      pack(codes, 8, end),
    ] as const
    if (word.length > longestInSlot || packed.some((part) => part < 0)) {
      this.#others.set(ownString(word), value)
      return
    }
    this.#size += 1
    if (this.#size * 2 > this.#mask) this.#grow()
    this.#place([...packed, value + 1])
  }

  clear(): void {
    this.#slots.fill(0)
    this.#size = 0
    this.#others.clear()
  }

  #place(numbers: ArrayLike<number>): void {
    let slot = slotOf(numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0) & this.#mask
    while (this.#slots[slot * stride + 3] !== 0) slot = (slot + 1) & this.#mask
    this.#slots.set(numbers, slot * stride)
  }

  #grow(): void {
    const slots = this.#slots
    this.#slots = new Int32Array(slots.length * 2)
    this.#mask = this.#mask * 2 + 1
    for (let at = 0; at < slots.length; at += stride) {
      if (slots[at + 3] !== 0) this.#place(slots.subarray(at, at + stride))
    }
  }
}

/** Up to four characters of a text as one number, negative where one is not of ASCII. */
const pack = (codes: Uint16Array, from: number, to: number): number => {
  let packed = 0
  for (let at = from; at < to; at += 1) {
    const code = codes[at] ?? 0
    if (code > 127) return -1
    packed |= code << ((at - from) * 8)
  }
  return packed
}

const slotOf = (first: number, second: number, third: number): number => {
  const mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b) ^ Math.imul(third, 0xc2b2ae35)
  return (mixed ^ (mixed >>> 15)) >>> 1
}
