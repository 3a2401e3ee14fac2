/** A term that is not in the vocabulary. */
export const absent = -1

/**
 * The terms of all queries, numbered from 0. Single terms are found through an open-addressing table with linear probing, at
 * most half full: hash and number side by side, so that a look-up touches one place in memory.
 */
export class Vocabulary {
  readonly terms: string[] = []
  /** By slot: the hash at `[2 * slot]`, the term's number plus one (0 where the slot is free) behind it. */
  #slots = new Int32Array(128)
  #mask = 63
  #size = 0

  get size(): number {
    return this.terms.length
  }

  /** The number of a term, or `absent`. `hash` is `hashOf(term)`. */
  find(term: string, hash: number): number {
    const slots = this.#slots
    const mask = this.#mask
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = slots[2 * slot + 1] ?? 0
      if (number === 0) return absent
      if (slots[2 * slot] === hash && this.terms[number - 1] === term) return number - 1
    }
  }

  /** The number of a term, which is added where it is new. */
  intern(term: string, hash: number): number {
    const known = this.find(term, hash)
    if (known !== absent) return known
    this.#size += 1
    if (this.#size * 2 > this.#mask) this.#grow()
    const number = this.reserve(term)
    this.#place(hash, number + 1)
    return number
  }

  /** A new number for a term that is found in another way than by its hash. */
  reserve(term: string): number {
    return this.terms.push(term) - 1
  }

  #place(hash: number, number: number): void {
    let slot = hash & this.#mask
    while (this.#slots[2 * slot + 1] !== 0) slot = (slot + 1) & this.#mask
    this.#slots[2 * slot] = hash
    this.#slots[2 * slot + 1] = number
  }

  #grow(): void {
    const slots = this.#slots
    this.#slots = new Int32Array(slots.length * 2)
    this.#mask = this.#mask * 2 + 1
    for (let at = 0; at < slots.length; at += 2) {
      const number = slots[at + 1] ?? 0
      if (number !== 0) this.#place(slots[at] ?? 0, number)
    }
  }
}
