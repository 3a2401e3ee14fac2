import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytes, characters, fits, lengthIn } from '../../src/alerts/limit.ts'
import { discordMarkup } from '../../src/alerts/markup-discord.ts'
import { markdownMarkup } from '../../src/alerts/markup-markdown.ts'
import { matrixMarkup } from '../../src/alerts/markup-matrix.ts'
import { plainMarkup } from '../../src/alerts/markup-plain.ts'
import { slackMarkup } from '../../src/alerts/markup-slack.ts'
import { telegramMarkup } from '../../src/alerts/markup-telegram.ts'
import type { Markup } from '../../src/alerts/markup.ts'
import { messageOf, type Message } from '../../src/alerts/message.ts'
import { renderMessage } from '../../src/alerts/render-markup.ts'
import { anyMessage, hostileAlert } from './hostile.ts'
import { readHtml, readMarkdown, readSlack, type Seen } from './read-markup.ts'
import { burst, flood, messageSamples, sampleActions } from './sample-messages.ts'
import { alertSamples } from './sample.ts'

const plain = (text: string): Seen => ({ text, marks: new Set(), links: [] })
const inline = [
  'paragraph',
  'text',
  'escape',
  'space',
  'strong',
  'link',
  'blockquote',
  'list',
  'list_item',
  'br',
]

/** A name, the markup, its reader, and all that a message may be made of. */
const forms: readonly (readonly [string, Markup, (text: string) => Seen, readonly string[]])[] = [
  ['plain', plainMarkup, plain, []],
  ['markdown', markdownMarkup, readMarkdown, inline],
  ['discord', discordMarkup, readMarkdown, inline],
  ['slack', slackMarkup, readSlack, []],
  ['telegram', telegramMarkup, readHtml, ['b', 'a href', 'blockquote']],
  ['matrix', matrixMarkup, readHtml, ['strong', 'a href', 'blockquote', 'p', 'br', 'ul', 'li']],
]

/** All addresses that a message carries, as far as they are http(s). */
function addressesOf(message: Message): readonly string[] {
  const found = JSON.stringify(message).match(/"(?:url|reportUrl)":"(?:[^"\\]|\\.)*"/g) ?? []
  return found
    .map((one) => (JSON.parse(`{${one}}`) as Record<string, string>)['url'] ?? '')
    .concat(message.alerts.flatMap(({ reportUrl }) => reportUrl ?? []))
    .flatMap((url) => (/^https?:/i.test(url) && URL.canParse(url) ? [new URL(url)] : []))
    .flatMap((url) => {
      url.username = url.password = ''
      const page = new URL(url)
      page.hash = ''
      return [normal(url.href), normal(page.href)]
    })
}

function normal(url: string): string {
  return decodeURIComponent(url)
}

describe.each(forms)('messages as %s', (name, markup, read, allowed) => {
  it('look as they did', async () => {
    const all = messageSamples.map(([title, message]) => {
      const text = renderMessage(
        message,
        markup,
        undefined,
        title === 'status-changed' ? sampleActions : undefined,
      )
      return `===== ${title} =====\n${text}\n`
    })
    await expect(all.join('\n')).toMatchFileSnapshot(`snapshots/${name}.txt`)
  })

  it('are within any limit, never empty, well formed, with no markup and no link but their own', () => {
    fc.assert(
      fc.property(
        anyMessage,
        fc.oneof(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: 6000 })),
        fc.constantFrom(bytes, characters),
        (message, size, unit) => {
          const text = renderMessage(message, markup, unit(size))
          expect(lengthIn(text, unit(size).unit)).toBeLessThanOrEqual(size)
          expect(text.trim()).not.toBe('')
          expect(text.isWellFormed()).toBe(true)
          const seen = read(text)
          expect([...seen.marks].filter((mark) => !allowed.includes(mark))).toEqual([])
          const own = addressesOf(message)
          expect(seen.links.map(normal).filter((link) => !own.includes(link))).toEqual([])
        },
      ),
      { numRuns: 150 },
    )
  })

  it('neither call nor lead anybody anywhere when an alert is hostile in all of its words', () => {
    const text = renderMessage(messageOf(hostileAlert), markup)
    expect(text).not.toMatch(/@(?:everyone|here|channel|room)/)
    expect(text).not.toMatch(/(?<!\\)<[!@#]/)
    // eslint-disable-next-line no-control-regex -- the very characters that must be gone
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e\u2066-\u2069\u061c]/)
    const page = 'http://127.0.0.1:8484/#release-timing'
    if (markup.bareLinks) expect(text).toContain(page)
    else expect(read(text).links).toEqual([page])
  })
})

describe('a message that is too long', () => {
  const lines = (text: string) => text.split('\n').filter((line) => line !== '')

  it('leaves out whole alerts and says how many', () => {
    const text = renderMessage(flood(40), plainMarkup, characters(4096))
    expect(text).toMatch(/^40 changes\n/)
    expect(text).toMatch(/Question number 1\?/)
    const shown = text.match(/Question number \d+\?/g)?.length ?? 0
    expect(shown).toBeGreaterThan(5)
    expect(lines(text).at(-1)).toBe(`and ${40 - shown} more: http://127.0.0.1:8484/`)
    expect(text.length).toBeGreaterThan(4096 - 600)
    // What is shown is shown wholly.
    expect(text.match(/The whole story/g)).toHaveLength(shown)
  })

  it('leaves out nothing where all just fits, and one alert a character below', () => {
    const whole = renderMessage(burst, telegramMarkup)
    expect(renderMessage(burst, telegramMarkup, characters(whole.length))).toBe(whole)
    expect(renderMessage(burst, telegramMarkup, characters(whole.length - 1))).toContain('and 1 more')
  })

  it('cuts the first alert where there is no room for one', () => {
    const text = renderMessage(flood(3), plainMarkup, characters(160))
    expect(text).toMatch(/^3 changes\n\n» announced → delayed/)
    expect(text).toContain('and 2 more')
    expect(fits(text, characters(160))).toBe(true)
  })

  it('gives up what is least needed first when it is one alert', () => {
    const message = messageOf(alertSamples['status-changed'])
    const at = (size: number) => renderMessage(message, plainMarkup, characters(size), sampleActions)
    const whole = at(5000)
    expect(whole).toContain('Acknowledge: https://')
    expect(at(whole.length - 1)).not.toContain('Acknowledge')
    expect(at(whole.length - 1)).toContain('Promised: ')
    expect(at(380)).not.toContain('Promised: ')
    expect(at(380)).toContain('“The open-weight model needs more time')
    expect(at(155)).toBe(
      '» announced → delayed · 10 June 2025, 17:00 UTC\nWhen will OpenAI release its open-weight model?\n\nThe whole story: http://127.0.0.1:8484/#release-timing',
    )
    expect(at(60)).toBe('announced → delayed: When will OpenAI release its…')
    expect(at(1)).toBe('…')
  })

  it('never cuts an entity or a tag', () => {
    const alert = alertSamples['status-changed']
    const message = messageOf({ ...alert, item: { ...alert.item, question: '<&>'.repeat(60) } })
    for (let size = 1; size < 700; size++) readHtml(renderMessage(message, telegramMarkup, characters(size)))
  })
})
