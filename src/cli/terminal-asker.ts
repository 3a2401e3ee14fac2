import { Writable } from 'node:stream'
import { createAsker, type Asker } from './ask.ts'
import type { Io } from './io.ts'

/** An asker at the terminal of a command; null where nobody can be asked. It is to be closed. */
export function terminalAsker(io: Io): Asker | null {
  const { stdin } = io
  if (stdin?.isTTY !== true || io.isTerminal !== true) return null
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      io.out(chunk.toString())
      done()
    },
  })
  // readline edits lines in place as wide as the terminal is
  Object.assign(output, { isTTY: true, columns: io.width() })
  return createAsker({ input: stdin, output, isTerminal: true })
}

/** Asks before what is not taken back with one word. Where nobody can be asked, or `yes` says so, it is meant. */
export async function isMeant(
  io: Io,
  question: string,
  { yes = false }: { readonly yes?: boolean },
): Promise<boolean> {
  const asker = yes ? null : terminalAsker(io)
  if (asker === null) return true
  try {
    return (await asker.isYes(question, { empty: false })) === true
  } finally {
    asker.close()
  }
}
