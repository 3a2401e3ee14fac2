/** A term that is not in the vocabulary. */
export const absent = -1

/** The terms of all queries, numbered from 0: an open-addressing table with linear probing, at most half full. */
export class Vocabulary {
  readonly terms: string[] = []
  #hashes = new Int32Array(64)
  /** Term number plus one, 0 where the slot is free. */
  #slots = new Int32Array(64)
  #mask = 63

  get size(): number {
    return this.terms.length
  }

  /** The number of a term, or `absent`. `hash` is `hashOf(term)`. */
  find(term: string, hash: number): number {
    const slots = this.#slots
    const hashes = this.#hashes
    const mask = this.#mask
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const slot = slots[at] ?? 0
      if (slot === 0) return absent
      if (hashes[at] === hash && this.terms[slot - 1] === term) return slot - 1
    }
  }

  /** Whether any term may have this hash: spares building a term's name. */
  holds(hash: number): boolean {
    const mask = this.#mask
    for (let at = hash & mask; this.#slots[at] !== 0; at = (at + 1) & mask) {
      if (this.#hashes[at] === hash) return true
    }
    return false
  }

  /** The number of a term, which is added where it is new. */
  intern(term: string, hash: number): number {
    const known = this.find(term, hash)
    if (known !== absent) return known
    if (this.terms.length * 2 >= this.#mask) this.#grow()
    this.terms.push(term)
    this.#place(hash, this.terms.length)
    return this.terms.length - 1
  }

  #place(hash: number, slot: number): void {
    let at = hash & this.#mask
    while (this.#slots[at] !== 0) at = (at + 1) & this.#mask
    this.#slots[at] = slot
    this.#hashes[at] = hash
  }

  #grow(): void {
    const hashes = this.#hashes
    const slots = this.#slots
    const length = slots.length * 2
    this.#hashes = new Int32Array(length)
    this.#slots = new Int32Array(length)
    this.#mask = length - 1
    for (const [at, slot] of slots.entries()) if (slot !== 0) this.#place(hashes[at] ?? 0, slot)
  }
}
