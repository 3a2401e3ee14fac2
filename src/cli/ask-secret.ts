import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { UsageError } from './fault.ts'
import type { Io } from './io.ts'

/** No secret is longer, in characters. */
const longest = 10_000

/** Asks for a secret on the terminal, which does not show what is typed; null when the asker gives up (Ctrl-C, Ctrl-D). */
export async function askSecret({ stdin, err }: Io, question: string): Promise<string | null> {
  if (stdin === undefined) return null
  err(question)
  const shown = new Writable({ write: (_chunk, _encoding, written) => written() })
  // as a terminal, so that it is not the system that echoes
  const lines = createInterface({ input: stdin, output: shown, terminal: true, historySize: 0 })
  const typed = await new Promise<string | null>((resolve) => {
    lines.once('line', resolve)
    lines.once('close', () => resolve(null))
  })
  lines.close()
  err('\n')
  return typed
}

/** The first line of standard input. Throws UsageError where nothing comes. */
export async function readSecret({ stdin }: Io): Promise<string> {
  let text = ''
  for await (const chunk of stdin ?? []) {
    text += String(chunk)
    if (text.includes('\n') || text.length > longest) break
  }
  const [line = ''] = text.split(/\r?\n/, 1)
  if (line === '')
    throw new UsageError('nothing came from standard input; pass the password as its first line')
  return line
}
