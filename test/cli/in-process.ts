import type { Io } from '../../src/cli/io.ts'
import { runCommand } from '../../src/cli/run-command.ts'

/** What a command said and how it ended. */
export interface Said {
  readonly code: number
  readonly out: string
  readonly err: string
}

/**
 * Runs a command line in this process to its end, without what it takes to start the program. It writes to a pipe of 80 columns,
 * and of the environment it has what is given. Logs go to the standard error of this process, not into `err`.
 */
export async function inProcess(
  argv: readonly string[],
  given: Partial<Io> & Pick<Io, 'env'>,
): Promise<Said> {
  let [out, err] = ['', '']
  const io: Io = {
    ...{ cwd: '/', now: () => new Date(), width: () => 80, colour: false, progress: false },
    ...given,
    out: (text) => {
      out += text
      given.out?.(text)
    },
    err: (text) => {
      err += text
      given.err?.(text)
    },
  }
  const code = await runCommand(argv, io, { stopped: new Promise(() => undefined) })
  return { code, out, err }
}
