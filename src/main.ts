import { processIo, type Io } from './cli/io.ts'
import { runCommand } from './cli/run-command.ts'

/**
 * Runs a command line (without node and script) and gives the exit code: 0 done, 1 failed, 2 wrong use or configuration.
 * SIGTERM and Ctrl-C end the daemon in order; the second one ends the process at once.
 */
export function main(argv: readonly string[]): Promise<number> {
  const io = processIo(process)
  outliveTheReader(process)
  return runCommand(argv, io, { stopped: firstSignal(lasts(argv), io) })
}

/** Whether a command runs until it is told to stop. */
function lasts([command = '', ...args]: readonly string[]): boolean {
  if (command === 'status') return args.some((arg) => arg === '--watch' || arg === '-w')
  return lasting.has(command)
}

const lasting: ReadonlySet<string> = new Set(['start', 'worker', 'web', 'demo', 'mcp'])

/** Who reads the output may go away (`openwatch status | head -1`): that is no fault, and the daemon watches on. */
function outliveTheReader({ stdout, stderr }: NodeJS.Process): void {
  for (const stream of [stdout, stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
}

/** How long an orderly stop may take, in milliseconds; a database that hangs must not keep the process. */
const stopWithin = 4800

/**
 * Fulfilled by the first signal to stop; only a command that waits for it takes signals over. Under npm the end of the
 * shell that npm put between counts as one: npm does not pass SIGTERM on.
 */
function firstSignal(listens: boolean, io: Io): Promise<string> {
  return new Promise((resolve) => {
    if (!listens) return
    let signals = 0
    const onSignal = (signal: string) => {
      signals += 1
      if (signals > 1) process.exit(130)
      setTimeout(() => {
        io.err(
          'openwatch: not everything could be ended in time; what was under way is taken up at the next start\n',
        )
        process.exit(1)
      }, stopWithin).unref()
      resolve(signal)
    }
    process.on('SIGINT', onSignal)
    process.on('SIGTERM', onSignal)
    if (io.env['npm_lifecycle_event'] === undefined) return
    const parent = process.ppid
    const watching = setInterval(() => {
      if (process.ppid === parent) return
      clearInterval(watching)
      onSignal('the end of npm')
    }, 500)
    watching.unref()
  })
}
