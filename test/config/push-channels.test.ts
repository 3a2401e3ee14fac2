import { describe, expect, it } from 'vitest'
import { readSettings } from '../../src/config/load-settings.ts'
import { parseSource } from '../../src/config/source.ts'

function read(yaml: string) {
  const source = parseSource('openwatch.yaml', `channels:\n  it: ${yaml}\n`)
  if (!source.ok) throw new Error('not YAML')
  return readSettings(source.source, { TOKEN: 'the-secret' })
}

/** What is wrong with a channel, each with what to do about it. */
const problemsOf = (yaml: string) => read(yaml).problems.map(({ message, fix }) => `${message}; ${fix}`)

function channelOf(yaml: string): unknown {
  const result = read(yaml)
  expect(result.problems).toEqual([])
  return result.settings?.channels['it']
}

describe('an ntfy channel in the configuration', () => {
  it('needs no more than a topic', () => {
    expect(channelOf('{ type: ntfy, topic: my-news_1 }')).toMatchObject({
      url: 'https://ntfy.sh',
      topic: 'my-news_1',
      updates: true,
      markdown: false,
      group: true,
    })
    expect(channelOf('{ type: ntfy, topic: x, token: "${TOKEN}" }')).toMatchObject({ token: 'the-secret' })
  })

  it.each(['', '"a/b"', 'with space', '"ä"'])('cannot post to the topic %s', (topic) => {
    expect(problemsOf(`{ type: ntfy, topic: ${topic} }`)).toHaveLength(1)
  })

  it('logs in by token, or by user and password', () => {
    const login = (more: string) => problemsOf(`{ type: ntfy, topic: x, ${more} }`)
    expect(login('user: me, password: p')).toEqual([])
    expect(login('user: me')).toEqual(['user and password go together; give both, or neither'])
    expect(login('password: p')).toEqual(['user and password go together; give both, or neither'])
    expect(login('token: t, user: me, password: p')).toEqual([expect.stringContaining('give either')])
  })
})
