import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadWatchFile } from '../../src/config/load-watch-file.ts'
import { idFromQuestion } from '../../src/config/schema/watch-item.ts'
import { configFolder } from './folder.ts'

const beginning = new Date(0)

describe('a file of watch items', () => {
  it('may be JSON; items without since begin when the caller says', async () => {
    const items = [
      { id: 'a', question: 'What?', subject: ['x', 'y'], kind: 'decision', since: '2025-01-01' },
      {
        id: 'b',
        question: 'When?',
        subject: 'z',
        kind: 'release',
        status: 'announced',
        expected: 'summer 2025',
      },
    ]
    const folder = await configFolder({ 'watch.json': JSON.stringify({ items }, null, 2) })
    const loaded = await loadWatchFile(join(folder, 'watch.json'), {
      since: beginning,
      kinds: ['release', 'decision'],
    })
    expect(loaded).toMatchObject({
      ok: true,
      items: [
        { id: 'a', subject: ['x', 'y'], since: new Date('2025-01-01T00:00:00Z') },
        { id: 'b', subject: ['z'], status: 'announced', expected: 'summer 2025', since: beginning },
      ],
    })
  })

  it('tells its mistakes', async () => {
    const folder = await configFolder({ 'watch.yaml': 'items:\n  - { question: What?, kind: mood }\n' })
    const loaded = await loadWatchFile(join(folder, 'watch.yaml'), { since: beginning, kinds: ['release'] })
    expect(loaded.ok ? [] : loaded.problems.map(({ path }) => path)).toEqual([
      'items[0].subject',
      'items[0].kind',
    ])
    const long = {
      question: 'ever '.repeat(401),
      subject: ['x'.repeat(501), ...Array<string>(201).fill('y')],
    }
    const large = await configFolder({ 'watch.json': JSON.stringify({ items: [long] }) })
    const refused = await loadWatchFile(join(large, 'watch.json'), { since: beginning, kinds: ['release'] })
    expect(refused.ok ? [] : refused.problems.map(({ path, message, fix }) => [path, message, fix])).toEqual([
      ['items[0].question', 'it has 2,004 characters', 'write 2,000 or fewer'],
      ['items[0].subject[0]', 'it has 501 characters', 'write 500 or fewer'],
    ])
    const missing = await loadWatchFile(join(folder, 'none.yaml'), { since: beginning, kinds: [] })
    expect(missing).toMatchObject({ ok: false, problems: [{ message: 'the file is missing', line: null }] })
  })
})

describe('an id made from a question', () => {
  it.each([
    [
      'Will Mistral release Mistral Large 3 with open weights?',
      'will-mistral-release-mistral-large-3-with-open',
    ],
    ['Läuft die Frist für das Gesetz ab?', 'lauft-die-frist-fur-das-gesetz-ab'],
    ['什么时候？', 'question'],
  ])('for "%s" is %s', (question, id) => {
    expect(idFromQuestion(question)).toBe(id)
  })
})
