import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { telegramChannel, telegramMessage } from '../../../src/alerts/channels/telegram.ts'
import { messageOf } from '../../../src/alerts/message.ts'
import { anyMessage, hostileAlert } from '../hostile.ts'
import { flood, sampleActions, week } from '../sample-messages.ts'
import { alertSamples } from '../sample.ts'
import { answering, everyMessage, expectValid, posted, receiver, sending } from './chat.ts'
import { telegramSchema } from './schemas/telegram.ts'

const moved = messageOf(alertSamples['status-changed'])
const token = '12345:abc-DEF_'

const bot = (baseUrl: string, over = {}) =>
  telegramChannel('telegram', { token, chat: '-1001234567890', baseUrl, timeout: 2000, ...over })

/** What Telegram knows of HTML, all closed in their order; every other sign of markup must be escaped. */
function expectTelegramHtml(text: string): void {
  const open: string[] = []
  for (const [tag, close = '', name = ''] of text.matchAll(/<(\/?)([a-z]*)[^>]*>/g)) {
    expect(tag).toMatch(/^<(?:\/?(?:b|blockquote|a)|a href="https?:\/\/[^"<>]*")>$/)
    if (close === '') open.push(name)
    else expect(open.pop()).toBe(name)
  }
  expect(open).toEqual([])
  expect(text.replace(/<[^>]*>/g, '')).not.toMatch(/[<>]|&(?!(?:lt|gt|amp|quot);)/)
}

describe('a message to Telegram', () => {
  it.each(everyMessage)('is what sendMessage takes: %s', async (_name, message) => {
    const body = await posted(message, telegramSchema, bot, { ok: true, result: { message_id: 1 } })
    expectTelegramHtml((body as { text: string }).text)
  })

  it('shows what moved, the question, the proof and the links', () => {
    expect(telegramMessage(moved, { chat: '@news', topic: 7 }, sampleActions)).toMatchSnapshot()
  })

  it('lays several alerts out one below the other, by topic', () => {
    expect(telegramMessage(week, { chat: '1' }, sampleActions).text).toMatchSnapshot()
  })

  it('counts the alerts that it has no room for', () => {
    const { text } = telegramMessage(flood(300), { chat: '1' }, sampleActions)
    expect(text.length).toBeLessThanOrEqual(4096)
    expect(text).toMatch(/^<b>300 changes<\/b>\n/)
    expect(text).toMatch(/and 29\d more/)
  })

  it('takes no tag, mention, command or link from words of others', () => {
    const { text } = telegramMessage(messageOf(hostileAlert), { chat: '1' }, () => [])
    expectTelegramHtml(text)
    expect(text).not.toMatch(/@(?:everyone|here|name)|href="(?!http:\/\/127)|\s\/start/)
  })

  it('keeps to every limit, whatever stands in it', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        const made = telegramMessage(message, { chat: '1' }, () => [])
        expectValid(made, telegramSchema)
        expect(made.text.length).toBeLessThanOrEqual(4096)
        expectTelegramHtml(made.text)
      }),
      { numRuns: 100 },
    )
  })
})

describe('Telegram', () => {
  it('is called with the token of the bot, at a server of the operator where one is named', async () => {
    const { origin, received } = await answering(200, { ok: true })
    expect(await bot(`${origin}/api/`, { topic: 7 }).send(moved, sending())).toEqual({
      kind: 'sent',
      detail: 'answered ok',
    })
    expect(received[0]?.url).toBe(`/api/bot${token}/sendMessage`)
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({
      chat_id: -1001234567890,
      message_thread_id: 7,
    })
  })

  it('says in its answer when it may be asked again', async () => {
    const description = 'Too Many Requests: retry after 35'
    const { origin } = await answering(429, {
      ok: false,
      error_code: 429,
      description,
      parameters: { retry_after: 35 },
    })
    expect(await bot(origin).send(moved, sending())).toEqual({
      kind: 'retry',
      reason: `answered 429: ${description}`,
      retryAfterMs: 35_000,
    })
  })

  it.each([
    [400, 'Bad Request: chat not found', 'channel'],
    [400, 'Bad Request: message thread not found', 'channel'],
    [400, "Bad Request: can't parse entities: unclosed tag", 'message'],
    [400, 'Bad Request: message is too long', 'message'],
    [401, 'Unauthorized', 'channel'],
    [403, 'Forbidden: bot was blocked by the user', 'channel'],
    [404, 'Not Found', 'channel'],
  ])('that answers %i %s refuses, because of the %s', async (error_code, description, concerns) => {
    const { origin } = await answering(error_code, { ok: false, error_code, description })
    expect(await bot(origin).send(moved, sending())).toEqual({
      kind: 'refused',
      reason: `answered ${error_code}: ${description}`,
      concerns,
    })
  })

  it('says where a group has moved to', async () => {
    const body = {
      ...{
        ok: false,
        error_code: 400,
        description: 'Bad Request: group chat was upgraded to a supergroup chat',
      },
      parameters: { migrate_to_chat_id: -100987 },
    }
    const { origin } = await answering(400, body)
    expect(await bot(origin).send(moved, sending())).toMatchObject({
      kind: 'refused',
      concerns: 'channel',
      reason: expect.stringContaining('the chat is now -100987') as string,
    })
  })

  it.each([
    [200, '<html>Log in to the network</html>'],
    [502, 'Bad Gateway'],
    [500, { ok: false, error_code: 500, description: 'Internal Server Error' }],
  ])('is tried again when %i comes with something else', async (code, body) => {
    const { origin } = await answering(code, body)
    expect(await bot(origin).send(moved, sending())).toMatchObject({ kind: 'retry' })
  })

  it('never shows the token where a try failed', async () => {
    const gone = await receiver(() => undefined)
    await gone.close()
    const silent = await receiver(() => undefined)
    for (const channel of [bot(gone.origin), bot(silent.origin, { timeout: 50 })]) {
      const outcome = await channel.send(moved, sending())
      expect(outcome).toMatchObject({ kind: 'retry' })
      expect(JSON.stringify(outcome)).not.toContain(token)
    }
  })
})
