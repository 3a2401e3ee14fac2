import { Command, CommanderError } from 'commander'
import { accessCommands } from './access-commands.ts'
import { alertCommands } from './alert-commands.ts'
import { daemonCommands } from './daemon-commands.ts'
import { example } from './example.ts'
import { feedCommands } from './feed-commands.ts'
import type { Io } from './io.ts'
import { itemCommands } from './item-commands.ts'
import { mcpCommands } from './mcp-commands.ts'
import { peopleCommands } from './people-commands.ts'
import type { StopSignal } from './start.ts'
import { toolCommands } from './tool-commands.ts'
import { version } from '../version.ts'

/**
 * Runs a command line (without node and script) and gives the exit code. Throws what the command threw. Commands are loaded
 * when they run: help and small commands need not wait for the database client.
 */
export async function runProgram(argv: readonly string[], io: Io, stop: StopSignal): Promise<number> {
  let code = 0
  const does =
    <A extends unknown[]>(work: (...args: A) => Promise<number>) =>
    async (...args: A) => {
      code = await work(...args)
    }
  const program = root(io)
  daemonCommands(program, io, stop, does)
  alertCommands(program, io, does)
  itemCommands(program, io, does)
  peopleCommands(program, io, does)
  feedCommands(program, io, does)
  accessCommands(program, io, does)
  mcpCommands(program, io, stop, does)
  toolCommands(program, io, does)
  try {
    await program.parseAsync(argv.length === 0 ? ['--help'] : argv, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    throw error
  }
}

function root(io: Io): Command {
  const program = new Command('openwatch')
    .description('Keeps watch over open questions in the news and says when the answer moved.')
    .exitOverride()
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      getOutHelpWidth: io.width,
      getErrHelpWidth: io.width,
      getOutHasColors: () => io.colour,
      outputError: (text, write) => write(text.replace(/^error: /, 'openwatch: ')),
    })
    .version(version(), '-v, --version', 'tell the version')
    .helpOption('-h, --help', 'tell what there is, and how it is used')
    .helpCommand('help [command]', 'the same')
    .showSuggestionAfterError()
  return example(program, 'openwatch start', 'openwatch status', 'openwatch status release-timing')
}
