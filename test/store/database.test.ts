import { createServer } from 'node:net'
import { inspect } from 'node:util'
import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { openDatabase } from '../../src/store/database.ts'
import { administer } from '../support/administer.ts'
import { createTestDatabase } from '../support/postgres.ts'

const open = (url: string) =>
  openDatabase({
    url,
    application: 'test',
    dataDir: () => Promise.reject(new Error('no data directory is needed')),
  })

test.each(['foo', 'mysql://localhost/x', 'postgresql:/half', 'http://localhost:5432'])(
  'a DATABASE_URL that is none (%s) is refused before anything is asked, with an example',
  async (url) => {
    await expect(open(url)).rejects.toThrow('postgresql://user:password@host:5432/database')
  },
)

test('a server that does not answer is named, without the password', async () => {
  const failed = open('postgresql://me:secret@127.0.0.1:1/news')
  await expect(failed).rejects.toThrow('127.0.0.1:1/news')
  await expect(failed).rejects.not.toThrow('secret')
})

test.each([
  'postgres://u:sec@ret/pw@127.0.0.1:1/news',
  'postgres://u:sec@ret@127.0.0.1:1/news',
  'postgres://u:12/ret@127.0.0.1:1/news',
  'postgres://u:12#ret@127.0.0.1:1/news',
  'postgres://u:12?ret@127.0.0.1:1/news?sslmode=disable',
])('of a password that splits the address (%s) nothing is printed, and how to write it is', async (url) => {
  const error: unknown = await open(url).catch((fault: unknown) => fault)
  expect(String(error)).toContain('(127.0.0.1:1/news)')
  expect(String(error)).toContain('percent-encoded')
  expect(inspect(error)).not.toMatch(/\bsec|ret\b|\bpw@|u:12/)
})

test.each(['postgres://u:sec#ret@host/news', 'postgres://u:sec/ret@host/news'])(
  'a password that makes the address unreadable (%s) is not printed, and how to write it is',
  async (url) => {
    const error: unknown = await open(url).catch((fault: unknown) => fault)
    expect(String(error)).toContain('percent-encoded')
    expect(inspect(error)).not.toMatch(/\bsec\b|\bret\b/)
  },
)

test('an @ among the parameters is not taken for the end of a password', async () => {
  const error: unknown = await open('postgres://127.0.0.1:1/news?user=me&password=sec@ret').catch(String)
  expect(error).toContain('the one of DATABASE_URL')
  expect(error).not.toMatch(/sec|ret\b/)
})

test('a missing password is said in words', async () => {
  // A server that asks for SCRAM-SHA-256 and never gets further.
  const asks = (code: number, text: string) => {
    const head = Buffer.from([0x52, 0, 0, 0, 8 + text.length, 0, 0, 0, code])
    return Buffer.concat([head, Buffer.from(text)])
  }
  const server = createServer((socket) => {
    socket.once('data', () => {
      socket.write(asks(10, 'SCRAM-SHA-256\0\0'))
      socket.once('data', () => socket.write(asks(11, 'r=nonce,s=c2FsdA==,i=4096')))
    })
    socket.on('error', () => socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const failed = open(`postgres://me@127.0.0.1:${port}/news`)
  await expect(failed).rejects.toThrow('it asks for a password, and DATABASE_URL has none')
  server.close()
})

test('a transaction that throws leaves nothing behind, one that returns is kept', async () => {
  const database = await createTestDatabase()
  const db = await open(database.url)
  const count = async () =>
    (await db.pool.query<{ n: number }>('select count(*)::int as n from setting')).rows[0]?.n
  const insert = (key: string, fails: boolean) =>
    db.transaction(async (tx) => {
      await tx.query(`insert into setting (key, value) values ($1, '1')`, [key])
      if (fails) throw new Error('stop')
    })
  await expect(insert('a', true)).rejects.toThrow('stop')
  expect(await count()).toBe(0)
  await insert('b', false)
  expect(await count()).toBe(1)
  await db.close()
  await database.drop()
})

test('statements that fail are counted, and so are connections that cannot be made', async () => {
  const database = await createTestDatabase()
  const db = await open(database.url)
  const { pool, load } = db
  try {
    const before = { ...load }
    await expect(pool.query('select from nowhere')).rejects.toThrow('nowhere')
    expect(load.failures - before.failures).toBe(1)
    expect(load.statements - before.statements).toBe(1)
    const { database: name } = database.connection
    await administer(
      inject('postgres'),
      `alter database ${pg.escapeIdentifier(name)} allow_connections false`,
    )
    await expect(pool.connect()).rejects.toThrow('not currently accepting connections')
    expect(load.failures - before.failures).toBe(2)
  } finally {
    await db.close()
    await database.drop()
  }
})
