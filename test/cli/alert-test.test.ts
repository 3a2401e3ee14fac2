import { describe, expect, it } from 'vitest'
import { testChannelByName } from '../../src/cli/alert-test.ts'
import { faultOutcome } from '../../src/cli/fault.ts'
import { receiver } from '../alerts/channels/chat.ts'
import { configFolder } from '../config/folder.ts'

/** Runs the command on a configuration with these channels; what it printed and its exit code. No database is there. */
async function test(channel: string, channels: string, env: Readonly<Record<string, string>> = {}) {
  const directory = await configFolder({
    'openwatch.yaml': `server: { publicUrl: "https://watch.example" }\nchannels: ${channels}\n`,
  })
  const said = { out: '', err: '' }
  const io = {
    env: { ...env, OPENWATCH_CONFIG: directory, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' },
    cwd: '/',
    now: () => new Date('2025-06-10T17:00:00Z'),
    out: (text: string) => void (said.out += text),
    err: (text: string) => void (said.err += text),
    width: () => 80,
    colour: false,
    progress: false,
  }
  try {
    return { code: await testChannelByName(io, channel), ...said }
  } catch (error) {
    const { text, code } = faultOutcome(error, false)
    return { code, out: said.out, err: text }
  }
}

describe('openwatch alerts test', () => {
  it('sends a real alert and says what came back', async () => {
    const { url, received } = await receiver((response) => response.writeHead(202).end())
    const { code, out } = await test('hook', `{ hook: { type: webhook, url: "${url}" } }`)
    expect(out).toMatch(/^hook \(webhook\) took it in \d+ ms: answered 202\n$/)
    expect(code).toBe(0)
    expect(received).toHaveLength(1)
    const body = received[0]?.body ?? ''
    expect(body).toContain('This is how openwatch reaches you on hook.')
    expect(body).toContain('https://watch.example/')
  })

  it('shows it on the console, where that is the channel', async () => {
    const { code, out } = await test('here', '{ here: { type: console } }')
    expect(out).toContain('openwatch reaches you on here')
    expect(out).toContain('here (console) took it')
    expect(code).toBe(0)
  })

  it('says why it was refused, what to mend, and ends with 1', async () => {
    const { origin } = await receiver((response) =>
      response.writeHead(401).end('{"code":40101,"http":401,"error":"unauthorized"}'),
    )
    const { code, out, err } = await test(
      'phone',
      `{ phone: { type: ntfy, url: "${origin}", topic: news, token: "\${TOKEN}" } }`,
      { TOKEN: 'tk_secret' },
    )
    expect(err).toBe(
      'openwatch: phone refused it: answered 401: unauthorized; mend channels.phone in openwatch.yaml. An alert would not be tried again\n',
    )
    expect(out + err).not.toContain('tk_secret')
    expect(code).toBe(1)
  })

  it('says how long a channel wants to be left alone', async () => {
    const { url } = await receiver((response) => response.writeHead(429, { 'retry-after': '90' }).end())
    const { code, err } = await test('hook', `{ hook: { type: webhook, url: "${url}" } }`)
    expect(err).toContain('hook did not take it now: answered 429 (it asks to be left alone for 2 min)')
    expect(code).toBe(1)
  })

  it('says that nobody answers', async () => {
    const gone = await receiver(() => undefined)
    await gone.close()
    const { code, err } = await test('hook', `{ hook: { type: webhook, url: "${gone.url}" } }`)
    expect(err).toContain('ECONNREFUSED')
    expect(code).toBe(1)
  })

  it('names the channels that there are', async () => {
    expect(await test('mail', '{ hook: { type: console }, phone: { type: console } }')).toMatchObject({
      code: 2,
      err: 'openwatch: there is no channel "mail" in openwatch.yaml; there are: hook, phone\n',
    })
    expect(await test('mail', '{}')).toMatchObject({
      err: expect.stringContaining('there are none yet') as string,
    })
  })
})
