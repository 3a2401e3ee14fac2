import { describe, expect, it } from 'vitest'
import { maskedConfig } from '../../src/config/config.ts'
import { loadConfig } from '../../src/config/load.ts'
import { readSettings } from '../../src/config/load-settings.ts'
import { parseSource } from '../../src/config/source.ts'
import { configFolder } from './folder.ts'

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

describe('a Gotify channel in the configuration', () => {
  it('needs a server and the token of an application', () => {
    expect(channelOf('{ type: gotify, url: "http://10.0.0.2:8070", token: "${TOKEN}" }')).toMatchObject({
      token: 'the-secret',
      group: true,
    })
    expect(problemsOf('{ type: gotify, url: "http://10.0.0.2" }')).toHaveLength(1)
  })
})

describe('a Matrix channel in the configuration', () => {
  const matrix = (room: string) =>
    `{ type: matrix, url: "https://matrix.example.org", token: "\${TOKEN}", room: "${room}" }`

  it.each(['!abc:example.org', '!31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM'])('posts to %s', (room) => {
    expect(channelOf(matrix(room))).toMatchObject({ room, notice: false })
  })

  it('says where the id of a room is found', () => {
    expect(problemsOf(matrix('#news:example.org'))).toEqual([
      expect.stringMatching(/is the name of a room, not its id; write the internal id/),
    ])
    expect(problemsOf(matrix('! x'))).toHaveLength(1)
  })
})

describe('an Apprise channel in the configuration', () => {
  const apprise = (more: string) => `{ type: apprise, url: "http://127.0.0.1:8000"${more} }`

  it('tells those of a key, or addresses', () => {
    expect(channelOf(apprise(', key: home, tags: family'))).toMatchObject({
      key: 'home',
      tags: 'family',
      format: 'markdown',
      limit: 4000,
    })
    expect(channelOf(apprise(', urls: "${TOKEN}"'))).toMatchObject({ urls: ['the-secret'] })
  })

  it.each(['', ', key: home, urls: ["x://y"]', ', urls: []', ', urls: ["x://y"], tags: a'])(
    'has to know whom to tell: %s',
    (more) => {
      expect(problemsOf(apprise(more))).toEqual([
        'it is not clear whom Apprise is to tell; give either key (and tags), or urls',
      ])
    },
  )

  it('cannot be led elsewhere by the key', () => {
    expect(problemsOf(apprise(', key: "../get/x"'))).not.toEqual([])
  })
})

describe('a webhook in the configuration', () => {
  const webhook = (more: string) => `{ type: webhook, url: "https://hooks.example/x", ${more} }`

  it('takes any secret, but one of Standard Webhooks has to be base64', () => {
    for (const secret of ['any words: ä', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'])
      expect(channelOf(webhook(`secret: "${secret}"`))).toMatchObject({ secret })
    expect(problemsOf(webhook('secret: whsec_'))).toHaveLength(1)
    expect(problemsOf(webhook('secret: "whsec_!!!"'))).toEqual([
      expect.stringMatching(/^what follows "whsec_" in the secret is not base64; .*openssl rand -base64 32/),
    ])
  })

  it('takes headers that HTTP can carry', () => {
    const headers = { Authorization: 'Bearer the-secret', 'x-caf': 'café' }
    expect(channelOf(webhook('headers: { Authorization: "Bearer ${TOKEN}", x-caf: "café" }'))).toMatchObject({
      headers,
    })
  })

  it.each([
    ['"X Key": a', /^"X Key" cannot be the name of a header; use letters/],
    ['"": a', /^"" cannot be the name of a header/],
    ['"X-Kéy": a', /cannot be the name of a header/],
    [
      'X-Key: "hidden\\nEvil: b"',
      /^the value of the header "X-Key" has characters that HTTP cannot carry; write/,
    ],
    ['X-Key: "hidden→"', /^the value of the header "X-Key" has characters/],
    ['Transfer-Encoding: chunked', /^the header "Transfer-Encoding" belongs to the connection; remove/],
  ])('refuses the header { %s }', (header, problem) => {
    const problems = problemsOf(webhook(`headers: { ${header} }`))
    expect(problems).toEqual([expect.stringMatching(problem)])
    expect(problems.join()).not.toContain('hidden')
  })
})

describe('a configuration with such channels, as it is shown', () => {
  it('hides tokens, passwords, topics and addresses of services, also where they stand in the file', async () => {
    const directory = await configFolder({
      'openwatch.yaml': [
        'channels:',
        '  a: { type: ntfy, topic: hidden-topic, token: hidden-token-a }',
        '  b: { type: ntfy, topic: hidden-other, user: me, password: hidden-password }',
        '  c: { type: gotify, url: "https://push.example", token: hidden-token-c }',
        '  d: { type: matrix, url: "https://matrix.example", token: hidden-token-d, room: "!a:b.example" }',
        '  e: { type: apprise, url: "http://127.0.0.1:8000", urls: ["discord://hidden-id/hidden-key"] }',
        '',
      ].join('\n'),
    })
    const loaded = await loadConfig({ directory, env: {}, now: new Date(0) })
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems))
    expect(JSON.stringify(loaded.config.channels).match(/hidden-/g)).toHaveLength(8)
    expect(JSON.stringify(maskedConfig(loaded.config))).not.toContain('hidden-')
  })
})
