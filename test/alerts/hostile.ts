import fc from 'fast-check'
import { alertSchema, type Alert } from '../../src/alerts/alert.ts'
import type { Message } from '../../src/alerts/message.ts'
import { alertSamples } from './sample.ts'

/** What somebody might put into a title to make a mail, a chat or a terminal do what it should not. */
export const nasty = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><a href="https://evil.example">x</a>',
  '</style></title><b>',
  '&lt;b&gt; &#64;everyone &amp;amp;',
  '[free](https://evil.example)',
  '![x](https://evil.example/pixel.png)',
  '<https://evil.example|free>',
  'https://evil.example/ www.evil.example a@evil.example',
  '**bold** __under__ _it_ ~~gone~~ `code` ```block',
  '# heading',
  '- list',
  '1. list',
  '> quote',
  '===',
  '---',
  '| a | b |',
  '||spoiler||',
  '@everyone @here @channel @room @name',
  '<!channel> <!here|x> <@U123> <@&1> <#C1> <:smile:1> <t:1>',
  ':smile:',
  'Subject\r\nBcc: a@b.example',
  '\u001b[2J\u0007\u0000',
  '\u202egnp.exe\u2066\u061c',
  'tg://user?id=1 /start',
  '<at>Everybody</at>',
  '\\',
  '](javascript:alert(1))',
  '\ud83d',
  '\ude00 \ud83d\ude00 👨‍👩‍👧‍👦 e\u0301',
  'Ünïcödé 中文字符 ✓',
] as const

const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code))

/** Any text: nasty pieces, whole characters, halves of characters, long words. */
export const anyText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...nasty),
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.string({ unit, maxLength: 10 }),
      fc.constantFrom('plain words of a feed', ' ', 'x'.repeat(300), '<'.repeat(60)),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''))

/** An address that a feed may give. */
export const anyUrl: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    'https://news.example/a?b=1&c=(2)|<3>"4\'5*6_7~8`9\\#d',
    'javascript:alert(1)',
    'https://user:secret@news.example/',
    'data:text/html,<script>',
    'not an address',
    `https://news.example/${'long'.repeat(700)}`,
  ),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
)

/** Any alert, of any kind, with any text wherever a text is. */
export const anyAlert: fc.Arbitrary<Alert> = fc
  .tuple(
    fc.constantFrom(...Object.values<Alert>(alertSamples)),
    fc.infiniteStream(anyText),
    fc.infiniteStream(anyUrl),
  )
  .map(([alert, texts, urls]) => alertSchema.parse(refilled(alert, texts, urls)))

const kept = new Set(['kind', 'status', 'certainty', 'promisedUntil'])
const addresses = new Set(['url', 'reportUrl'])

/** A copy with other texts and addresses; what decides the kind stays. */
function refilled(value: unknown, texts: Iterator<string>, urls: Iterator<string>, kind = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => refilled(one, texts, urls, kind))
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  const own = 'kind' in value && typeof value.kind === 'string' ? value.kind : kind
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => {
      const fixed = kept.has(name) || ((name === 'from' || name === 'to') && own !== 'date-changed')
      if (typeof one === 'string' && !fixed) {
        const next = addresses.has(name) ? urls.next() : texts.next()
        return [name, next.value as string]
      }
      return [
        name,
        Array.isArray(one) && name === 'slippage'
          ? one.map(() => texts.next().value as string)
          : refilled(one, texts, urls, own),
      ]
    }),
  )
}

/** Any message: one alert, a burst, or a digest. */
export const anyMessage: fc.Arbitrary<Message> = fc
  .tuple(fc.array(anyAlert, { minLength: 1, maxLength: 5 }), fc.boolean())
  .map(([alerts, digest]) => ({
    alerts: alerts as [Alert, ...Alert[]],
    digest: digest ? { from: new Date('2025-06-03T07:00:00Z'), to: new Date('2025-06-10T07:00:00Z') } : null,
  }))

/** An alert with nasty text in all of its places. */
export const hostileAlert: Alert = {
  ...alertSamples['status-changed'],
  item: { id: 'x', topic: nasty.join(' '), question: nasty.join(' ') },
  expected: '](javascript:alert(1)) @everyone <!channel>',
  slippage: ['# June', '<b>later</b>\n@here'],
  evidence: nasty.map((text, index) => ({
    ...{ quote: text, outlet: nasty[(index + 3) % nasty.length] ?? '', url: 'javascript:alert(1)' },
    claimedAt: new Date('2025-06-10T17:00:00Z'),
    certainty: 'reported' as const,
  })),
}
