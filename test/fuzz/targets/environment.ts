import fc from 'fast-check'
import { createLogger } from '../../../src/cli/logger.ts'
import { UsageError } from '../../../src/cli/fault.ts'
import { formatProblems } from '../../../src/config/problem.ts'
import { readSettings } from '../../../src/config/load-settings.ts'
import { serverVariables } from '../../../src/config/server-environment.ts'
import { parseSource } from '../../../src/config/source.ts'
import { proxyFrom } from '../../../src/feeds/proxy.ts'
import { databaseServer, databaseUrlFault } from '../../../src/store/database-url.ts'
import { dataDirectoryPath } from '../../../src/store/data-directory.ts'
import { wildText } from '../mutate.ts'
import type { Fuzzing } from '../target.ts'

const names = [
  ...Object.values(serverVariables),
  ...[
    'OPENWATCH_PASSWORD_FILE',
    'OPENWATCH_PASSWORD_HASH_FILE',
    'OPENWATCH_DATA',
    'OPENWATCH_CONFIG',
    'XDG_DATA_HOME',
  ],
  ...[
    'DATABASE_URL',
    'HTTP_PROXY',
    'https_proxy',
    'NO_PROXY',
    'LOG_LEVEL',
    'TOKEN',
    'TOKEN_FILE',
    'HOME',
    'USER',
  ],
]
const values = [
  ...[
    '',
    ' ',
    '0',
    '8484',
    '65536',
    '-1',
    '127.0.0.1',
    '::',
    '[::1]',
    '/dev/null',
    '/',
    '/nothing/here',
    'info',
    'DEBUG',
  ],
  ...[
    'postgres://u:p@h:5432/d?sslmode=x',
    'postgres://',
    'postgresql://u:p%40@[::1]/d',
    'mysql://x',
    'http://u:p@proxy:1',
    'socks5://x',
  ],
  ...['$scrypt$ln=17,r=8,p=1$YWJj$ZGVm', '$scrypt$ln=99,r=8,p=1$$', '*', 'a,b,,', '${HOME}', '__proto__'],
]

/** Variables of the environment: used, or refused by their names, and no secret is told. */
export function start(): Fuzzing<Record<string, string>> {
  const source = parseSource(
    'openwatch.yaml',
    'channels: { a: { type: webhook, url: "${TOKEN}" }, b: { type: webhook, url: "https://${TOKEN}/" } }\n',
  )
  if (!source.ok) throw new Error('the file of this target is broken')
  return {
    inputs: fc.dictionary(
      fc.constantFrom(...names),
      fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...values) },
        wildText.map((text) => text.replaceAll('\0', '')),
      ),
    ),
    check(env) {
      const { problems, secrets } = readSettings(source.source, env)
      const told = formatProblems(problems)
      for (const secret of secrets)
        if (secret.length > 12 && told.includes(secret)) throw new Error('a secret is told')
      const url = env['DATABASE_URL'] ?? ''
      if (databaseUrlFault(url) === null) databaseServer(url)
      refusedOr(() => proxyFrom(env), /is no address of a proxy/)
      refusedOr(() => createLogger({ LOG_LEVEL: env['LOG_LEVEL'] }, 'silent', false), UsageError)
      dataDirectoryPath(env, { platform: 'linux', uid: 1000, applicationData: '/home/x' })
    },
  }
}

/** What refuses says so in its own words. */
function refusedOr(use: () => unknown, refusal: RegExp | typeof UsageError): void {
  try {
    use()
  } catch (error) {
    const isMeant = refusal instanceof RegExp ? refusal.test(String(error)) : error instanceof refusal
    if (!isMeant) throw error
  }
}
