import { absent } from './vocabulary.ts'

/** Numbers of one slot: first term, second term, the pair's own term plus one (0 where the slot is free). */
const stride = 3

/** Marks, one bit each, for each slot. */
const marksBySlot = 4

const mix = (first: number, second: number): number => {
  const mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b)
  return mixed ^ (mixed >>> 15)
}

/**
 * Which pairs of neighbouring terms are terms of their own: open addressing with linear probing, at most half full. Nearly all
 * that is asked for is not there: a small set of marks (a Bloom filter of one hash) tells so without touching the large table.
 */
export class PairTable {
  #slots = new Int32Array(stride * 64)
  #marks = new Int32Array((64 * marksBySlot) / 32)
  #mask = 63
  #size = 0

  /** The term of a pair, or `absent`. */
  find(first: number, second: number): number {
    const mixed = mix(first, second)
    if (!this.#isMarked(mixed)) return absent
    const slots = this.#slots
    const mask = this.#mask
    for (let slot = mixed & mask; ; slot = (slot + 1) & mask) {
      const at = slot * stride
      const pair = slots[at + 2] ?? 0
      if (pair === 0) return absent
      if (slots[at] === first && slots[at + 1] === second) return pair - 1
    }
  }

  /** Adds a pair that is not there yet. */
  add(first: number, second: number, pair: number): void {
    if (this.#size * 2 >= this.#mask) this.#grow()
    this.#size += 1
    this.#place(first, second, pair + 1)
  }

  #isMarked(mixed: number): boolean {
    const mark = this.#markOf(mixed)
    return ((this.#marks[mark >>> 5] ?? 0) & (1 << (mark & 31))) !== 0
  }

  #markOf(mixed: number): number {
    return mixed & (this.#marks.length * 32 - 1)
  }

  #place(first: number, second: number, pair: number): void {
    const mixed = mix(first, second)
    const mark = this.#markOf(mixed)
    this.#marks[mark >>> 5] = (this.#marks[mark >>> 5] ?? 0) | (1 << (mark & 31))
    let slot = mixed & this.#mask
    while (this.#slots[slot * stride + 2] !== 0) slot = (slot + 1) & this.#mask
    this.#slots.set([first, second, pair], slot * stride)
  }

  #grow(): void {
    const slots = this.#slots
    this.#slots = new Int32Array(slots.length * 2)
    this.#marks = new Int32Array(this.#marks.length * 2)
    this.#mask = this.#mask * 2 + 1
    for (let at = 0; at < slots.length; at += stride) {
      const pair = slots[at + 2] ?? 0
      if (pair !== 0) this.#place(slots[at] ?? 0, slots[at + 1] ?? 0, pair)
    }
  }
}
