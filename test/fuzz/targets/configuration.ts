import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { stringify } from 'yaml'
import { readKinds } from '../../../src/config/load-kinds.ts'
import { readSettings } from '../../../src/config/load-settings.ts'
import { readWatchItems } from '../../../src/config/load-watch-file.ts'
import { formatProblems, type Problem } from '../../../src/config/problem.ts'
import { settingsSchema } from '../../../src/config/schema.ts'
import { watchItemSchema } from '../../../src/config/schema/watch-item.ts'
import { parseSource, type Source } from '../../../src/config/source.ts'
import { createJudge } from '../../../src/pipeline/judge.ts'
import type { Kind } from '../../../src/status/kind.ts'
import { falcon } from '../../support/falcon.ts'
import { mutated, wildText } from '../mutate.ts'
import { newsTexts } from '../samples/news.ts'
import type { Fuzzing } from '../target.ts'

const config = new URL('../../../config/', import.meta.url)
const read = (file: string) => readFileSync(new URL(file, config), 'utf8')
const files = [
  read('openwatch.yaml'),
  read('watch/openai-open-weights.yaml'),
  ...readdirSync(new URL('kinds/', config)).map((file) => read(`kinds/${file}`)),
  'server: { host: "::", port: 1, password: "${PASSWORD}", trustProxy: [loopback] }\nchannels: { m: { type: matrix, url: "https://m.example", token: "${TOKEN}", room: "!a:b" } }\nroutes: [{ to: [m], topics: [x] }]\n',
]
const scraps = [
  ...[
    '- ',
    ': ',
    '\n',
    '\n  ',
    '{ ',
    ' }',
    '[',
    ']',
    ',',
    '"',
    "'",
    '|',
    '>',
    '#',
    '&a ',
    '*a',
    '<<: *a',
    '!!js/function',
    '!!binary ',
    '---\n',
    '? ',
  ],
  ...[
    '${TOKEN}',
    '${X}',
    '${',
    '${HOME}',
    '${TOKEN_FILE}',
    'null',
    '~',
    'true',
    'yes',
    '.inf',
    '.nan',
    '0x1f',
    '1e999',
    '-1',
    '2025-99-99',
    '1h',
    '99999999d',
  ],
  ...[
    '__proto__: ',
    'constructor: ',
    'toString: ',
    'id: ',
    'feeds: ',
    'items: ',
    'channels: ',
    'events: ',
    'verbs: [',
    '*|a|?',
    '(',
    '*',
    '\t',
    '\u0000',
    '\u2028',
  ],
]

const secret = 'hunter2-hunter2-hunter2'

/** Every file of the configuration, changed, or of values that fit nothing. Kinds that are taken are judged by. */
export function start(): Fuzzing<string> {
  const section = (keys: readonly string[]) =>
    fc.dictionary(fc.constantFrom(...keys, '__proto__'), fc.jsonValue())
  const settings = fc
    .record(
      Object.fromEntries(
        Object.keys(settingsSchema.shape).map((key) => [
          key,
          fc.oneof(
            fc.jsonValue(),
            section(['type', 'url', 'host', 'timeout']),
            fc.array(section(['url', 'grade', 'outlet'])),
          ),
        ]),
      ),
      { requiredKeys: [] },
    )
    .map((data) => stringify(data))
  const items = fc
    .record({ items: fc.array(section(Object.keys(watchItemSchema.shape)), { maxLength: 4 }) })
    .map((data) => stringify(data))
  return {
    mostMs: 2000,
    inputs: fc.oneof({ weight: 5, arbitrary: mutated(files, scraps) }, settings, items, wildText),
    check(text) {
      const source = parseSource('any.yaml', text)
      if (!source.ok) {
        expectTold(source.problems)
        return
      }
      const problems = [...settingsProblems(source.source), ...itemProblems(source.source)]
      const { kinds, problems: ofKinds } = readKinds([source.source])
      expectTold([...problems, ...ofKinds])
      for (const kind of kinds) judgeBy(kind)
    },
  }
}

function settingsProblems(source: Source): readonly Problem[] {
  const { problems } = readSettings(source, { TOKEN: secret, HOME: '/home/x' })
  if (formatProblems(problems).includes(secret)) throw new Error('a secret of the environment is told')
  return problems
}

function itemProblems(source: Source): readonly Problem[] {
  return readWatchItems([source], { since: new Date(0), kinds: ['release'] }).problems
}

function expectTold(problems: readonly Problem[]): void {
  formatProblems(problems)
  for (const { message, fix, line } of problems)
    if (message === '' || fix === '' || (line !== null && line < 1))
      throw new Error('a problem that tells nothing')
}

const now = new Date('2025-09-01T00:00:00Z')

function judgeBy(kind: Kind): void {
  const judge = createJudge({
    items: [falcon(new Date(0), { kind: kind.id, subject: ['Falcon 3', 'Kite Act', 'Acme'] })],
    kinds: new Map([[kind.id, kind]]),
    gradeOf: () => 'other',
  })
  for (const title of newsTexts) {
    const more = { author: null, publishedAt: now, discussionUrl: null, at: now, url: null }
    judge.read({ id: '1', key: '1', title, text: title, outlet: 'a.test', ...more })
  }
}
