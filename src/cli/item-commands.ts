import { Option, type Command } from 'commander'
import { statuses } from '../status/status.ts'
import type { AddOptions } from './add.ts'
import type { EditOptions } from './edit-item.ts'
import { example, type Does } from './example.ts'
import type { Io } from './io.ts'
import type { PreviewOptions } from './preview.ts'

/** Adds what is done with questions: add, preview, explain, items. */
export function itemCommands(program: Command, io: Io, does: Does): void {
  example(
    described(
      program
        .command('add')
        .description('put a question under watch')
        .argument('[question]', 'the question, in words for people; asked for on a terminal')
        .option(
          '--subject <words...>',
          'aliases of the subject: one must occur in an entry; on a terminal all is proposed and asked for without it',
        ),
    ).option(
      '--since <date>',
      'judge entries from this day on, or "stored": all there are; now when left out',
    ),
    'openwatch add',
    'openwatch add "Will Mistral release Mistral Large 3 with open weights?" --subject "Mistral Large 3" --kind release',
  ).action(
    does(async (question: string | undefined, options: AddOptions) =>
      (await import('./add.ts')).add(io, question, options),
    ),
  )
  example(
    described(
      program
        .command('preview')
        .description('what a question would have told over the stored entries, kept nowhere')
        .argument('<question>', 'a new question in words, or the id of a watch item')
        .option('--subject <words...>', 'aliases of the subject, for a new question'),
    )
      .option('--since <date>', 'look at entries from this day on; all when left out')
      .option('--json', 'as JSON'),
    'openwatch preview release-timing',
    'openwatch preview "When will Qwen 4 be released?" --subject "Qwen 4" --kind release',
  ).action(
    does(async (question: string, options: PreviewOptions) =>
      (await import('./preview.ts')).previewItem(io, question, options),
    ),
  )
  example(
    program
      .command('explain')
      .description('step by step why an entry did or did not change anything')
      .argument('<url>', 'the address that the entry links to')
      .argument('[item]', 'id of one watch item; all when left out'),
    'openwatch explain https://openai.com/index/introducing-gpt-oss/ release-timing',
  ).action(
    does(async (url: string, item: string | undefined) =>
      (await import('./explain.ts')).explain(io, url, item),
    ),
  )
  kept(program, io, does)
}

/** `openwatch items`: what is done with those that are there. */
function kept(program: Command, io: Io, does: Does): void {
  const items = example(
    program.command('items').description('the questions under watch'),
    'openwatch items list',
  )
  example(items.command('list').description('all of them'), 'openwatch items list').action(
    does(async () => (await import('./items.ts')).listWatchItems(io)),
  )
  example(
    items.command('show').description('how one is defined').argument('<id>'),
    'openwatch items show release-timing',
  ).action(does(async (id: string) => (await import('./items.ts')).showWatchItem(io, id)))
  example(
    described(
      items
        .command('edit')
        .description('change what is given, and judge what is stored anew, silently')
        .argument('<id>')
        .option('--question <text>', 'the question, in words for people')
        .option('--subject <words...>', 'aliases of the subject: one must occur in an entry'),
      'edit',
    ).option('--since <date>', 'judge entries from this day on'),
    'openwatch items edit falcon --subject "Falcon 3" "Falcon III"',
  ).action(
    does(async (id: string, options: EditOptions) =>
      (await import('./edit-item.ts')).editWatchItem(io, id, options),
    ),
  )
  example(
    items.command('history').description('what people did to one: added, edited, paused').argument('<id>'),
    'openwatch items history falcon',
  ).action(does(async (id: string) => (await import('./edit-item.ts')).itemHistory(io, id)))
  const changes = [
    ['pause', 'stop judging for it, for now'],
    ['resume', 'judge for it again, and what came meanwhile, silently'],
  ] as const
  for (const [name, description] of changes)
    example(
      items.command(name).description(description).argument('<id>'),
      `openwatch items ${name} release-timing`,
    ).action(does(async (id: string) => (await import('./items.ts')).changeWatchItem(io, id, name)))
  example(
    items
      .command('remove')
      .description('take it off the watch; its history is kept')
      .argument('<id>')
      .option('--yes', 'do not ask first'),
    'openwatch items remove release-timing',
  ).action(
    does(async (id: string, sure: { readonly yes?: boolean }) =>
      (await import('./items.ts')).changeWatchItem(io, id, 'remove', sure),
    ),
  )
}

/** The options that describe a watch item. */
function described(command: Command, use: 'new' | 'edit' = 'new'): Command {
  const named =
    use === 'edit' ? command : command.option('--id <id>', 'its name; made from the question when left out')
  return named
    .option('--context <words...>', 'one of these must occur too; the outlet counts')
    .option('--about <words...>', 'and one of these')
    .option('--kind <kind>', 'release, decision, measure, event, or one of config/kinds')
    .option('--topic <topic>', 'the group it belongs to')
    .option('--official <domains...>', 'outlets whose own word settles it')
    .addOption(new Option('--status <status>', 'where it stands now').choices(statuses))
    .option('--expected <date>', 'the promised date, in words')
}
