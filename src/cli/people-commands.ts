import { InvalidArgumentError, Option, type Command } from 'commander'
import { rejectionReasons } from '../status/rejected.ts'
import { example, type Does } from './example.ts'
import type { Io } from './io.ts'
import type { SnoozeOptions } from './snooze.ts'
import type { WrongOptions } from './wrong.ts'

/** Adds what people do about what they are told: snooze, acknowledge, mute, wrong. */
export function peopleCommands(program: Command, io: Io, does: Does): void {
  example(
    program
      .command('snooze')
      .description('hold the alerts of a question for a while, a week when nothing else is said')
      .argument('<item>', 'id of a watch item')
      .addOption(
        new Option('--until <date>', 'until this day or time (UTC)').conflicts(['for', 'untilChange', 'off']),
      )
      .addOption(
        new Option('--for <time>', 'for so long, such as 12h or 7d').conflicts(['untilChange', 'off']),
      )
      .addOption(new Option('--until-change', 'until its status changes').conflicts('off'))
      .option('--off', 'alert again'),
    'openwatch snooze release-timing --for 3d',
    'openwatch snooze release-timing --until-change',
  ).action(
    does(async (item: string, options: SnoozeOptions) =>
      (await import('./snooze.ts')).snoozeQuestion(io, item, options),
    ),
  )
  example(
    program
      .command('acknowledge')
      .description('say that you have seen where a question stands')
      .argument('<item>', 'id of a watch item'),
    'openwatch acknowledge release-timing',
  ).action(does(async (item: string) => (await import('./acknowledge.ts')).acknowledge(io, item)))
  example(
    program
      .command('mute')
      .description('let the word of an outlet count for nothing in a question')
      .argument('<item>', 'id of a watch item')
      .argument('<outlet>', 'its domain, such as example.com')
      .option('--off', 'let it count again from now on'),
    'openwatch mute release-timing example.com',
  ).action(
    does(async (item: string, outlet: string, options: { off?: boolean }) =>
      (await import('./mute.ts')).mute(io, item, outlet, options.off === true),
    ),
  )
  wrongCommand(program, io, does)
}

function wrongCommand(program: Command, io: Io, does: Does): void {
  example(
    program
      .command('wrong')
      .description('reject what a change rests on: the change is corrected, its story does not count again')
      .argument('<item>', 'id of a watch item')
      .argument('[change]', 'its number in "openwatch status <item>"; the newest when left out', changeNumber)
      .addOption(new Option('--reason <reason>', 'why').choices(rejectionReasons).conflicts('undo'))
      .option('--note <text>', 'more about why, in your words')
      .option('--undo', 'let it count again'),
    'openwatch wrong release-timing 3 --reason not-said',
    'openwatch wrong release-timing --reason wrong-subject --note "that is another model"',
  ).action(
    does(async (item: string, change: number | undefined, options: WrongOptions) =>
      (await import('./wrong.ts')).wrong(io, item, change ?? null, options),
    ),
  )
}

function changeNumber(text: string): number {
  const number = Number(text.replace(/^#/, ''))
  if (Number.isInteger(number) && number > 0) return number
  throw new InvalidArgumentError('Write the number of a change, such as 3.')
}
