import { Argument, type Command } from 'commander'
import { configDirectory } from '../config/directory.ts'
import { example, type Does } from './example.ts'
import type { Io } from './io.ts'

/** Adds the tools: the configuration's check, migrations, replay, parse. */
export function toolCommands(program: Command, io: Io, does: Does): void {
  example(
    program
      .command('check-config')
      .description('every mistake in the configuration, or one line when it is fine'),
    'openwatch check-config',
  ).action(
    does(async () =>
      (await import('./check-config.ts')).checkConfig({
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
      .command('doctor')
      .description('look at all that openwatch needs: what is wrong, and how to mend it')
      .option('--json', 'as JSON'),
    'openwatch doctor',
  ).action(does(async (options: { json?: boolean }) => (await import('./doctor.ts')).doctor(io, options)))
  completionCommands(program, io, does)
  example(
    program
      .command('migrate')
      .description("bring the database to this version's schema (start does so itself)"),
    'openwatch migrate',
  ).action(does(async () => (await import('./migrate.ts')).migrateDatabase(io)))
  example(
    program
      .command('replay')
      .description('run entries through watch items on their own clock, without a database')
      .requiredOption('--watch <file>', 'watch items, as in config/watch')
      .requiredOption('--out <file>', 'where the changes go, one JSON object a line')
      .argument('<items...>', 'NDJSON or NDJSON.gz of JSON Feed items, or feeds'),
    'openwatch replay --watch questions.yaml --out changes.ndjson entries.ndjson.gz',
  ).action(
    does(async (items: string[], options: { watch: string; out: string }) =>
      (await import('./replay-files.ts')).replayFiles(io, items, options),
    ),
  )
  example(
    program
      .command('parse')
      .description('read feeds and print them as JSON Feed 1.1')
      .option('--ndjson', 'one line for each source')
      .argument('<sources...>', 'files or addresses'),
    'openwatch parse https://openai.com/news/rss.xml',
  ).action(
    does(async (sources: string[], options: { ndjson?: boolean }) =>
      (await import('./parse-sources.ts')).parseSources(io, sources, options.ndjson === true),
    ),
  )
}

function completionCommands(program: Command, io: Io, does: Does): void {
  example(
    program
      .command('completion')
      .description('what makes a shell complete commands, options and names')
      .addArgument(new Argument('<shell>', 'which').choices(['bash', 'zsh', 'fish'])),
    'openwatch completion fish > ~/.config/fish/completions/openwatch.fish',
    'source <(openwatch completion bash)',
  ).action(does(async (shell: string) => (await import('./completion.ts')).printCompletion(io, shell)))
  program
    .command('complete [words...]', { hidden: true })
    .action(
      does(async (words: string[] | undefined) =>
        (await import('./completion.ts')).printCandidates(io, program, words ?? []),
      ),
    )
}
