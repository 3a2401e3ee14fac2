import { Option, type Command } from 'commander'
import type { AddFeedOptions } from './add-feed.ts'
import { example, type Does } from './example.ts'
import type { Io } from './io.ts'
import type { ExportOptions } from './opml.ts'

const pasted = [
  'what to poll: the address of a feed, or of a page that has one, or a',
  'shorthand: github:owner/name, hf:organisation, news:words, hn:words,',
  'arxiv:words, youtube:@channel, r/subreddit',
].join('\n')

/** Adds `openwatch feeds …` to the program. */
export function feedCommands(program: Command, io: Io, does: Does): void {
  const feeds = example(program.command('feeds').description('what is polled'), 'openwatch feeds list')
  example(feeds.command('list').description('all feeds with their health'), 'openwatch feeds list').action(
    does(async () => (await import('./feeds.ts')).listAllFeeds(io)),
  )
  addCommand(feeds, io, does)
  const changes = [
    [
      'test',
      'ask for a feed and tell what it has, nothing kept',
      async (name: string) => (await import('./feeds.ts')).testFeedByName(io, name),
    ],
    [
      'pause',
      'stop polling a feed for now',
      async (name: string) => (await import('./feeds.ts')).changeFeedByName(io, name, 'pause'),
    ],
    [
      'resume',
      'poll a paused or retired feed again',
      async (name: string) => (await import('./feeds.ts')).changeFeedByName(io, name, 'resume'),
    ],
  ] as const
  for (const [name, description, work] of changes)
    example(
      feeds.command(name).description(description).argument('<feed>', 'its number or address'),
      `openwatch feeds ${name} 3`,
    ).action(does(work))
  example(
    feeds
      .command('remove')
      .description('stop polling a feed; its entries are kept')
      .argument('<feed>', 'its number or address')
      .option('--yes', 'do not ask first'),
    'openwatch feeds remove 3',
  ).action(
    does(async (name: string, sure: { readonly yes?: boolean }) =>
      (await import('./feeds.ts')).changeFeedByName(io, name, 'remove', sure),
    ),
  )
  opmlCommands(feeds, io, does)
}

function addCommand(feeds: Command, io: Io, does: Does): void {
  example(
    feeds
      .command('add')
      .description('poll another feed')
      .argument('<what>', pasted)
      .option('--title <name>', 'name to show')
      .option('--outlet <domain>', 'who speaks in it, where its links do not say so')
      .option('--topic <topic>', 'the topic it serves')
      .option('--every <time>', 'a fixed interval, such as 15m')
      .option('--selector <css>', 'for a page without a feed: what this matches are the entries')
      .addOption(new Option('--all', 'of several feeds on a page, all').conflicts('first'))
      .option('--first', 'of several feeds on a page, the first')
      .option('--no-check', 'add it unseen, such as while offline'),
    'openwatch feeds add https://openai.com/news/rss.xml',
    'openwatch feeds add github:openai/gpt-oss --outlet openai.com',
    'openwatch feeds add https://example.org/news --selector ".post a"',
  ).action(
    does(async (what: string, options: AddFeedOptions) =>
      (await import('./add-feed.ts')).addFeedByName(io, what, options),
    ),
  )
}

function opmlCommands(feeds: Command, io: Io, does: Does): void {
  example(
    feeds
      .command('import')
      .description('poll the feeds of another reader')
      .argument('<file>', 'a list of feeds in OPML'),
    'openwatch feeds import subscriptions.opml',
  ).action(does(async (file: string) => (await import('./opml.ts')).importFeedsFile(io, file)))
  example(
    feeds
      .command('export')
      .description('write the feeds as OPML, for other readers')
      .option('--out <file>', 'where to; to standard output when left out')
      .option('--with-secrets', 'with the passwords and keys in addresses'),
    'openwatch feeds export --out feeds.opml',
  ).action(does(async (options: ExportOptions) => (await import('./opml.ts')).exportFeedsFile(io, options)))
}
