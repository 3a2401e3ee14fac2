import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Config } from '../../src/config/config.ts'
import { loadConfig } from '../../src/config/load.ts'
import type { Problem } from '../../src/config/problem.ts'
import { configFolder } from './folder.ts'

const now = new Date('2025-09-01T12:00:00Z')

type Files = Readonly<Record<string, string>>

async function problemsOf(files: Files, env: Record<string, string> = {}): Promise<readonly Problem[]> {
  const directory = await configFolder(files)
  const loaded = await loadConfig({ directory, env, now })
  return loaded.ok
    ? []
    : loaded.problems.map((problem) => ({ ...problem, file: problem.file.replace(`${directory}/`, '') }))
}

async function configOf(files: Files, env: Record<string, string> = {}): Promise<Config> {
  const loaded = await loadConfig({ directory: await configFolder(files), env, now })
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems))
  return loaded.config
}

const settings = (text: string): Files => ({ 'openwatch.yaml': text })
const watch = (text: string): Files => ({ 'watch/mine.yaml': text })
const item = (lines: string): Files => watch(`items:\n  - question: What?\n    subject: x\n${lines}`)

interface Mistake {
  readonly mistake: string
  readonly files: Files
  readonly env?: Record<string, string>
  readonly at: string
  readonly message: string
  readonly fix: string
}

const mistakes: Mistake[] = [
  {
    mistake: 'a route to a channel that is not there',
    files: settings('channels:\n  mail: { type: console }\nroutes:\n  - { topic: x, channels: [mial] }\n'),
    at: 'openwatch.yaml:4:28 routes[0].channels[0]',
    message: 'there is no channel "mial"',
    fix: 'did you mean "mail"?',
  },
  {
    mistake: 'a fallback that is not there',
    files: settings('channels:\n  mail:\n    type: console\n    fallback: telegraph\n'),
    at: 'openwatch.yaml:4:15 channels.mail.fallback',
    message: 'there is no channel "telegraph"',
    fix: 'write one of mail',
  },
  {
    mistake: 'a channel that is its own fallback',
    files: settings('channels:\n  mail:\n    type: console\n    fallback: mail\n'),
    at: 'openwatch.yaml:4:15 channels.mail.fallback',
    message: 'a channel cannot stand in for itself',
    fix: 'name another',
  },
  {
    mistake: 'fallbacks that go round in a circle',
    files: settings(
      'channels:\n  z: { type: console, fallback: a }\n  a: { type: console, fallback: b }\n  b: { type: console, fallback: a }\n',
    ),
    at: 'openwatch.yaml:3:33 channels.a.fallback',
    message: 'fallbacks go round in a circle: a -> b -> a',
    fix: 'take one of them away',
  },
  {
    mistake: 'quiet hours without length',
    files: settings('channels:\n  mail:\n    type: console\n    quiet: { from: "07:00", to: "7:00" }\n'),
    at: 'openwatch.yaml:4:33 channels.mail.quiet.to',
    message: 'the quiet hours end when they begin',
    fix: 'write when they end, or take them away',
  },
  {
    mistake: 'an unknown key that is near a known one',
    files: settings('server:\n  prot: 1\n'),
    at: 'openwatch.yaml:2:3 server.prot',
    message: '"prot" is no key that is known here',
    fix: 'did you mean "port"?',
  },
  {
    mistake: 'an unknown key that is near none',
    files: settings('theme: dark\n'),
    at: 'openwatch.yaml:1:1 theme',
    message: '"theme" is no key that is known here',
    fix: 'remove it; the keys here are server, polling, feeds, services, outlets, channels, routes, retention, policies',
  },
  {
    mistake: 'a time that is too short for what it is of',
    files: settings('retention: { notices: 7d }\n'),
    at: 'openwatch.yaml:1:23 retention.notices',
    message: 'is too short: links in them are good for a month',
    fix: 'write 31d or more',
  },
  {
    mistake: 'a wrong type',
    files: settings('server: { port: [1] }\n'),
    at: 'openwatch.yaml:1:17 server.port',
    message: 'expected a number, found a list',
    fix: 'write port: 8484 (Port to listen on, 0 for any free one; OPENWATCH_PORT overrides it)',
  },
  {
    mistake: 'a list where a mapping belongs',
    files: settings('server: []\n'),
    at: 'openwatch.yaml:1:9 server',
    message: 'expected a mapping (key: value), found a list',
    fix: 'write server: { port: 8484 } (Where the pages are served)',
  },
  {
    mistake: 'a port out of range',
    files: settings('server:\n  port: 70000\n'),
    at: 'openwatch.yaml:2:9 server.port',
    message: 'the number 70000 is too big: the most is 65535',
    fix: 'write port: 8484 (Port to listen on, 0 for any free one; OPENWATCH_PORT overrides it)',
  },
  {
    mistake: 'a port from the environment that is no port',
    files: {},
    env: { OPENWATCH_PORT: 'http' },
    at: 'environment OPENWATCH_PORT',
    message: 'expected a number, found "http"',
    fix: 'set OPENWATCH_PORT=8484 (Port to listen on, 0 for any free one; OPENWATCH_PORT overrides it)',
  },
  {
    mistake: 'a length of time without a unit that is known',
    files: settings('polling: { timeout: 10 parsecs }\n'),
    at: 'openwatch.yaml:1:21 polling.timeout',
    message: '"10 parsecs" is not a length of time',
    fix: 'write a number and ms, s, m, h, d or w, such as "10m"',
  },
  {
    mistake: 'an amount of data in words',
    files: settings('polling: { maxBody: plenty }\n'),
    at: 'openwatch.yaml:1:21 polling.maxBody',
    message: '"plenty" is not an amount of data',
    fix: 'write a number and B, kB, MB or GB, such as "10MB"',
  },
  {
    mistake: 'intervals out of order',
    files: settings('polling:\n  interval: { min: 1h }\n'),
    at: 'openwatch.yaml:2:13 polling.interval',
    message: 'the intervals are out of order',
    fix: 'write them so that min <= default <= max',
  },
  {
    mistake: 'a range of addresses that is none',
    files: settings('polling: { allowPrivateHosts: [10.0.0.0/99] }\n'),
    at: 'openwatch.yaml:1:32 polling.allowPrivateHosts[0]',
    message: '"10.0.0.0/99" is neither a host nor a range of addresses',
    fix: 'write a host name, an address, or a range such as "10.0.0.0/8"',
  },
  {
    mistake: 'a feed whose address is none',
    files: settings('feeds: [{ url: openai.com/feed }]\n'),
    at: 'openwatch.yaml:1:16 feeds[0].url',
    message: '"openai.com/feed" is not a web address',
    fix: 'write it in full, with https:// (or http://) in front',
  },
  {
    mistake: 'a feed without an address',
    files: settings('feeds:\n  - title: News\n'),
    at: 'openwatch.yaml:2:5 feeds[0].url',
    message: '"url" is missing',
    fix: 'add url: https://openai.com/news/rss.xml (Address of the feed (RSS, Atom or JSON Feed))',
  },
  {
    mistake: 'one feed under two addresses',
    files: settings('feeds:\n  - https://a.example/feed\n  - url: http://www.A.example/feed/#top\n'),
    at: 'openwatch.yaml:3:10 feeds[1].url',
    message: 'the feed "http://www.A.example/feed/#top" is the same as feeds[0] (line 2)',
    fix: 'remove one of the two',
  },
  {
    mistake: 'a grade that is none',
    files: settings('feeds: [{ url: "https://a.example/", grade: establshed }]\n'),
    at: 'openwatch.yaml:1:45 feeds[0].grade',
    message: '"establshed" is not one of official, established, other, aggregator',
    fix: 'did you mean "established"?',
  },
  {
    mistake: 'an outlet given as an address',
    files: settings('outlets: { established: ["https://www.reuters.com/world"] }\n'),
    at: 'openwatch.yaml:1:26 outlets.established[0]',
    message: '"https://www.reuters.com/world" is not a domain',
    fix: 'write "reuters.com"',
  },
  {
    mistake: 'an outlet graded twice',
    files: settings('outlets:\n  established: [reuters.com]\n  other: [www.reuters.com]\n'),
    at: 'openwatch.yaml:3:11 outlets.other[0]',
    message: 'the outlet "reuters.com" is graded already at outlets.established[0] (line 2)',
    fix: 'keep one of the two',
  },
  {
    mistake: 'an outlet that a feed grades otherwise',
    files: settings(
      'feeds:\n  - { url: "https://rss.a.com/x", grade: other }\noutlets: { established: [a.com] }\n',
    ),
    at: 'openwatch.yaml:2:42 feeds[0].grade',
    message: 'the outlet "a.com" is graded already at outlets.established[0] (line 3)',
    fix: 'keep one of the two',
  },
  {
    mistake: 'an unknown type of channel',
    files: settings('channels:\n  hook: { type: webhok }\n'),
    at: 'openwatch.yaml:2:17 channels.hook.type',
    message: expect.stringContaining('"webhok" is not one of console, ') as string,
    fix: 'did you mean "webhook"?',
  },
  {
    mistake: 'a channel without a type',
    files: settings('channels:\n  hook: { url: "https://a.example/" }\n'),
    at: 'openwatch.yaml:2:9 channels.hook.type',
    message: '"type" is missing',
    fix: expect.stringMatching(/^add type: console or .*\bwebhook$/) as string,
  },
  {
    mistake: 'a channel whose name is no id',
    files: settings('channels: { My Hook: { type: console } }\n'),
    at: 'openwatch.yaml:1:22 channels.My Hook',
    message: '"My Hook" cannot serve as an id',
    fix: 'use small letters, digits and dashes, at most 64, such as "my-hook"',
  },
  {
    mistake: 'a variable that is not set',
    files: settings('channels:\n  hook: { type: webhook, url: "${HOOK_URL}" }\n'),
    at: 'openwatch.yaml:2:31 channels.hook.url',
    message: 'the environment variable HOOK_URL is not set',
    fix: 'set HOOK_URL in the environment of openwatch, or HOOK_URL_FILE to a file that holds it',
  },
  {
    mistake: 'a variable whose file is missing',
    files: settings('server: { host: "${HOST}" }\n'),
    env: { HOST_FILE: '/nowhere/host' },
    at: 'openwatch.yaml:1:17 server.host',
    message: 'the file that HOST_FILE names, "/nowhere/host", cannot be read',
    fix: 'correct the path, or give the account that runs openwatch the right to read it (ENOENT)',
  },
  {
    mistake: 'a variable with an impossible name',
    files: settings('server: { host: "${my-host}" }\n'),
    at: 'openwatch.yaml:1:17 server.host',
    message: '"my-host" cannot be the name of an environment variable',
    fix: 'write ${NAME} with letters, digits and _; write $${ for a plain ${',
  },
  {
    mistake: 'a key that stands twice',
    files: settings('server:\n  port: 1\n  port: 2\n'),
    at: 'openwatch.yaml:3:3',
    message: 'the same key stands here twice',
    fix: 'keep one of the two, or put both values into one list',
  },
  {
    mistake: 'a tab as indentation',
    files: settings('server:\n\tport: 1\n'),
    at: 'openwatch.yaml:2:1',
    message: 'not valid YAML: tabs are not allowed as indentation',
    fix: 'indent with spaces',
  },
  {
    mistake: 'a text with a colon and no quotes',
    files: watch('items:\n  - question: OpenAI: what next?\n    subject: x\n'),
    at: 'watch/mine.yaml:2:15',
    message: 'not valid YAML: nested mappings are not allowed in compact mappings',
    fix: 'check quotes, colons and indentation here; a text with ": " or " #" in it, or one that begins with a sign, needs quotes',
  },
  {
    mistake: 'an item without a question',
    files: watch('items:\n  - subject: x\n'),
    at: 'watch/mine.yaml:2:5 items[0].question',
    message: '"question" is missing',
    fix: 'add question: When will OpenAI release its open-weight model? (The question, in words for people)',
  },
  {
    mistake: 'an item without a subject',
    files: watch('items:\n  - question: x\n'),
    at: 'watch/mine.yaml:2:5 items[0].subject',
    message: '"subject" is missing',
    fix: 'add subject: [open-weight model] (Aliases of the subject: one must occur in an entry)',
  },
  {
    mistake: 'an empty list of subjects',
    files: watch('items:\n  - question: x\n    subject: []\n'),
    at: 'watch/mine.yaml:3:14 items[0].subject',
    message: 'the list is empty',
    fix: 'name the subject, such as subject: [open-weight model]',
  },
  {
    mistake: 'a blank subject',
    files: watch('items:\n  - question: x\n    subject: [x, " "]\n'),
    at: 'watch/mine.yaml:3:18 items[0].subject[1]',
    message: 'the text is empty',
    fix: 'write something here, or remove the line',
  },
  {
    mistake: 'a subject without a word',
    files: watch('items:\n  - question: x\n    subject: ["!!!"]\n'),
    at: 'watch/mine.yaml:3:15 items[0].subject[0]',
    message: '"!!!" holds no word, so no entry can be met by it',
    fix: 'write a word or name as the news does, such as "open-weight model"',
  },
  {
    mistake: 'a word of context without a word',
    files: item('    context: ["..."]\n'),
    at: 'watch/mine.yaml:4:15 items[0].context[0]',
    message: '"..." holds no word, so no entry can be met by it',
    fix: 'write a word or name as the news does, such as "open-weight model"',
  },
  {
    mistake: 'a subject of words of grammar alone',
    files: watch('items:\n  - question: x\n    subject: [OpenAI, of the]\n'),
    at: 'watch/mine.yaml:3:23 items[0].subject[1]',
    message: '"of the" is in nearly every entry, so it names no subject',
    fix: 'write the name of what is asked about, such as "open-weight model", or remove it',
  },
  {
    mistake: 'a number as the subject',
    files: watch('items:\n  - question: x\n    subject: 5\n'),
    at: 'watch/mine.yaml:3:14 items[0].subject',
    message: 'expected a text, found the number 5',
    fix: 'write subject: [open-weight model] (Aliases of the subject: one must occur in an entry)',
  },
  {
    mistake: 'an id that cannot serve',
    files: item('    id: Release Timing!\n'),
    at: 'watch/mine.yaml:4:9 items[0].id',
    message: '"Release Timing!" cannot serve as an id',
    fix: 'use small letters, digits and dashes, at most 64, such as "release-timing"',
  },
  {
    mistake: 'a status that is none',
    files: item('    status: delaied\n'),
    at: 'watch/mine.yaml:4:13 items[0].status',
    message: '"delaied" is not one of open, rumoured, announced, delayed, happened, cancelled',
    fix: 'did you mean "delayed"?',
  },
  {
    mistake: 'a day that does not exist',
    files: item('    since: 2025-02-31\n'),
    at: 'watch/mine.yaml:4:12 items[0].since',
    message: '"2025-02-31" is not a date',
    fix: 'write year-month-day, such as 2025-03-01',
  },
  {
    mistake: 'an official outlet that is no domain',
    files: item('    official: OpenAI\n'),
    at: 'watch/mine.yaml:4:15 items[0].official',
    message: '"OpenAI" is not a domain',
    fix: 'write the domain of its site, such as "openai.com"',
  },
  {
    mistake: 'a kind file whose id is another',
    files: { 'kinds/merger.yaml': 'id: takeover\nevents: [{ name: done, verbs: [merge] }]\n' },
    at: 'kinds/merger.yaml:1:5 id',
    message: 'the id "takeover" is not the name of the file',
    fix: 'write id: merger, or rename the file',
  },
  {
    mistake: 'a key of the usual words that is none',
    files: { 'usual-words.yaml': 'delays: { verbs: [dally] }\n' },
    at: 'usual-words.yaml:1:1 delays',
    message: '"delays" is no key that is known here',
    fix: 'did you mean "delayed"?',
  },
  {
    mistake: 'a kind in two files',
    files: {
      'kinds/merger.yaml': 'events: [{ name: done, verbs: [merge] }]\n',
      'kinds/merger.yml': 'events: [{ name: done, verbs: [merge] }]\n',
    },
    at: 'kinds/merger.yml:1:1',
    message: 'the kind "merger" stands in kinds/merger.yaml already',
    fix: 'keep one of the two files',
  },
]

it('takes names that hold or look like words of grammar', async () => {
  const { watchItems } = await configOf(
    watch('items:\n  - question: x\n    subject: [IT, The Who, 人工知能, WHO, C++, R]\n'),
  )
  expect(watchItems[0]?.subject).toEqual(['IT', 'The Who', '人工知能', 'WHO', 'C++', 'R'])
})

describe('the usual words', () => {
  const event = 'events: [{ name: done, verbs: [merge] }]\ndelayed: { verbs: [dither over] }\n'
  const kinds = { 'kinds/merger.yaml': `usual: true\n${event}`, 'kinds/bare.yaml': event }

  it('stand beside the own ones of a kind that takes them, and in no other', async () => {
    const config = await configOf(kinds)
    expect(config.kinds.get('merger')?.delayed.verbs).toEqual(
      expect.arrayContaining(['postpone', 'dither over']),
    )
    expect(config.kinds.get('bare')?.delayed.verbs).toEqual(['dither over'])
  })

  it('are those of the directory where it has a file of them', async () => {
    const config = await configOf({ ...kinds, 'usual-words.yaml': 'delayed: { verbs: [dally] }\n' })
    expect(config.kinds.get('merger')?.delayed.verbs).toEqual(['dally', 'dither over'])
  })
})

describe('a mistake in the configuration', () => {
  it.each(mistakes)(
    'is told with its place and its fix: $mistake',
    async ({ files, env, at, message, fix }) => {
      const problems = await problemsOf(files, env)
      expect(problems.map(placed)).toEqual([{ at, message, fix }])
    },
  )

  it('is told with both places when two files give one id', async () => {
    const text = 'items:\n  - { id: a, question: x, subject: y }\n'
    const problems = await problemsOf({ 'watch/one.yaml': text, 'watch/two.yaml': text })
    expect(problems.map(placed)).toEqual([
      {
        at: 'watch/two.yaml:2:11 items[0].id',
        message: expect.stringMatching(
          /^the id "a" is taken already by the item at .*watch\/one\.yaml:2$/,
        ) as string,
        fix: 'give one of the two another id, such as "a-2"',
      },
    ])
  })

  it('is told when a kind is unknown, with the kinds there are', async () => {
    const kinds = { 'kinds/merger.yaml': 'events: [{ name: done, verbs: [merge] }]\n' }
    const [problem, ...others] = await problemsOf({ ...kinds, ...item('    kind: mergr\n') })
    expect(others).toEqual([])
    expect(problem).toMatchObject({ path: 'items[0].kind', line: 4, message: 'there is no kind "mergr"' })
    expect(problem?.fix).toMatch(
      /^did you mean "merger"\? write a kind of config\/kinds \(there are .*merger/,
    )
  })

  it('does not hide another one: all are told at once, in the order of the files', async () => {
    const problems = await problemsOf({
      'openwatch.yaml': 'server: { port: x }\nfeeds: [nonsense, nonsense]\nchannels: { a: { type: b } }\n',
      'watch/a.yaml': 'items:\n  - { id: B b, question: "", subject: [], status: x, since: y }\n',
      'watch/b.yaml': 'items: {\n',
    })
    expect(problems.map(({ file, path }) => `${file} ${path}`)).toEqual([
      'openwatch.yaml server.port',
      'openwatch.yaml feeds[0]',
      'openwatch.yaml feeds[1]',
      'openwatch.yaml feeds[1]',
      'openwatch.yaml channels.a.type',
      'watch/a.yaml items[0].id',
      'watch/a.yaml items[0].question',
      'watch/a.yaml items[0].subject',
      'watch/a.yaml items[0].status',
      'watch/a.yaml items[0].since',
      'watch/b.yaml ',
    ])
  })

  it('is told when the directory or its openwatch.yaml is missing', async () => {
    const nowhere = await loadConfig({ directory: '/nowhere/config', env: {}, now })
    expect(nowhere).toMatchObject({
      ok: false,
      problems: [{ file: '/nowhere/config', fix: expect.stringContaining('OPENWATCH_CONFIG') as string }],
    })
    const folder = await configFolder({ 'watch/a.yaml': '' })
    const without = await loadConfig({ directory: join(folder, 'watch'), env: {}, now })
    expect(without).toMatchObject({
      ok: false,
      problems: [{ message: 'there is no openwatch.yaml in this directory' }],
    })
  })

  it('is told when a file cannot be read', async () => {
    const problems = await problemsOf({ 'watch/folder.yaml/file.txt': '' })
    expect(problems).toMatchObject([{ file: 'watch/folder.yaml', message: 'this is a folder, not a file' }])
  })

  it.skipIf(process.getuid?.() === 0)('is told when a file may not be read', async () => {
    const directory = await configFolder({ 'watch/a.yaml': '' })
    await chmod(join(directory, 'watch/a.yaml'), 0)
    const loaded = await loadConfig({ directory, env: {}, now })
    expect(loaded).toMatchObject({ ok: false, problems: [{ message: 'the file may not be read' }] })
  })

  it('never shows a value from the environment or a password, however it is quoted', async () => {
    const problems = await problemsOf(
      settings(
        [
          'server: { port: "${PORT}", host: [] }',
          'feeds: ["htp://me:hunter22@a.example/", "${FEED}", "${LONG}/a", "${LONG}/a"]',
          'outlets: { established: ["${FEED}"], other: ["${OUTLET}", "${OUTLET}"] }',
          '',
        ].join('\n'),
      ),
      { PORT: 'ge"heim\n99', FEED: 'not a feed', LONG: 'longsecret'.repeat(12), OUTLET: 'hidden.example' },
    )
    expect(problems).toHaveLength(9)
    expect(JSON.stringify(problems)).not.toMatch(/heim|hunter22|not a feed|longsecret|hidden/)
  })
})

function placed({ file, path, line, column, message, fix }: Problem) {
  const place = line === null || column === null ? '' : `:${line}:${column}`
  // The place named inside a message is absolute, as the folder of a test is.
  return {
    at: `${file}${place}${path === '' ? '' : ` ${path}`}`,
    message: message.replaceAll(/\/\S*openwatch-config-\w+\/(?=kinds)/g, ''),
    fix,
  }
}

describe('a configuration without mistakes', () => {
  it('may be an empty file: everything has a default', async () => {
    const config = await configOf({})
    expect(config.server).toEqual({ host: '127.0.0.1', port: 8484, publicReport: false, trustProxy: [] })
    expect(config.polling).toMatchObject({
      interval: { min: 120_000, default: 600_000, max: 86_400_000 },
      timeout: 30_000,
      maxBody: 10_000_000,
      firstPollMaxAge: 604_800_000,
      allowPrivateHosts: [],
    })
    expect(config.policies.evidence).toEqual({ independentOrigins: 2, corroborationWindow: 1_209_600_000 })
    expect(config.channels).toEqual([{ id: 'console', type: 'console', group: false }])
    expect(config).toMatchObject({ feeds: [], watchItems: [], historyFiles: [] })
  })

  it('takes a key without a value as not written', async () => {
    const config = await configOf(settings('server:\nfeeds:\npolling:\n  timeout:\n'))
    expect(config.polling.timeout).toBe(30_000)
  })

  it('lets OPENWATCH_HOST and OPENWATCH_PORT stand above the file', async () => {
    const config = await configOf(settings('server: { host: localhost, port: 1 }\n'), {
      OPENWATCH_PORT: '9000',
    })
    expect(config.server).toMatchObject({ host: 'localhost', port: 9000 })
  })

  it('grades outlets by registrable domain, from the lists and from the feeds', async () => {
    const config = await configOf(
      settings(
        'outlets: { established: [news.bbc.co.uk], official: maker.example }\n' +
          'feeds: [{ url: "https://feeds.press.example/rss", grade: other }, { url: "https://x.example/", outlet: y.example, grade: official }]\n',
      ),
    )
    expect([...config.outlets]).toEqual([
      ['bbc.co.uk', 'established'],
      ['maker.example', 'official'],
      ['press.example', 'other'],
      ['y.example', 'official'],
    ])
  })

  it('fills in a watch item that has only a question and a subject', async () => {
    const config = await configOf(
      watch('items:\n  - question: When will Mistral open Large 3?\n    subject: Mistral Large 3\n'),
    )
    expect(config.watchItems).toEqual([
      {
        id: 'when-will-mistral-open-large-3',
        question: 'When will Mistral open Large 3?',
        subject: ['Mistral Large 3'],
        context: [],
        about: [],
        kind: 'release',
        topic: 'general',
        official: [],
        status: 'open',
        expected: null,
        since: now,
        sinceGiven: false,
        file: expect.stringMatching(/watch\/mine\.yaml$/) as string,
      },
    ])
  })

  it('reads since as the start of a UTC day', async () => {
    const config = await configOf(item('    since: 2025-03-01\n'))
    expect(config.watchItems).toMatchObject([{ since: new Date('2025-03-01T00:00:00Z'), sinceGiven: true }])
  })

  it('takes ${NAME} from the environment, and from the file that NAME_FILE names', async () => {
    const directory = await configFolder(
      settings(
        'channels:\n  a: { type: webhook, url: "https://h.example/${A}", secret: "${B}" }\n  c: { type: webhook, url: "https://h.example/${C_FILE}?$${D}" }\n',
      ),
    )
    await writeFile(join(directory, 'b'), 'from-a-file\n')
    await writeFile(join(directory, 'c'), 'also\n')
    const env = { A: 'token', B_FILE: join(directory, 'b'), C_FILE: join(directory, 'c') }
    const loaded = await loadConfig({ directory, env, now })
    expect(loaded).toMatchObject({
      ok: true,
      config: {
        channels: [
          { id: 'a', url: 'https://h.example/token', secret: 'from-a-file' },
          { id: 'c', url: 'https://h.example/also?${D}' },
        ],
      },
    })
  })
})

it('is doubted where a route names a watch item or topic that no file has, which people may have added', async () => {
  const text = 'routes:\n  - { item: wat, channels: [console] }\n  - { topic: mine, channels: [console] }\n'
  const directory = await configFolder({ ...settings(text), ...item('    id: what\n    topic: ours\n') })
  const loaded = await loadConfig({ directory, env: {}, now })
  const doubts = loaded.ok ? loaded.warnings : []
  expect(doubts.map(({ line, message, fix }) => [line, message, fix])).toEqual([
    [2, 'the files have no watch item "wat"', 'did you mean "what"?'],
    [3, 'the files have no topic "mine"', 'nothing to do where it was added by "openwatch add"'],
  ])
})
