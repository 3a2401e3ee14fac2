import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { replay } from '../../src/cli/replay.ts'
import { readItems } from '../../src/pipeline/replay-items.ts'

const configDirectory = fileURLToPath(new URL('../../config', import.meta.url))
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'openwatch-replay-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const item = (day: string, title: string, outlet = 'reuters.com') => ({
  id: `${outlet}/${day}`,
  url: `https://${outlet}/${day}`,
  title,
  date_published: `${day}T08:00:00Z`,
})
const watch = {
  items: [
    {
      id: 'lamp',
      question: 'When will Nimbus release the Lumen 3?',
      subject: ['Lumen 3'],
      context: ['Nimbus'],
      kind: 'release',
      since: '2025-01-01',
    },
  ],
}

async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

async function changesOf(items: readonly string[], out: string): Promise<string> {
  const watchFile = await file('watch.yaml', JSON.stringify(watch))
  const path = join(folder, out)
  const outcome = await replay({ watchFile, out: path, items, configDirectory, env: {} })
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems))
  return readFile(path, 'utf8')
}

const early = [
  item('2025-03-01', 'Nimbus to release Lumen 3 in May'),
  item('2025-05-01', 'Nimbus delays Lumen 3'),
]
const late = [
  item('2025-04-01', 'Nimbus to release Lumen 3 on May 20'),
  item('2025-09-01', 'Nimbus releases Lumen 3'),
]
const lines = (items: readonly object[]) => items.map((one) => JSON.stringify(one)).join('\n')

describe('a replay', () => {
  test('merges its files by date and prints one change a line', async () => {
    const a = await file('a.ndjson', lines(early))
    const b = await file('b.ndjson.gz', gzipSync(lines(late)))
    const printed = (await changesOf([a, b], 'merged.ndjson')).trim().split('\n')
    const changes = printed.map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(changes.map((change) => [change['to'], change['dateChange']])).toEqual([
      ['announced', false],
      ['announced', true],
      ['delayed', false],
      ['happened', false],
    ])
    expect(changes[0]).toMatchObject({
      item: 'lamp',
      at: '2025-03-01T08:00:00.000Z',
      evidence: ['https://reuters.com/2025-03-01'],
      quote: 'Nimbus to release Lumen 3 in May',
      certainty: 'reported',
    })
  })

  test('prints the same, byte for byte, when it is run again', async () => {
    const a = await file('again.ndjson', lines([...early, ...late]))
    expect(await changesOf([a], 'one.ndjson')).toBe(await changesOf([a], 'two.ndjson'))
  })

  test('reads feeds as well', async () => {
    const feed = { version: 'https://jsonfeed.org/version/1.1', title: 'x', items: late }
    const rss = `<rss version="2.0"><channel><title>x</title><link>https://reuters.com</link><item><title>Nimbus delays Lumen 3</title><link>https://reuters.com/r</link><pubDate>Thu, 01 May 2025 08:00:00 GMT</pubDate></item></channel></rss>`
    const files = [await file('feed.json', JSON.stringify(feed)), await file('feed.xml', rss)]
    expect((await readItems(files)).map((entry) => entry.title)).toEqual([
      'Nimbus to release Lumen 3 on May 20',
      'Nimbus delays Lumen 3',
      'Nimbus releases Lumen 3',
    ])
  })

  test('names the file that cannot be read', async () => {
    await expect(readItems([join(folder, 'missing.ndjson')])).rejects.toThrow('missing.ndjson')
    const broken = await file('broken.txt', 'this is no feed')
    await expect(readItems([broken])).rejects.toThrow('broken.txt')
  })
})
