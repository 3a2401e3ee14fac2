import { describe, expect, it } from 'vitest'
import { checkConfig } from '../../src/cli/check-config.ts'
import { configFolder } from '../config/folder.ts'

async function check(files: Readonly<Record<string, string>>) {
  const directory = await configFolder(files)
  const said = { out: '', err: '' }
  const code = await checkConfig({
    directory,
    env: {},
    now: new Date(0),
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text),
  })
  return { ...said, code, directory }
}

describe('openwatch check-config', () => {
  it('says in one glance what a good configuration holds', async () => {
    const { code, out, err, directory } = await check({
      'openwatch.yaml':
        'feeds: ["https://a.example/feed"]\nchannels: { console: { type: console }, hook: { type: webhook, url: "https://b.example/" } }\n',
      'watch/a.yaml': 'items:\n  - { question: "What?", subject: x, kind: merger }\n',
      'kinds/merger.yaml': 'events: [{ name: done, verbs: [merge] }]\n',
    })
    expect(err).toBe('')
    expect(out).toMatch(
      /^config ok: 1 feed, 0 graded outlets, 1 watch item, \d+ kinds?; channels: console, hook \(webhook\)\n/,
    )
    expect(out).toContain(directory)
    expect(code).toBe(0)
  })

  it('tells every problem and ends with 2', async () => {
    const { code, out, err } = await check({ 'openwatch.yaml': 'server: { prot: 1 }\nfeeds: [x]\n' })
    expect(out).toBe('')
    expect(err).toMatch(/^2 problems in the configuration\n/)
    expect(err).toContain('-> did you mean "port"?')
    expect(code).toBe(2)
  })

  it('names every history that cannot be read', async () => {
    const { code, out, err } = await check({
      'history/broken.json': '{ "version": "https://jsonfeed.org/version/1.1", "items": [',
      'history/good.json': '{ "version": "https://jsonfeed.org/version/1.1", "title": "t", "items": [] }',
      'history/words.json': 'hello',
    })
    expect(out).toBe('')
    expect(err).toMatch(/^2 problems in the configuration\n/)
    expect(err).toContain('history/broken.json')
    expect(err).toContain('history/words.json')
    expect(code).toBe(2)
  })
})
