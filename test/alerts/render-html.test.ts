import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderMessageHtml } from '../../src/alerts/html-mail.tsx'
import { bytes, fits } from '../../src/alerts/limit.ts'
import { messageOf } from '../../src/alerts/message.ts'
import { toneColours, tones } from '../../src/alerts/tone.ts'
import { anyMessage, hostileAlert } from './hostile.ts'
import { readHtml } from './read-markup.ts'
import { burst, flood, messageSamples, sampleActions, week } from './sample-messages.ts'
import { alertSamples } from './sample.ts'

const moved = messageOf(alertSamples['status-changed'])

/** The words and tags of the body, without what only paints them. */
function bare(html: string): string {
  const body = /<body[^>]*>([\s\S]*)<\/body>/.exec(html)?.[1] ?? ''
  return body
    .replace(/ (?:style|class)="[^"]*"/g, '')
    .replace(/<(p|h\d|div|blockquote|ul|li|a)\b/g, '\n$&')
    .trim()
}

const tagNames = (marks: ReadonlySet<string>) => new Set([...marks].map((mark) => mark.split(' ')[0] ?? ''))

describe('a message as an HTML mail', () => {
  it('says the same as ever, for each kind', async () => {
    const all = messageSamples.map(
      ([name, message]) => `===== ${name} =====\n${bare(renderMessageHtml(message))}\n`,
    )
    await expect(all.join('\n')).toMatchFileSnapshot('snapshots/mail-bodies.txt')
  })

  it('is a whole document, as it stands', async () => {
    const html = renderMessageHtml(moved, {
      actions: sampleActions,
      unsubscribe: 'mailto:watch@example.org?subject=stop',
    })
    await expect(html.replaceAll('><', '>\n<')).toMatchFileSnapshot('snapshots/mail.txt')
  })

  it('quotes the sentence in a blockquote, with a link to the outlet, the time and the origins', () => {
    const [quote = ''] = /<blockquote[\s\S]*<\/blockquote>/.exec(renderMessageHtml(moved)) ?? []
    const { text, links } = readHtml(quote)
    expect(text).toContain(
      '“The open-weight model needs more time: expect it later this summer but not in June.”',
    )
    expect(text.replaceAll('\u00a0', ' ')).toContain(
      'techcrunch.com · 10 June 2025, 17:00 UTC · reported · 2 independent origins',
    )
    expect(links).toEqual(['https://techcrunch.com/2025/06/10/openais-open-model-is-delayed/'])
  })

  it('shows the status as word, sign and colour, and how the date slipped', () => {
    const html = renderMessageHtml(moved)
    expect(html).toMatch(/color: #8a4b00[^>]*>»\s*announced → delayed/)
    expect(readHtml(html).text).toContain('Promised: in the coming months → early summer → later this summer')
  })

  it('has a button for each thing that can be done, beside the link to the page', () => {
    const { links } = readHtml(renderMessageHtml(moved, { actions: sampleActions }))
    expect(links).toEqual(
      expect.arrayContaining([
        'http://127.0.0.1:8484/#release-timing',
        'https://watch.example/do/wrong?alert=0197-aa&sig=a.b',
      ]),
    )
  })

  it('says where mails can be stopped only where they can', () => {
    expect(renderMessageHtml(moved)).not.toContain('Stop these mails')
    const { links } = readHtml(renderMessageHtml(moved, { unsubscribe: 'https://watch.example/stop' }))
    expect(links).toContain('https://watch.example/stop')
  })

  it('heads a burst by its number and a digest by its days and topics', () => {
    expect(bare(renderMessageHtml(burst))).toContain('<h1>3 changes</h1>')
    const digest = bare(renderMessageHtml(week))
    expect(digest).toContain('<h1>Digest for 3 to 10 June 2025: 5 alerts</h1>')
    expect(digest.match(/<h2>[^<]*/g)).toEqual(['<h2>openai-open-weights', '<h2>ai-safety', '<h2>openwatch'])
  })

  it('fetches nothing, runs nothing and has no tables', () => {
    for (const [, message] of messageSamples) {
      const { marks } = readHtml(renderMessageHtml(message, { actions: sampleActions }))
      expect(tagNames(marks)).not.toContain('table')
      expect(
        [...marks].filter((mark) =>
          /^(?:img|script|link|iframe|form|svg|base)\b|\b(?:src|on\w+)\b/.test(mark),
        ),
      ).toEqual([])
      expect(renderMessageHtml(message)).not.toMatch(/url\(|@import/)
    }
  })

  it('leaves out whole alerts where it would be cut off by the reader, and says how many', () => {
    const html = renderMessageHtml(flood(200))
    expect(fits(html, bytes(100_000))).toBe(true)
    const shown = html.match(/<h3[^>]*>Question number \d+\?/g)?.length ?? 0
    expect(shown).toBeGreaterThan(30)
    expect(readHtml(html).text).toContain(`and ${200 - shown} more`)
  })
})

describe('a mail about what a hostile feed wrote', () => {
  const allowed = new Set(
    'html head meta title style body div h1 h2 h3 p a span strong blockquote ul li'.split(' '),
  )

  it('shows the words and does nothing else', () => {
    const { marks, text, links } = readHtml(renderMessageHtml(messageOf(hostileAlert)))
    expect([...tagNames(marks)].filter((name) => !allowed.has(name))).toEqual([])
    expect(text).toContain('<script>alert(1)</script>')
    expect(links.filter((link) => !link.startsWith('http://127.0.0.1:8484/'))).toEqual([])
  })

  it('is well formed, has only its own tags and keeps within its limit, whatever was written', () => {
    fc.assert(
      fc.property(anyMessage, fc.integer({ min: 20_000, max: 60_000 }), (message, limit) => {
        const html = renderMessageHtml(message, { limit })
        expect(fits(html, bytes(limit))).toBe(true)
        expect(html.isWellFormed()).toBe(true)
        const { marks, links } = readHtml(html)
        expect([...tagNames(marks)].filter((name) => !allowed.has(name))).toEqual([])
        expect(links.filter((link) => !/^https?:\/\/[^@]*(?:[/?#]|$)/.test(link))).toEqual([])
      }),
      { numRuns: 200 },
    )
  })
})

describe('the colours of a tone', () => {
  it.each(tones)('can be read by day and by night: %s', (tone) => {
    const { ink, paper, nightInk, nightPaper } = toneColours[tone]
    expect(contrast(ink, paper)).toBeGreaterThan(4.5)
    expect(contrast(nightInk, nightPaper)).toBeGreaterThan(4.5)
  })
})

/** The contrast of two colours by WCAG 2. */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
