import { PassThrough, Writable } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addByAsking } from '../../src/cli/add-by-asking.ts'
import { createAsker } from '../../src/cli/ask.ts'
import type { Io } from '../../src/cli/io.ts'
import { listItems } from '../../src/store/watch-items.ts'
import { falconSystem, type FalconSystem } from '../support/falcon-system.ts'

const now = new Date('2025-09-01T08:00:00Z')

let falcons: FalconSystem

beforeEach(async () => {
  falcons = await falconSystem(now)
  await falcons.came({
    ...{
      id: '1',
      title: 'Acme releases Heron 2',
      text: '',
      outlet: 'press.test',
      author: null,
      discussionUrl: null,
    },
    ...{ url: 'https://press.test/1', publishedAt: new Date('2025-06-01T12:00:00Z') },
  })
})
afterEach(() => falcons.system.end())

/** What a person at a terminal types, line by line, and what they see. */
async function typing(lines: readonly string[], question?: string) {
  let said = ''
  const say = (text: string): void => void (said += text)
  const input = new PassThrough()
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      say(chunk.toString())
      done()
    },
  })
  const io: Io = {
    ...{ env: {}, cwd: '/', now: () => now, out: say, err: say, width: () => 80 },
    ...{ isTerminal: true, colour: false, progress: false },
  }
  const asker = createAsker({ input, output, isTerminal: false })
  input.end(lines.map((line) => `${line}\n`).join(''))
  const code = await addByAsking(io, asker, { question, system: falcons.system })
  asker.close()
  return { code, said }
}

const added = async () => (await listItems(falcons.system.db.pool)).filter(({ origin }) => origin === 'user')

test('a question and Enter all the way put it under watch as it was proposed, with a preview before', async () => {
  const { code, said } = await typing([
    'When will Acme release Heron 2?',
    '',
    '',
    '',
    '',
    '',
    '',
    '',
    'n',
    'n',
  ])
  expect(code).toBe(0)
  expect(said).toContain('Heron 2: it is what the question asks for')
  expect(said.replaceAll(/\s+/g, ' ')).toContain(
    'this question would have told 1 change; a keyword alert would have sent 1 message',
  )
  expect(said).toContain('stands at happened')
  expect(await added()).toMatchObject([
    { item: { subject: ['Heron 2'], kind: 'release' }, standing: { status: 'happened' } },
  ])
})

test('every field can be written anew, and what cannot be taken is asked for again', async () => {
  const { said } = await typing(
    [
      'the',
      '',
      '',
      '',
      'relase',
      'birds',
      'Heron 2, Heron II',
      'Acme',
      '',
      'acme.test',
      'release',
      'birds',
      'y',
      'n',
      'n',
    ],
    'When will Acme release Heron 2?',
  )
  expect(said).toContain('names no subject')
  expect(await added()).toMatchObject([
    {
      item: { subject: ['Heron 2', 'Heron II'], context: ['Acme'], official: ['acme.test'], topic: 'birds' },
    },
  ])
})

test.each([
  ['at the question', ['']],
  ['in the middle', ['When will Acme release Heron 2?', '', '']],
  ['at the end', ['When will Acme release Heron 2?', '', '', '', '', '', '', 'n']],
])('who leaves %s has added nothing, and is told so', async (_where, lines) => {
  const { code, said } = await typing(lines)
  expect(code).toBe(0)
  expect(said).toContain('Nothing was added.')
  expect(await added()).toEqual([])
})
