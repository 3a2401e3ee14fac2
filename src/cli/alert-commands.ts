import { InvalidArgumentError, type Command } from 'commander'
import { example, type Does } from './example.ts'
import type { Io } from './io.ts'

/** Adds `openwatch alerts …` to the program. */
export function alertCommands(program: Command, io: Io, does: Does): void {
  const alerts = example(
    program.command('alerts').description('what was told, and to whom'),
    'openwatch alerts list',
  )
  example(
    alerts
      .command('list')
      .description('the newest deliveries')
      .option('--limit <number>', 'how many', wholeNumber, 50),
    'openwatch alerts list --limit 10',
  ).action(
    does(async (options: { limit: number }) => (await import('./alerts.ts')).listAlerts(io, options.limit)),
  )
}

function wholeNumber(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number > 0 && number <= 10_000) return number
  throw new InvalidArgumentError('Write a whole number from 1 to 10000.')
}
