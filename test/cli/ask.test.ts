import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { createAsker } from '../../src/cli/ask.ts'
import { isMeant } from '../../src/cli/terminal-asker.ts'
import type { Io } from '../../src/cli/io.ts'

test.each([
  ['y', true],
  ['Yes', true],
  ['', false],
  ['n', false],
  ['yesterday', false],
])('asked whether a thing is to be removed, the answer %j means %s', async (answer, meant) => {
  const input = new PassThrough()
  const asker = createAsker({ input, output: new PassThrough(), isTerminal: false })
  input.end(`${answer}\n`)
  expect(await asker.isYes('Remove it?', { empty: false })).toBe(meant)
  asker.close()
})

test('who leaves without an answer means no; where nobody can be asked it is meant', async () => {
  const nobody: Io = {
    ...{ env: {}, cwd: '/', now: () => new Date(0), out: () => undefined, err: () => undefined },
    ...{ width: () => 80, colour: false, progress: false },
  }
  expect(await isMeant(nobody, 'Remove it?', {})).toBe(true)
  const said: string[] = []
  const stdin = Object.assign(new PassThrough(), { isTTY: true })
  const somebody: Io = { ...nobody, stdin, isTerminal: true, out: (text) => void said.push(text) }
  const asked = isMeant(somebody, 'Remove it?', {})
  stdin.end()
  expect(await asked).toBe(false)
  expect(said.join('')).toContain('Remove it? [y/N]')
  expect(await isMeant(somebody, 'Remove it?', { yes: true })).toBe(true)
})
