import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { createParser } from '../../src/feeds/parse-aside.ts'

const built = new URL('../../dist/feeds/parse-aside.js', import.meta.url).href
const build = fileURLToPath(new URL('../../scripts/build.mjs', import.meta.url))

/** Runs a piece of program with what was built, since Node cannot start a thread of TypeScript; gives what it printed. */
async function run(program: string): Promise<unknown> {
  const whole = `const { createParser } = await import(${JSON.stringify(built)})
    const context = { url: 'https://a.example/', contentType: 'text/xml', now: new Date() }
    const body = (entries) => Buffer.from('<rss version="2.0"><channel><title>T</title>' + Array.from({ length: entries },
      (_, n) => '<item><guid>' + n + '</guid><title>Entry ' + n + '</title><pubDate>Fri, 01 May 2026 12:00:00 GMT</pubDate></item>').join('') + '</channel></rss>')
    ${program}`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', whole])
  return JSON.parse(stdout)
}

beforeAll(() => promisify(execFile)(process.execPath, [build]), 120_000)

test('a large feed is parsed to the same as ever, and the process goes on meanwhile', async () => {
  const printed = await run(`
    let ticks = 0
    const timer = setInterval(() => ticks++, 5)
    const aside = await createParser().parse(body(20_000), context)
    clearInterval(timer)
    const here = await createParser({ asideBytes: Infinity }).parse(body(20_000), context)
    console.log(JSON.stringify({ ticks, same: JSON.stringify(aside) === JSON.stringify(here), entries: aside.entries.length,
      date: aside.entries[0].publishedAt instanceof Date }))`)
  expect(printed).toMatchObject({ same: true, entries: 20_000, date: true })
  expect((printed as { ticks: number }).ticks).toBeGreaterThan(5)
})

test('what is no feed is told as ever, and the next one is parsed', async () => {
  const printed = await run(`
    const parser = createParser({ asideBytes: 1 })
    const { name, code, message } = await parser.parse(Buffer.from('<p>hello'), context).catch((error) => error)
    const { entries } = await parser.parse(body(3), context)
    await parser.close()
    console.log(JSON.stringify({ name, code, message, entries: entries.length }))`)
  expect(printed).toEqual({
    name: 'FeedFormatError',
    code: 'not-a-feed',
    message: 'this is neither RSS, RDF, Atom nor JSON Feed',
    entries: 3,
  })
})

test('one that takes too long is given up, and the next one is parsed', async () => {
  const printed = await run(`
    const parser = createParser({ asideBytes: 1_000_000, limitMs: 200 })
    const { code } = await parser.parse(body(200_000), context).catch((error) => error)
    console.log(JSON.stringify({ code, entries: (await parser.parse(body(3), context)).entries.length }))`)
  expect(printed).toEqual({ code: 'broken', entries: 3 })
})

test('one that comes just as the idle thread is ended is parsed all the same', async () => {
  // the thread is idle for no longer than the pause, so that it is being ended as the next one comes
  const printed = await run(`
    const parser = createParser({ asideBytes: 1, idleMs: 1 })
    let entries = 0
    for (let n = 0; n < 10; n++) {
      entries += (await parser.parse(body(3), context)).entries.length
      const idle = performance.now() + 3
      while (performance.now() < idle) await new Promise((resolve) => setImmediate(resolve))
    }
    await parser.close()
    console.log(JSON.stringify({ entries }))`)
  expect(printed).toEqual({ entries: 30 })
})

test('between two ordinary feeds whoever waits has its turn', async () => {
  const parser = createParser()
  const context = { url: 'https://a.example/', contentType: 'text/xml', now: new Date() }
  const feed = Buffer.from('<rss version="2.0"><channel><title>T</title></channel></rss>')
  const order: string[] = []
  setImmediate(() => order.push('somebody else'))
  const read = (name: string, body: Buffer): Promise<number> =>
    parser.parse(body, context).then(
      () => order.push(name),
      () => order.push(`${name}, no feed`),
    )
  await Promise.all([read('first', Buffer.from('hello')), read('second', feed)])
  expect(order).toEqual(['first, no feed', 'somebody else', 'second'])
})
