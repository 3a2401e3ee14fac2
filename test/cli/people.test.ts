import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { configFolder } from '../config/folder.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { inProcess, type Said } from './in-process.ts'

const watched = `items:
  - { id: falcon, question: "When will Acme release Falcon 3?", subject: [Falcon 3], official: [acme.com], since: 2025-01-01 }
`
const story = [
  ['2025-03-01', 'acme.com', 'Acme will release Falcon 3 in November'],
  ['2025-05-01', 'reuters.com', 'Acme releases Falcon 3 to customers in nine countries'],
]
const history = JSON.stringify({
  version: 'https://jsonfeed.org/version/1.1',
  title: 'The story so far',
  items: story.map(([day, outlet, title], n) => ({
    ...{ id: String(n), url: `https://${outlet}/${n}`, title, content_text: '' },
    date_published: `${day}T12:00:00Z`,
  })),
})

const cleaning: (() => Promise<void>)[] = []
let database: TestDatabase
let folder: string

beforeAll(async () => {
  database = await createTestDatabase()
  folder = await configFolder(
    {
      'openwatch.yaml': 'outlets: { established: [reuters.com] }',
      'watch/falcon.yaml': watched,
      'history/falcon.json': history,
    },
    (clean) => void cleaning.push(clean),
  )
  // the first command brings the history in
  await said('status')
})

afterAll(async () => {
  await database.drop()
  for (const clean of cleaning) await clean()
})

/** Runs a command in this process. */
function run(...argv: string[]): Promise<Said> {
  const env = { DATABASE_URL: database.url, OPENWATCH_CONFIG: folder, LOG_LEVEL: 'silent' }
  return inProcess(argv, { env, width: () => 100 })
}

async function said(...argv: string[]): Promise<string> {
  const { code, out, err } = await run(...argv)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return out
}

const standing = async () => (await said('status', 'falcon')).split('\n').slice(0, 4).join('\n')

describe('openwatch snooze', () => {
  it('holds a question for a week, for so long, until a day or its next change, and lets it go again', async () => {
    expect(await said('snooze', 'falcon')).toMatch(/is snoozed until .* UTC; what comes before is sent then/)
    expect(await standing()).toContain('snoozed until')
    expect(await said('snooze', 'falcon', '--until', '2999-12-24')).toContain('until 24 December 2999')
    expect(await said('snooze', 'falcon', '--for', '12h')).toContain('is snoozed until')
    expect(await said('snooze', 'falcon', '--until-change')).toContain('until its status changes')
    expect(await standing()).toContain('snoozed until its status changes')
    expect(await said('snooze', 'falcon', '--off')).toContain('not snoozed any more')
    expect(await standing()).not.toContain('snoozed')
  })

  it.each([
    [['falcon', '--until', '2001-01-01'], 'is over already'],
    [['falcon', '--until', 'soon'], '"soon" is not a date'],
    [['falcon', '--for', 'a while'], '"a while" is not a length of time'],
    [['falcon', '--for', '1d', '--off'], 'cannot be used with'],
    [['nothing'], 'there is no watch item "nothing"; there are: '],
  ])('refuses %j', async (argv, message) => {
    const { code, err } = await run('snooze', ...argv)
    expect(code).toBe(2)
    expect(err).toContain(message)
  })
})

describe('openwatch acknowledge and mute', () => {
  it('are shown where the question stands', async () => {
    await said('acknowledge', 'falcon')
    expect(await said('mute', 'falcon', 'News.Example.com')).toContain(
      'example.com is muted for falcon; what it says is kept and decides nothing',
    )
    expect(await said('mute', 'falcon', 'example.com')).toContain('muted for falcon already')
    expect(await standing()).toMatch(/acknowledged on[^]*example\.com is muted/)
    expect(await said('mute', 'falcon', 'example.com', '--off')).toContain('counts for falcon again')
    expect(await standing()).not.toContain('muted')
  })

  it('know no other question, and no outlet that is none', async () => {
    expect((await run('acknowledge', 'nothing')).err).toContain('there is no watch item "nothing"')
    expect((await run('mute', 'nothing', 'example.com')).err).toContain('there is no watch item "nothing"')
    expect((await run('mute', 'falcon', 'the press')).err).toContain('"the press" is not a domain')
  })
})

describe('openwatch wrong', () => {
  const changes = async () =>
    [...(await said('status', 'falcon')).matchAll(/^ {2}\d+ \w+ \d{4} +#(\d+ .*)$/gm)].map(([, line]) => line)
  const before = ['2 announced → happened', '1 open → announced, expected November 2025']

  it('rejects the newest change, says what came of it, and takes that back', async () => {
    expect(await changes()).toEqual(before)
    expect(await said('wrong', 'falcon', '--reason', 'not-said', '--note', 'only a teaser')).toBe(
      [
        'change 2 of falcon (announced → happened) rejected: not said',
        '  “Acme releases Falcon 3 to customers in nine countries” reuters.com',
        'falcon stands at announced now, expected November 2025',
        'nobody had been told\n',
      ].join('\n'),
    )
    const full = await said('status', 'falcon')
    expect(full).toMatch(/rejected by a person on .*: not said - only a teaser/)
    expect(full).toContain('why: rejected: not said - only a teaser')
    expect(await said('wrong', 'falcon', '#2', '--reason', 'outdated')).toMatch(
      /rejected already on .*: not said; --undo takes it back/,
    )
    expect(await said('explain', 'https://reuters.com/1', 'falcon')).toMatch(/since +rejected by a person/)
    expect(await said('wrong', 'falcon', '--undo')).toContain('falcon stands at happened now')
    expect(await changes()).toEqual([
      '4 corrected: announced → happened',
      '3 corrected: happened → announced, expected November 2025',
      ...before,
    ])
    expect(await said('explain', 'https://reuters.com/1', 'falcon')).not.toContain('rejected')
  })

  it.each([
    [['falcon'], 'say why with --reason wrong-subject|not-said|outdated'],
    [['falcon', '99', '--reason', 'outdated'], 'has no change 99; the newest is'],
    [['falcon', 'x', '--reason', 'outdated'], 'Write the number of a change'],
    [['falcon', '--reason', 'boring'], 'Allowed choices are wrong-subject, not-said, outdated'],
    [['falcon', '1', '--undo'], 'that was not rejected'],
    [['nothing', '--reason', 'outdated'], 'there is no watch item "nothing"'],
  ])('refuses %j', async (argv, message) => {
    const { code, err } = await run('wrong', ...argv)
    expect(code).toBe(2)
    expect(err).toContain(message)
  })
})
