import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { whyShut } from '../../src/cli/shut-pages.ts'
import { isPasswordOf } from '../../src/pipeline/password-hash.ts'
import { openDatabase, type Database } from '../../src/store/database.ts'
import { storedPassword } from '../../src/store/settings.ts'
import { configFolder } from '../config/folder.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { testConfig } from '../support/system.ts'
import { inProcess } from './in-process.ts'

const cleaning: (() => Promise<void>)[] = []
let database: TestDatabase
let db: Database
let folder: string

beforeAll(async () => {
  database = await createTestDatabase()
  db = await openDatabase({
    url: database.url,
    dataDir: () => Promise.reject(new Error('none')),
    application: 'test',
  })
  folder = await configFolder({}, (clean) => void cleaning.push(clean))
})

beforeEach(async () => {
  await db.pool.query(`truncate api_token, web_session; delete from setting where key = 'password'`)
})

afterAll(async () => {
  await db.close()
  await database.drop()
  for (const clean of cleaning) await clean()
})

interface Given {
  /** What comes by standard input. */
  readonly input?: string
  /** What somebody types at a terminal, line by line, each when they are asked. */
  readonly typed?: readonly string[]
  readonly env?: Record<string, string>
  readonly now?: Date
}

/** Runs a command in this process, as at a terminal where something is typed. */
async function run(argv: readonly string[], { input, typed, env = {}, now = new Date() }: Given = {}) {
  const lines = [...(typed ?? [])]
  const stdin = Object.assign(new PassThrough(), { isTTY: typed !== undefined })
  if (input !== undefined) stdin.end(input)
  return inProcess(argv, {
    env: { DATABASE_URL: database.url, OPENWATCH_CONFIG: folder, LOG_LEVEL: 'silent', ...env },
    ...{ now: () => now, width: () => 100, stdin },
    err(text) {
      const next = text.endsWith(': ') ? lines.shift() : undefined
      if (next !== undefined) setImmediate(() => stdin.write(next))
    },
  })
}

describe('openwatch passwd', () => {
  it('asks twice, shows nothing of it, and keeps a hash', async () => {
    const done = await run(['passwd'], { typed: ['four random words\r', 'four random words\r'] })
    expect(done).toEqual({
      code: 0,
      out: 'the password is set\n',
      err: 'New password (not shown): \nThe same again: \n',
    })
    const hash = (await storedPassword(db.pool)) ?? ''
    expect(hash).toMatch(/^scrypt:17:8:1:/)
    expect(await isPasswordOf(hash, 'four random words')).toBe(true)
    expect(await isPasswordOf(hash, 'four random word')).toBe(false)
  })

  it.each([
    [
      'two that differ',
      ['four random words\r', 'four random wards\r'],
      'the two are not the same; nothing was changed',
    ],
    ['a short one', ['qwertz\r'], 'the password has 6 characters; it needs at least 10; nothing was changed'],
    ['one that is guessed', ['aaaaaaaaaaaaaa\r'], 'repeats so few characters'],
    ['Ctrl-C', ['four\u0003'], 'nothing was changed'],
  ])('takes %s for no', async (_what, typed, says) => {
    const done = await run(['passwd'], { typed })
    expect(done.code).toBe(1)
    expect(done.err).toContain(says)
    expect(done.err).not.toContain('four')
    expect(await storedPassword(db.pool)).toBeNull()
  })

  it('takes the first line of standard input, where it is told so', async () => {
    expect((await run(['passwd', '--stdin'], { input: 'four random words\r\nmore\n' })).code).toBe(0)
    expect(await isPasswordOf((await storedPassword(db.pool)) ?? '', 'four random words')).toBe(true)
    const empty = await run(['passwd', '--stdin'], { input: '' })
    expect(empty).toMatchObject({ code: 2, err: expect.stringContaining('nothing came') as string })
    const nobody = await run(['passwd'], { input: 'four random words\n' })
    expect(nobody).toMatchObject({ code: 2, err: expect.stringContaining('--stdin') as string })
  })

  it('prints a hash that the configuration takes, and stores nothing', async () => {
    const { out } = await run(['passwd', '--hash', '--stdin'], { input: 'four random words\n' })
    expect(await storedPassword(db.pool)).toBeNull()
    const env = { OPENWATCH_PASSWORD_HASH: out.trim() }
    expect((await run(['check-config'], { env })).code).toBe(0)
    const refused = await run(['passwd', '--stdin'], { input: 'another of them\n', env })
    expect(refused).toMatchObject({
      code: 2,
      err: expect.stringContaining('OPENWATCH_PASSWORD_HASH') as string,
    })
  })

  it('takes it away again', async () => {
    await run(['passwd', '--stdin'], { input: 'four random words\n' })
    expect(await run(['passwd', '--remove'])).toMatchObject({ code: 0, out: 'the password is removed\n' })
    expect(await storedPassword(db.pool)).toBeNull()
  })
})

describe('openwatch tokens', () => {
  it('prints a token alone on standard output, lists it without it, and revokes it', async () => {
    const now = new Date('2026-01-01T12:00:00Z')
    expect((await run(['tokens', 'list'])).out).toContain('there are no tokens yet')
    const made = await run(['tokens', 'create', 'deploy', '--scope', 'write', '--expires', '90d'], { now })
    expect(made.out).toMatch(/^ow_[\w-]{43}\n$/)
    await run(['tokens', 'create', 'feed reader'], { now })
    const listed = await run(['tokens', 'list'], { now })
    expect(listed.out).toMatch(/deploy +write +1 Jan 2026 +1 Apr 2026 +never/)
    expect(listed.out).toMatch(/feed reader +read +1 Jan 2026 +when revoked +never/)
    expect(listed.out).not.toContain(made.out.trim())
    expect((await run(['tokens', 'list'], { now: new Date('2026-05-01T00:00:00Z') })).out).toContain(
      '(ended)',
    )
    expect((await run(['tokens', 'revoke', 'deploy'])).out).toBe('the token "deploy" is revoked\n')
    expect((await run(['tokens', 'revoke', 'deploy'])).code).toBe(2)
  })

  it.each([
    [['create', 'feed reader', '--scope', 'admin'], 'read, write'],
    [['create', 'x', '--expires', 'soon'], 'is not a length of time'],
    [['create', '<b>'], 'begins with a letter or digit'],
    [['revoke', 'nobody'], 'openwatch tokens list'],
  ])('refuses %j', async (words, says) => {
    const done = await run(['tokens', ...words])
    expect(done.code).toBe(2)
    expect(done.err).toContain(says)
  })

  it('refuses a second one of the same name', async () => {
    await run(['tokens', 'create', 'phone'])
    expect(await run(['tokens', 'create', 'phone'])).toMatchObject({ code: 2, out: '' })
  })
})

describe('the daemon, when it starts', () => {
  const said = async (settings: object) => {
    const config = await testConfig()
    return whyShut({ db, config: () => ({ ...config, server: { ...config.server, ...settings } }) })
  }

  it('says that pages stay shut, why, and what to do', async () => {
    expect(await said({ host: '0.0.0.0' })).toMatch(
      /stay shut: no password .*\(it listens on 0\.0\.0\.0\)[^]*openwatch passwd/,
    )
    expect(await said({ publicUrl: 'https://watch.example.org/' })).toContain('https://watch.example.org/')
    expect(await said({ trustProxy: ['127.0.0.1'] })).toContain('behind a proxy')
  })

  it('says nothing where nobody else can come by, or a password is set', async () => {
    expect(await said({})).toBeNull()
    expect(await said({ host: '0.0.0.0', password: 'from the environment' })).toBeNull()
    await run(['passwd', '--stdin'], { input: 'four random words\n' })
    expect(await said({ host: '0.0.0.0' })).toBeNull()
  })
})
