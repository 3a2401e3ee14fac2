import { describe, expect, it } from 'vitest'
import { readSettings } from '../../src/config/load-settings.ts'
import { parseSource } from '../../src/config/source.ts'

const environment = {
  SMTP_PASSWORD: 'smtp-secret',
  SLACK_WEBHOOK: 'https://hooks.slack.com/services/T0/B0/abc',
  SLACK_TOKEN: 'xoxb-secret',
}

function read(yaml: string) {
  const source = parseSource('openwatch.yaml', `channels:\n  it: ${yaml}\n`)
  if (!source.ok) throw new Error('not YAML')
  return readSettings(source.source, environment)
}

/** What is wrong with a channel, each with what to do about it. */
const problemsOf = (yaml: string) => read(yaml).problems.map(({ message, fix }) => `${message}; ${fix}`)

function channelOf(yaml: string): unknown {
  const result = read(yaml)
  expect(result.problems).toEqual([])
  return result.settings?.channels['it']
}

describe('an e-mail channel in the configuration', () => {
  const mail = (more: string) => `{ type: email, host: smtp.example.org, from: a@example.org${more} }`

  it('needs a server, a sender and somebody to write to', () => {
    expect(channelOf(mail(', to: "Me <me@example.org>"'))).toMatchObject({
      security: 'starttls',
      from: { name: '', address: 'a@example.org' },
      to: [{ name: 'Me', address: 'me@example.org' }],
      group: true,
      timeout: 30_000,
    })
    expect(problemsOf(mail(', to: []'))).toEqual([expect.stringMatching(/^nobody .*; write at least one/)])
  })

  it.each([
    ['me', false],
    ['me@example.org, you@example.org', false],
    ['Friends: me@example.org;', false],
    ['"a@example.org\\nBcc: b@example.org"', false],
    ['root@localhost', true],
    ['Zoë <zoe@exämple.org>', true],
    ["o'neil+news@mail.example.org", true],
  ])('writes to %s: %s', (to, fine) => {
    const list = to.startsWith('"') ? to : JSON.stringify(to)
    expect(problemsOf(mail(`, to: [${list}]`)).length === 0).toBe(fine)
  })

  it('logs in with user and password, or with neither', () => {
    expect(channelOf(mail(', to: a@b.example, user: me, password: "${SMTP_PASSWORD}"'))).toMatchObject({
      password: 'smtp-secret',
    })
    expect(problemsOf(mail(', to: a@b.example, user: me'))).toEqual([expect.stringContaining('no password')])
    expect(problemsOf(mail(', to: a@b.example, password: x'))).toEqual([expect.stringContaining('no user')])
  })

  it.each(['javascript:alert(1)', 'me@example.org'])('offers no way out by %s', (address) => {
    expect(problemsOf(mail(`, to: a@b.example, unsubscribe: "${address}"`))).toHaveLength(1)
  })
})

describe('a Slack channel in the configuration', () => {
  it('is reached by a webhook, or by token and channel', () => {
    expect(channelOf('{ type: slack, url: "${SLACK_WEBHOOK}" }')).toMatchObject({
      url: environment.SLACK_WEBHOOK,
      group: true,
    })
    expect(channelOf('{ type: slack, token: "${SLACK_TOKEN}", channel: C1 }')).toMatchObject({
      token: 'xoxb-secret',
      baseUrl: 'https://slack.com/api',
    })
  })

  it.each(['', ', token: x', ', channel: C1', ', url: "https://a.example/", token: x, channel: C1'])(
    'is not reached with: type%s',
    (more) => {
      expect(problemsOf(`{ type: slack${more} }`)).toEqual([
        'it is not clear how to reach Slack; give either url (of an incoming webhook), or token and channel',
      ])
    },
  )
})

describe('a Discord channel in the configuration', () => {
  it('is a webhook, in a thread where one is named', () => {
    expect(
      channelOf('{ type: discord, url: "https://discord.com/api/webhooks/1/x", thread: "99" }'),
    ).toMatchObject({
      thread: '99',
      group: true,
    })
    expect(problemsOf('{ type: discord }')).toHaveLength(1)
  })
})

describe('a Telegram channel in the configuration', () => {
  const telegram = (chat: string, token = '12345:abc-DEF_') =>
    `{ type: telegram, token: "${token}", chat: ${chat} }`

  it.each(['-1001234567890', '"-1001234567890"', '42', '"@news_of_us"'])('posts to the chat %s', (chat) => {
    expect(channelOf(telegram(chat))).toMatchObject({ chat: chat.replaceAll('"', ''), group: true })
  })

  it.each(['news', '"@x"', '1.5', '""', '[1]'])('knows no chat %s', (chat) => {
    expect(problemsOf(telegram(chat))).toHaveLength(1)
  })

  it('takes no token that would lead elsewhere, and does not show it', () => {
    const problems = problemsOf(telegram('1', '1:a/../../x'))
    expect(problems).toEqual([expect.stringContaining('@BotFather')])
    expect(problems.join()).not.toContain('1:a')
  })
})

describe('a Teams channel in the configuration', () => {
  it('is the address of a workflow', () => {
    expect(
      channelOf('{ type: teams, url: "https://prod-1.westeurope.logic.azure.com/workflows/1?sig=s" }'),
    ).toMatchObject({
      timeout: 30_000,
      group: true,
    })
    expect(problemsOf('{ type: teams, url: nowhere }')).toHaveLength(1)
  })
})

describe('what opens a channel to whoever has it', () => {
  it.each([
    '{ type: slack, url: "https://hooks.slack.com/kept-secret" }',
    '{ type: slack, token: kept-secret, channel: C1 }',
    '{ type: discord, url: "https://discord.com/kept-secret" }',
    '{ type: teams, url: "https://a.example/kept-secret" }',
    '{ type: telegram, token: "1:kept-secret", chat: 1 }',
    '{ type: email, host: a, from: a@b.example, to: a@b.example, user: me, password: kept-secret }',
  ])('is never shown: %s', (yaml) => {
    const { secrets } = read(yaml)
    expect([...secrets].filter((secret) => secret.includes('kept-secret'))).toHaveLength(1)
  })
})
