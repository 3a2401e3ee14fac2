/** Work that is done again and again. */
export interface Repeating {
  /** Begins nothing more; resolves when what is under way has ended. */
  stop(): Promise<void>
}

export interface Rhythm {
  /** From one begin to the next, in milliseconds; longer where the work takes longer. */
  readonly everyMs: number
  /** Until the first begin, in milliseconds; as long as every other when left out. */
  readonly firstMs?: number
}

/**
 * Does some work again and again, never twice at a time. By timers, which count the time that passes, and not by the hour
 * that the machine's clock shows: that may be set forward or back. `work` must not reject.
 */
export function repeat(work: () => Promise<void>, { everyMs, firstMs = everyMs }: Rhythm): Repeating {
  let isStopped = false
  let working = Promise.resolve()
  let timer = setTimeout(begin, firstMs)

  function begin(): void {
    const began = performance.now()
    working = work().finally(() => {
      if (!isStopped) timer = setTimeout(begin, Math.max(0, everyMs - (performance.now() - began)))
    })
  }

  return {
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await working
    },
  }
}
