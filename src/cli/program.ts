import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { configDirectory } from '../config/directory.ts'
import { statuses } from '../status/status.ts'
import { add, type AddOptions } from './add.ts'
import { listAlerts } from './alerts.ts'
import { backfillSource } from './backfill.ts'
import { checkConfig } from './check-config.ts'
import { demo } from './demo.ts'
import { explain } from './explain.ts'
import { example, type Does } from './example.ts'
import { feedCommands } from './feed-commands.ts'
import type { Io } from './io.ts'
import { changeWatchItem, listWatchItems, showWatchItem } from './items.ts'
import { migrateDatabase } from './migrate.ts'
import { parseSources } from './parse-sources.ts'
import { poll } from './poll.ts'
import { previewItem, type PreviewOptions } from './preview.ts'
import { replayFiles } from './replay-files.ts'
import { start, type StopSignal } from './start.ts'
import { status, type StatusOptions } from './status.ts'
import { version } from './version.ts'

/** Runs a command line (without node and script) and gives the exit code. Throws what the command threw. */
export async function runProgram(argv: readonly string[], io: Io, stop: StopSignal): Promise<number> {
  let code = 0
  const does =
    <A extends unknown[]>(work: (...args: A) => Promise<number>) =>
    async (...args: A) => {
      code = await work(...args)
    }
  const program = root(io)
  daemonCommands(program, io, stop, does)
  itemCommands(program, io, does)
  feedCommands(program, io, does)
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

function daemonCommands(program: Command, io: Io, stop: StopSignal, does: Does): void {
  example(
    program.command('start').description('run the daemon and its page until Ctrl-C'),
    'OPENWATCH_PORT=9000 openwatch start',
  ).action(does(() => start(io, stop)))
  example(
    program
      .command('demo')
      .description('see it work: the shipped story again in half a minute, nothing kept'),
    'openwatch demo',
  ).action(does(() => demo(io, stop)))
  example(
    program
      .command('status')
      .description('where every question stands, or one of them in full')
      .argument('[item]', 'id of a watch item')
      .addOption(new Option('--json', 'as JSON').conflicts('markdown'))
      .option('--markdown', 'as Markdown, for a chat'),
    'openwatch status release-timing',
    'openwatch status --json',
  ).action(does((item: string | undefined, options: StatusOptions) => status(io, item, options)))
  example(
    program
      .command('poll')
      .description('poll one feed, or all, now')
      .argument('[feed]', 'number or address of a feed'),
    'openwatch poll 3',
  ).action(does((feed: string | undefined) => poll(io, feed)))
  example(
    program
      .command('backfill')
      .description('read a feed of old entries (RSS, Atom, JSON Feed) without alerting')
      .argument('<source>', 'file or address'),
    'openwatch backfill archive-2025.json',
  ).action(does((source: string) => backfillSource(io, source)))
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
  ).action(does((options: { limit: number }) => listAlerts(io, options.limit)))
}

function itemCommands(program: Command, io: Io, does: Does): void {
  example(
    described(
      program
        .command('add')
        .description('put a question under watch')
        .argument('<question>', 'the question, in words for people')
        .requiredOption('--subject <words...>', 'aliases of the subject: one must occur in an entry'),
    ).option('--since <date>', 'judge entries from this day on; now when left out'),
    'openwatch add "Will Mistral release Mistral Large 3 with open weights?" --subject "Mistral Large 3" --kind release',
  ).action(does((question: string, options: AddOptions) => add(io, question, options)))
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
  ).action(does((question: string, options: PreviewOptions) => previewItem(io, question, options)))
  example(
    program
      .command('explain')
      .description('step by step why an entry did or did not change anything')
      .argument('<url>', 'the address that the entry links to')
      .argument('[item]', 'id of one watch item; all when left out'),
    'openwatch explain https://openai.com/index/introducing-gpt-oss/ release-timing',
  ).action(does((url: string, item: string | undefined) => explain(io, url, item)))
  const items = example(
    program.command('items').description('the questions under watch'),
    'openwatch items list',
  )
  example(items.command('list').description('all of them'), 'openwatch items list').action(
    does(() => listWatchItems(io)),
  )
  example(
    items.command('show').description('how one is defined').argument('<id>'),
    'openwatch items show release-timing',
  ).action(does((id: string) => showWatchItem(io, id)))
  const changes = [
    ['pause', 'stop judging for it, for now', 'paused'],
    ['resume', 'judge for it again', 'watching'],
    ['remove', 'take it off the watch; its history is kept', 'retired'],
  ] as const
  for (const [name, description, state] of changes)
    example(
      items.command(name).description(description).argument('<id>'),
      `openwatch items ${name} release-timing`,
    ).action(does((id: string) => changeWatchItem(io, id, state)))
}

/** The options that describe a watch item. */
function described(command: Command): Command {
  return command
    .option('--context <words...>', 'one of these must occur too; the outlet counts')
    .option('--about <words...>', 'and one of these')
    .option('--kind <kind>', 'release, decision, measure, or one of config/kinds')
    .option('--topic <topic>', 'the group it belongs to')
    .option('--official <domains...>', 'outlets whose own word settles it')
    .option('--id <id>', 'its name; made from the question when left out')
    .addOption(new Option('--status <status>', 'where it stands now').choices(statuses))
    .option('--expected <date>', 'the promised date, in words')
}

function toolCommands(program: Command, io: Io, does: Does): void {
  example(
    program
      .command('check-config')
      .description('every mistake in the configuration, or one line when it is fine'),
    'openwatch check-config',
  ).action(
    does(() =>
      checkConfig({
        directory: configDirectory(io.env, io.cwd),
        env: io.env,
        now: io.now(),
        out: io.out,
        err: io.err,
      }),
    ),
  )
  example(
    program
      .command('migrate')
      .description("bring the database to this version's schema (start does so itself)"),
    'openwatch migrate',
  ).action(does(() => migrateDatabase(io)))
  example(
    program
      .command('replay')
      .description('run entries through watch items on their own clock, without a database')
      .requiredOption('--watch <file>', 'watch items, as in config/watch')
      .requiredOption('--out <file>', 'where the changes go, one JSON object a line')
      .argument('<items...>', 'NDJSON or NDJSON.gz of JSON Feed items, or feeds'),
    'openwatch replay --watch questions.yaml --out changes.ndjson entries.ndjson.gz',
  ).action(
    does((items: string[], options: { watch: string; out: string }) => replayFiles(io, items, options)),
  )
  example(
    program
      .command('parse')
      .description('read feeds and print them as JSON Feed 1.1')
      .option('--ndjson', 'one line for each source')
      .argument('<sources...>', 'files or addresses'),
    'openwatch parse https://openai.com/news/rss.xml',
  ).action(
    does((sources: string[], options: { ndjson?: boolean }) =>
      parseSources(io, sources, options.ndjson === true),
    ),
  )
}

function wholeNumber(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number > 0 && number <= 10_000) return number
  throw new InvalidArgumentError('Write a whole number from 1 to 10000.')
}
