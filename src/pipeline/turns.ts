/** Lets only so many do something at a time; the others wait, first come first served. */
export interface Turns {
  /** Resolves when it is one's turn, with what gives it on to the next; to be called once. Null when the signal aborts first. */
  take(signal?: AbortSignal): Promise<(() => void) | null>
}

/** Turns of which so many are given out at a time. */
export function createTurns(most: number): Turns {
  let free = most
  const waiting: (() => void)[] = []
  const giveBack = (): void => {
    const next = waiting.shift()
    if (next === undefined) free += 1
    else next()
  }
  return {
    take(signal) {
      if (signal?.aborted === true) return Promise.resolve(null)
      if (free > 0) {
        free -= 1
        return Promise.resolve(giveBack)
      }
      return new Promise((resolve) => {
        const leave = (): void => {
          const place = waiting.indexOf(enter)
          if (place >= 0) waiting.splice(place, 1)
          resolve(null)
        }
        const enter = (): void => {
          signal?.removeEventListener('abort', leave)
          resolve(giveBack)
        }
        waiting.push(enter)
        signal?.addEventListener('abort', leave, { once: true })
      })
    },
  }
}
