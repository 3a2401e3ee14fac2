import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { shippedDirectory } from '../../src/config/directory.ts'
import { configFolder } from '../config/folder.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { command, startCommand } from './command.ts'
import { inProcess, type Said } from './in-process.ts'

/** What the help of a command says at a width. */
function help(name: string, width: number): Promise<Said> {
  const words = name === '' ? [] : name.split(' ')
  return inProcess([...words, '--help'], { env: {}, width: () => width })
}

/** The command and all below it, as the help names them. */
async function walk(name: string): Promise<string[]> {
  const { out } = await help(name, 80)
  const [, list = ''] = out.split('\nCommands:\n')
  const below = [...list.matchAll(/^ {2}([a-z-]+)/gm)].map(([, word = '']) => word)
  const names = below.filter((word) => word !== 'help').map((word) => `${name} ${word}`.trim())
  return [name, ...(await Promise.all(names.map(walk))).flat()]
}

let database: TestDatabase
let env: Record<string, string>

beforeAll(async () => {
  database = await createTestDatabase()
  env = { DATABASE_URL: database.url, OPENWATCH_CONFIG: shippedDirectory() }
})

afterAll(() => database.drop())

describe('help', () => {
  it('of every command shows an example and fits the terminal', async () => {
    const walked = await walk('')
    expect(walked).toEqual(
      expect.arrayContaining(['', 'start', 'demo', 'status', 'items pause', 'feeds add']),
    )
    for (const name of walked) {
      for (const width of [80, 120]) {
        const { code, out } = await help(name, width)
        expect(code).toBe(0)
        expect(out).toMatch(new RegExp(`\\nExamples?:\\n  \\$ (?:\\w+=\\S+ )?openwatch ${name}`))
        const text = out.slice(0, out.search(/\nExamples?:/))
        expect(text.split('\n').filter((line) => line.length > width)).toEqual([])
      }
    }
  })

  it('is what openwatch without a word prints', async () => {
    const { code, out, err } = await command([], env)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^Usage: openwatch \[options\] \[command\]/)
  })
})

describe('a mistake at the command line ends with 2 and says what to do, without a stack trace', () => {
  it.each<[string, string[], RegExp]>([
    ['an unknown command', ['statu'], /unknown command 'statu'\n.*did you mean status/i],
    [
      'an unknown option',
      ['status', '--jsn'],
      /unknown option '--jsn'.*\n.*--json[^]*openwatch status --help/,
    ],
    ['an unknown item', ['status', 'nope'], /no watch item "nope"; there are: .*release-timing/],
    ['a missing option', ['add', 'Will it?'], /--subject <words\.\.\.>[^]*openwatch add --help/],
    [
      'a date that is none',
      ['add', 'Will it?', '--subject', 'x', '--since', 'never'],
      /--since: "never" is not/,
    ],
    ['an empty question', ['add', '', '--subject', 'x'], /the question: the text is empty/],
    [
      'an unknown kind',
      ['add', 'Will it?', '--subject', 'x', '--kind', 'y'],
      /no kind "y"; there are: .*release/,
    ],
    [
      'a date that is none, for a preview',
      ['preview', 'Will it?', '--subject', 'x', '--since', 'never'],
      /--since: "never" is not[^]*openwatch preview --help/,
    ],
    [
      'an address that is none',
      ['feeds', 'add', 'nourl'],
      /the url: "nourl" is not a web address\n.*https:\/\//,
    ],
    ['a feed that is not there', ['feeds', 'remove', '999'], /no feed "999"; openwatch feeds list/],
    ['a number that is none', ['alerts', 'list', '--limit', 'x'], /whole number/],
    ['two ways at once', ['status', '--json', '--markdown'], /cannot be used with/],
  ])('%s', async (_what, args, says) => {
    const { code, out, err } = await inProcess(args, { env })
    expect(err).toMatch(says)
    expect(err).toMatch(/^openwatch: /)
    expect(err).not.toMatch(/\n\s+at |Error:/)
    expect({ code, out }).toEqual({ code: 2, out: '' })
  })
})

describe('a mistake around the command line', () => {
  it('in LOG_LEVEL ends with 2 and names the levels', async () => {
    const { code, err } = await inProcess(['status'], { env: { ...env, LOG_LEVEL: 'loud' } })
    expect(code).toBe(2)
    expect(err).toBe(
      'openwatch: LOG_LEVEL=loud is no level; use one of trace, debug, info, warn, error, fatal, silent\n',
    )
  })

  it('in DATABASE_URL ends with 1, names the server and keeps the password', async () => {
    const url = 'postgres://watcher:hunter2@127.0.0.1:1/news'
    const { code, err } = await inProcess(['status'], { env: { ...env, DATABASE_URL: url } })
    expect(code).toBe(1)
    expect(err).toMatch(
      /^openwatch: The database \(127\.0\.0\.1:1\/news\) cannot be used: .*Check DATABASE_URL.*\n$/,
    )
    expect(err).not.toContain('hunter2')
  })

  it('in the configuration ends with 2 and tells all of it', async () => {
    const folder = await configFolder({
      'openwatch.yaml': 'server: { prot: 1 }\n',
      'watch/a.yaml': 'items:\n  - { question: "What?" }\n',
    })
    for (const name of ['check-config', 'start']) {
      const { code, out, err } = await command([name], { ...env, OPENWATCH_CONFIG: folder })
      expect(err).toMatch(/^2 problems in the configuration\n/)
      expect(err).toMatch(/watch\/a\.yaml[^]*subject/)
      expect({ code, out }).toEqual({ code: 2, out: '' })
    }
    // what is stored can be read all the same
    const read = await inProcess(['status'], { env: { ...env, OPENWATCH_CONFIG: folder } })
    expect(read.err).toMatch(/^openwatch: 2 mistakes in the configuration .*what is stored is shown/)
    expect(read.code).toBe(0)
  })

  it('in a path ends with 1 and says what is wrong with it', async () => {
    const { code, err } = await inProcess(['backfill', '/nowhere/archive.json'], { env })
    expect({ code, err }).toEqual({
      code: 1,
      err: 'openwatch: /nowhere/archive.json cannot be read: there is no such file\n',
    })
  })

  it('such as a port that another program has, ends with 1 and says how to choose another', async () => {
    const foreign = createServer((_request, response) => response.end('something else'))
    await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve))
    const { port } = foreign.address() as AddressInfo
    const { code, err } = await command(['start'], { ...env, OPENWATCH_PORT: String(port) })
    foreign.close()
    expect(err).toMatch(
      new RegExp(`^openwatch: port ${port} of 127.0.0.1 is in use by another program.*OPENWATCH_PORT`, 'm'),
    )
    expect(err).not.toMatch(/\n\s+at /)
    expect(code).toBe(1)
  })
})

describe('commands without a daemon', () => {
  it('migrate twice: the second time there is nothing to do', async () => {
    for (let times = 0; times < 2; times++) {
      const { code, out } = await inProcess(['migrate'], { env })
      expect({ code, out }).toEqual({ code: 0, out: 'the database is up to date\n' })
    }
  })

  it('tell the version', async () => {
    const { code, out } = await command(['--version'], env)
    expect(out).toMatch(/^\d+\.\d+\.\d+\n$/)
    expect(code).toBe(0)
  })

  it('end in peace when nobody reads on', async () => {
    const running = startCommand(['status', '--json'], env)
    running.child.stdout?.destroy()
    const { code, err } = await running.ended
    expect({ code, err }).toEqual({ code: 0, err: '' })
  })
})
