import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { CommandFailed, ConfigProblems, faultOutcome, UsageError } from '../../../src/cli/fault.ts'
import type { Io } from '../../../src/cli/io.ts'
import { runProgram } from '../../../src/cli/program.ts'
import { mutated, nasty, wildText } from '../mutate.ts'
import { xmlFeeds, xmlScraps } from '../samples/feeds.ts'
import type { Fuzzing } from '../target.ts'

/** Commands that need neither a database nor a network, and the help of all. */
const commands = [
  ...[
    'check-config',
    'parse a.xml',
    'parse --ndjson a.xml b.json',
    'replay --watch watch.yaml --out out.ndjson items.ndjson',
    'completion bash',
    'complete feeds',
  ],
  ...[
    'complete items show',
    'help',
    'help feeds add',
    '--version',
    'status --help',
    'add --help',
    'feeds import --help',
    'tokens create --help',
    'poll --help',
    'preview --help',
  ],
]
const words = [
  ...[
    '--help',
    '-h',
    '--',
    '-',
    '--json',
    '--watch',
    '--out',
    'out.ndjson',
    'a.xml',
    'b.json',
    'nothing.here',
    '.',
    '/',
    '/dev/null',
    '--limit',
    '-1',
    '1e9',
    'NaN',
  ],
  ...[
    'feeds',
    'items',
    'alerts',
    'tokens',
    'parse',
    'replay',
    'complete',
    '__proto__',
    '--__proto__',
    '--no-color',
    '--=',
    '-abc',
    '--ndjson=yes',
    '',
    'strat',
    'chek-config',
  ],
]
/** These run until they are told to stop, or look for a database. */
const others =
  /^(?:start|worker|web|demo|mcp|status|poll|backfill|add|preview|explain|items|alerts|feeds|tokens|snooze|acknowledge|mute|wrong|passwd|doctor|migrate)$/

interface Line {
  readonly argv: readonly string[]
  readonly file: string
}

/** Command lines as people type them: done, or refused with words and an exit code. */
export async function start(): Promise<Fuzzing<Line>> {
  const folder = await mkdtemp(join(tmpdir(), 'openwatch-fuzz-cli-'))
  await mkdir(join(folder, 'config'))
  await writeFile(join(folder, 'config', 'openwatch.yaml'), 'feeds: []\n')
  await writeFile(
    join(folder, 'watch.yaml'),
    'items: [{ question: "When will Acme release Falcon 3?", subject: [Falcon 3] }]\n',
  )
  await writeFile(
    join(folder, 'items.ndjson'),
    '{"id":"1","title":"Acme releases Falcon 3","date_published":"2025-08-05"}\n',
  )
  const word = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...words) },
    fc.constantFrom(...nasty),
    wildText,
  )
  const line = fc
    .tuple(fc.constantFrom(...commands), fc.array(fc.tuple(fc.nat(6), word), { maxLength: 4 }))
    .map(([command, more]) => {
      const argv = command.split(' ')
      for (const [at, text] of more) argv.splice(Math.min(at, argv.length), 0, text)
      return argv
    })
  return {
    mostMs: 3000,
    shortRuns: 20,
    inputs: fc.record({
      argv: fc.oneof({ weight: 9, arbitrary: line }, fc.array(word, { maxLength: 4 })),
      file: mutated(xmlFeeds, xmlScraps),
    }),
    async check({ argv, file }) {
      if (others.test(argv.find((one) => !one.startsWith('-')) ?? '') && !argv.includes('--help')) return
      // what is typed as an address is fetched
      if (argv.some((one) => /^https?:/i.test(one))) return
      // nothing is written but in the folder
      if (argv.includes('replay') && argv.some((one) => /[/\\]/.test(one))) return
      await writeFile(join(folder, 'a.xml'), file)
      await expectOrderly(argv, io(folder))
    },
    close: () => rm(folder, { recursive: true }),
  }
}

function io(folder: string): Io {
  return {
    env: { OPENWATCH_CONFIG: join(folder, 'config'), OPENWATCH_DATA: join(folder, 'data'), HOME: folder },
    cwd: folder,
    now: () => new Date('2025-09-01T00:00:00Z'),
    out: () => undefined,
    err: () => undefined,
    width: () => 80,
    colour: false,
    progress: false,
  }
}

/** Errors of the language are faults of ours, whatever they are caught as. */
async function expectOrderly(argv: readonly string[], to: Io): Promise<void> {
  try {
    const code = await runProgram(argv, to, { stopped: Promise.resolve('at once') })
    if (![0, 1, 2].includes(code)) throw new RangeError(`the exit code ${code}`)
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError)
      throw error
    const { text } = faultOutcome(error, false)
    const isMeant =
      error instanceof UsageError || error instanceof CommandFailed || error instanceof ConfigProblems
    if (!isMeant && /^openwatch: \s*$/.test(text)) throw error
  }
}
