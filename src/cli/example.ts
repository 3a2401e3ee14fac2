import type { Command } from 'commander'

/** Makes an action of what a command does: its exit code is kept. */
export type Does = <A extends unknown[]>(
  work: (...args: A) => Promise<number>,
) => (...args: A) => Promise<void>

/** Adds examples to a command's help, and the way to that help to its errors. */
export function example(command: Command, ...lines: string[]): Command {
  const names = []
  for (let named: Command | null = command; named !== null; named = named.parent) names.unshift(named.name())
  command.showHelpAfterError(`Try "${names.join(' ')} --help".`)
  const title = lines.length === 1 ? 'Example:' : 'Examples:'
  return command.addHelpText('after', `\n${title}\n${lines.map((line) => `  $ ${line}`).join('\n')}`)
}
