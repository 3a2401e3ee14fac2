import { faultOutcome } from './cli/fault.ts'
import { processIo } from './cli/io.ts'
import { runProgram } from './cli/program.ts'

/**
 * Runs a command line (without node and script) and gives the exit code: 0 done, 1 failed, 2 wrong use or configuration.
 * SIGTERM and Ctrl-C end the daemon in order; the second one ends the process at once.
 */
export async function main(argv: readonly string[]): Promise<number> {
  const io = processIo(process)
  outliveTheReader(process)
  const stopped = firstSignal(argv[0] === 'start' || argv[0] === 'demo')
  try {
    return await runProgram(argv, io, { stopped })
  } catch (error) {
    const { text, code } = faultOutcome(
      error,
      io.env['LOG_LEVEL'] === 'debug' || io.env['LOG_LEVEL'] === 'trace',
    )
    io.err(text)
    return code
  }
}

/** Who reads the output may go away (`openwatch status | head -1`): that is no fault, and the daemon watches on. */
function outliveTheReader({ stdout, stderr }: NodeJS.Process): void {
  for (const stream of [stdout, stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
}

/** Fulfilled by the first signal to stop; only a command that waits for it takes signals over. */
function firstSignal(listens: boolean): Promise<string> {
  return new Promise((resolve) => {
    if (!listens) return
    let signals = 0
    const onSignal = (signal: NodeJS.Signals) => {
      signals += 1
      if (signals > 1) process.exit(130)
      resolve(signal)
    }
    process.on('SIGINT', onSignal)
    process.on('SIGTERM', onSignal)
  })
}
