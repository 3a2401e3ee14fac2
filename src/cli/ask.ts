import { createInterface } from 'node:readline/promises'

/** Asks a person at a terminal. */
export interface Asker {
  /** Asks for a line; what stands there already can be edited. Null when the person leaves (Ctrl-C, Ctrl-D). */
  line(question: string, proposed?: string): Promise<string | null>
  /** Asks yes or no; an empty answer is yes, or what `empty` says. Null when the person leaves. */
  isYes(question: string, options?: { readonly empty: boolean }): Promise<boolean | null>
  close(): void
}

/** An asker at a terminal, or at what stands for one in a test. */
export function createAsker(terminal: {
  readonly input: NodeJS.ReadableStream
  readonly output: NodeJS.WritableStream
  /** Whether lines are edited in place; in a test they come as they are. */
  readonly isTerminal: boolean
}): Asker {
  const { input, output, isTerminal } = terminal
  const lines = createInterface({ input, output, terminal: isTerminal, historySize: 0 })
  const left = new AbortController()
  lines.once('close', () => left.abort())
  lines.once('SIGINT', () => lines.close())
  // answers that come before their question wait for it
  const waiting: string[] = []
  const wanted: ((line: string) => void)[] = []
  lines.on('line', (line) => {
    const take = wanted.shift()
    if (take === undefined) waiting.push(line)
    else take(line)
  })
  const next = (): Promise<string | null> => {
    const come = waiting.shift()
    if (come !== undefined) return Promise.resolve(come)
    if (left.signal.aborted) return Promise.resolve(null)
    return new Promise((resolve) => {
      const leave = () => resolve(null)
      left.signal.addEventListener('abort', leave, { once: true })
      wanted.push((line) => {
        left.signal.removeEventListener('abort', leave)
        resolve(line)
      })
    })
  }
  return {
    async line(question, proposed = '') {
      lines.setPrompt(question)
      if (!left.signal.aborted) lines.prompt()
      if (isTerminal && proposed !== '' && !left.signal.aborted) lines.write(proposed)
      const answer = await next()
      if (answer === null) return null
      // where lines cannot be edited in place an empty one takes what was proposed
      return !isTerminal && answer.trim() === '' ? proposed : answer.trim()
    },
    async isYes(question, { empty } = { empty: true }) {
      lines.setPrompt(`${question} ${empty ? '[Y/n]' : '[y/N]'} `)
      if (!left.signal.aborted) lines.prompt()
      const answer = await next()
      if (answer === null) return null
      return answer.trim() === '' ? empty : /^\s*y(?:es)?\s*$/i.test(answer)
    },
    close: () => lines.close(),
  }
}
