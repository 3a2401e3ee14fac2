import { faultOutcome } from './fault.ts'
import type { Io } from './io.ts'
import { runProgram } from './program.ts'
import type { StopSignal } from './start.ts'

/**
 * Runs a command line (without node and script) and gives the exit code: 0 done, 1 failed, 2 wrong use or configuration.
 * What went wrong is told on standard error.
 */
export async function runCommand(argv: readonly string[], io: Io, stop: StopSignal): Promise<number> {
  try {
    return await runProgram(argv, io, stop)
  } catch (error) {
    const level = io.env['LOG_LEVEL']
    const { text, code } = faultOutcome(error, level === 'debug' || level === 'trace')
    io.err(text)
    return code
  }
}
