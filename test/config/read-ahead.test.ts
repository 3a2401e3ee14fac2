import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished, expect, test } from 'vitest'
import { shippedDirectory } from '../../src/config/directory.ts'
import { readAheadName } from '../../src/config/read-ahead.ts'
import { parseSource, readSource } from '../../src/config/source.ts'
import { configFolder } from './folder.ts'

/** A file with this text, and a folder where something was read ahead for `aheadOf`. */
async function folder(text: string, aheadOf: string, json: string): Promise<{ file: string; ahead: string }> {
  const path = await configFolder({ 'a.yaml': text }, (clean) => onTestFinished(clean))
  const ahead = join(path, 'ahead')
  await mkdir(ahead)
  await writeFile(join(ahead, readAheadName(aheadOf)), json)
  return { file: join(path, 'a.yaml'), ahead }
}

test('a text that the build has read is not read again, and its pieces stand where they stand', async () => {
  const text = 'feeds:\n  - one\n  - two\n'
  const { file, ahead } = await folder(text, text, '{"feeds":["one","read ahead"]}')
  const read = await readSource(file, ahead)
  if (!read.ok) throw new Error('it is not read')
  expect(read.source.data).toEqual({ feeds: ['one', 'read ahead'] })
  expect(read.source.place(['feeds', 1])).toEqual({ line: 3, column: 5 })
})

test('of one other character a text is another', async () => {
  const { file, ahead } = await folder('feeds: [one]\n', 'feeds: [one] \n', '{"feeds":["read ahead"]}')
  expect(await readSource(file, ahead)).toMatchObject({ ok: true, source: { data: { feeds: ['one'] } } })
})

test('what was written in part is read anew', async () => {
  const text = 'feeds: [one]\n'
  const { file, ahead } = await folder(text, text, '{"feeds":["rea')
  expect(await readSource(file, ahead)).toMatchObject({ ok: true, source: { data: { feeds: ['one'] } } })
})

test('the shipped vocabularies come through JSON as they are', async () => {
  for (const kind of ['decision', 'event', 'measure', 'release']) {
    const read = parseSource(kind, await readFile(join(shippedDirectory(), 'kinds', `${kind}.yaml`), 'utf8'))
    if (!read.ok) throw new Error(`${kind} is not read`)
    expect(JSON.parse(JSON.stringify(read.source.data))).toEqual(read.source.data)
  }
})
