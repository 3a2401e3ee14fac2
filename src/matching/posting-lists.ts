import { withRoom } from './typed-array.ts'
import { absent } from './vocabulary.ts'

/** Numbers of one posting: program, filter term, next posting of the same anchor, next of the same query, anchor. */
const stride = 5

/** Which queries each anchor term calls up: linked lists in one typed array, so that a query is added and removed alone. */
export class PostingLists {
  /** By posting: its query's program at `[posting]`, its filter term or `absent` at `[posting + 1]`, the next at `[posting + 2]`. */
  postings = new Int32Array(stride * 64)
  /** By anchor term: its first posting, or `absent`. */
  first = new Int32Array(64).fill(absent)
  #end = 0
  #free = absent

  /** Makes an anchor call up a query where `filter` (or nothing, `absent`) occurs too. `sibling`: the query's posting before. */
  add(program: number, anchor: number, filter: number, sibling: number): number {
    this.first = withRoom(this.first, anchor + 1, absent)
    const posting = this.#take()
    this.postings.set([program, filter, this.first[anchor] ?? absent, sibling, anchor], posting)
    this.first[anchor] = posting
    return posting
  }

  /** Removes a query's postings, given the last that was added for it; gives its program, `absent` where it had none. */
  removeAll(last: number): number {
    const program = last === absent ? absent : (this.postings[last] ?? absent)
    let posting = last
    while (posting !== absent) {
      const sibling = this.postings[posting + 3] ?? absent
      this.#unlink(posting)
      posting = sibling
    }
    return program
  }

  /** The anchors of a query, given the last posting that was added for it. */
  *anchorsOf(last: number): Generator<number> {
    for (let posting = last; posting !== absent; posting = this.postings[posting + 3] ?? absent)
      yield this.postings[posting + 4] ?? 0
  }

  #take(): number {
    const reused = this.#free
    if (reused !== absent) {
      this.#free = this.postings[reused + 2] ?? absent
      return reused
    }
    this.#end += stride
    this.postings = withRoom(this.postings, this.#end)
    return this.#end - stride
  }

  #unlink(posting: number): void {
    const { postings } = this
    const anchor = postings[posting + 4] ?? 0
    const next = postings[posting + 2] ?? absent
    let before = this.first[anchor] ?? absent
    if (before === posting) this.first[anchor] = next
    else {
      while (postings[before + 2] !== posting) before = postings[before + 2] ?? absent
      postings[before + 2] = next
    }
    postings[posting + 2] = this.#free
    this.#free = posting
  }
}
