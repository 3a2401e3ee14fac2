/** Collects what is to be written down and hands it on in batches, one after the other. */
export interface Batches<T> {
  add(one: T): void
  /** Resolves when not more than a batch is waiting, null when that is so: for who could add faster than is written. */
  room(): Promise<void> | null
  /** Resolves when all is handed on. */
  drain(): Promise<void>
}

export interface BatchOptions {
  /** Most in one batch. */
  readonly most: number
  /** How long the first of a batch waits for others, in milliseconds. */
  readonly waitMs: number
}

/** `save` must not reject: what it does about a batch that cannot be written is its own affair. */
export function createBatches<T>(
  save: (batch: readonly T[]) => Promise<void>,
  { most, waitMs }: BatchOptions,
): Batches<T> {
  let waiting: T[] = []
  let timer: NodeJS.Timeout | null = null
  let saving: Promise<void> | null = null

  function soon(): void {
    if (saving !== null || waiting.length === 0) return
    if (waiting.length >= most) begin()
    else timer ??= setTimeout(begin, waitMs)
  }

  function begin(): void {
    if (timer !== null) clearTimeout(timer)
    timer = null
    if (saving !== null || waiting.length === 0) return
    const batch = waiting.slice(0, most)
    waiting = waiting.slice(most)
    saving = save(batch).finally(() => {
      saving = null
      soon()
    })
  }

  async function roomMade(): Promise<void> {
    while (waiting.length > most && saving !== null) await saving
  }

  return {
    add(one) {
      waiting.push(one)
      soon()
    },
    room: () => (waiting.length > most ? roomMade() : null),
    async drain() {
      while (waiting.length > 0 || saving !== null) {
        begin()
        await saving
      }
    },
  }
}
