import { InvalidArgumentError, Option, type Command } from 'commander'
import type { RetryOptions } from './alert-retry.ts'
import type { AlertListOptions } from './alerts.ts'
import { example, type Does } from './example.ts'
import type { Io } from './io.ts'

/** The states of a delivery; named here so that help need not load the store. */
const deliveryStates = ['waiting', 'sent', 'dead', 'withdrawn']

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
      .addOption(new Option('--state <state>', 'only those that are').choices(deliveryStates))
      .option('--channel <name>', 'only those to a channel')
      .option('--item <id>', 'only those about a watch item')
      .option('--limit <number>', 'how many', wholeNumber, 50)
      .option('--json', 'as JSON'),
    'openwatch alerts list --state dead',
  ).action(does(async (options: AlertListOptions) => (await import('./alerts.ts')).listNewest(io, options)))
  example(
    alerts
      .command('explain')
      .description('what became of one, try by try')
      .argument('<id>', 'the id, or the beginning of it'),
    'openwatch alerts explain 3f2a91c0',
  ).action(does(async (id: string) => (await import('./alert-explain.ts')).explainAlert(io, id)))
  example(
    alerts
      .command('test')
      .description('send a real alert by a channel now, and say what came back')
      .argument('<channel>', 'its name in openwatch.yaml'),
    'openwatch alerts test console',
  ).action(does(async (channel: string) => (await import('./alert-test.ts')).testChannelByName(io, channel)))
  example(
    alerts
      .command('retry')
      .description('try again what was given up, under the same key')
      .argument('[id]', 'the id of one, or the beginning of it')
      .option('--channel <name>', 'all of a channel, with those that wait for their next try')
      .option('--all', 'all that were given up'),
    'openwatch alerts retry --all',
  ).action(
    does(async (id: string | undefined, options: RetryOptions) =>
      (await import('./alert-retry.ts')).retryByName(io, id, options),
    ),
  )
}

function wholeNumber(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number > 0 && number <= 10_000) return number
  throw new InvalidArgumentError('Write a whole number from 1 to 10000.')
}
