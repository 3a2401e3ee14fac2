import { Option, type Command } from 'commander'
import { tokenScopes } from '../store/api-tokens.ts'
import { example, type Does } from './example.ts'
import type { Io } from './io.ts'
import type { PasswdOptions } from './passwd.ts'
import type { TokenOptions } from './tokens.ts'

/** Adds who gets in: the password of the pages, and the tokens of programs. */
export function accessCommands(program: Command, io: Io, does: Does): void {
  example(
    program
      .command('passwd')
      .description('set the password of the pages; everybody who is signed in is signed out')
      .option('--stdin', 'read it from standard input, one line')
      .addOption(
        new Option('--hash', 'print what goes into OPENWATCH_PASSWORD_HASH, and store nothing').conflicts(
          'remove',
        ),
      )
      .addOption(new Option('--remove', 'have none any more').conflicts('stdin')),
    'openwatch passwd',
    'pass show openwatch | openwatch passwd --stdin',
  ).action(does(async (options: PasswdOptions) => (await import('./passwd.ts')).passwd(io, options)))

  const tokens = example(
    program.command('tokens').description('tokens, which programs show in place of the password'),
    'openwatch tokens list',
  )
  example(
    tokens
      .command('create')
      .description('make a token: it is printed once, and kept nowhere')
      .argument('<name>', 'what it is for')
      .addOption(
        new Option('--scope <scope>', 'read: see everything; write: change it, too')
          .choices(tokenScopes)
          .default('read'),
      )
      .option('--expires <time>', 'how long it holds, such as 90d; until it is revoked when left out'),
    'openwatch tokens create "feed reader"',
    'openwatch tokens create deploy --scope write --expires 90d',
  ).action(
    does(async (name: string, options: TokenOptions) =>
      (await import('./tokens.ts')).addToken(io, name, options),
    ),
  )
  example(
    tokens.command('list').description('the tokens that there are, and when they were last used'),
    'openwatch tokens list',
  ).action(does(async () => (await import('./tokens.ts')).listTokens(io)))
  example(
    tokens
      .command('revoke')
      .description('let a token hold no longer')
      .argument('<name>', 'its name in "openwatch tokens list"'),
    'openwatch tokens revoke deploy',
  ).action(does(async (name: string) => (await import('./tokens.ts')).revokeToken(io, name)))
}
