import { Option, type Command } from 'commander'
import { example, type Does } from './example.ts'
import type { Io } from './io.ts'
import type { StopSignal } from './start.ts'
import type { StatusOptions } from './status.ts'

/** Adds the daemon, what shows where everything stands, and what brings entries in. */
export function daemonCommands(program: Command, io: Io, stop: StopSignal, does: Does): void {
  example(
    program.command('start').description('run the daemon and its page until Ctrl-C'),
    'OPENWATCH_PORT=9000 openwatch start',
  ).action(does(async () => (await import('./start.ts')).start(io, stop)))
  example(
    program
      .command('worker')
      .description('poll, judge and deliver without a page, beside others on one database, until Ctrl-C'),
    'DATABASE_URL=postgresql://openwatch@db/openwatch openwatch worker',
  ).action(does(async () => (await import('./worker-command.ts')).worker(io, stop)))
  example(
    program.command('web').description('serve the page alone, beside others on one database, until Ctrl-C'),
    'OPENWATCH_HOST=0.0.0.0 openwatch web',
  ).action(does(async () => (await import('./web-command.ts')).web(io, stop)))
  example(
    program
      .command('demo')
      .description('see it work: the shipped story again in half a minute, nothing kept'),
    'openwatch demo',
  ).action(does(async () => (await import('./demo.ts')).demo(io, stop)))
  example(
    program
      .command('status')
      .description('where every question stands, or one of them in full')
      .argument('[item]', 'id of a watch item')
      .addOption(new Option('--json', 'as JSON').conflicts('markdown'))
      .option('--markdown', 'as Markdown, for a chat')
      .addOption(
        new Option(
          '-w, --watch',
          'go on showing it as it changes, until Ctrl-C; in a pipe: each change',
        ).conflicts(['json', 'markdown']),
      ),
    'openwatch status release-timing',
    'openwatch status --json',
  ).action(
    does(async (item: string | undefined, options: StatusOptions) =>
      (await import('./status.ts')).status(io, item, options, stop),
    ),
  )
  example(
    program
      .command('poll')
      .description('poll one feed, or all, now')
      .argument('[feed]', 'number or address of a feed'),
    'openwatch poll 3',
  ).action(does(async (feed: string | undefined) => (await import('./poll.ts')).poll(io, feed)))
  example(
    program
      .command('backfill')
      .description('read a feed of old entries (RSS, Atom, JSON Feed) without alerting')
      .argument('<source>', 'file or address'),
    'openwatch backfill archive-2025.json',
  ).action(does(async (source: string) => (await import('./backfill.ts')).backfillSource(io, source)))
}
