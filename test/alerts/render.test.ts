import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { alertSchema, isItemAlert, type Alert } from '../../src/alerts/alert.ts'
import { messageOf } from '../../src/alerts/message.ts'
import { renderMessageMarkdown } from '../../src/alerts/render-markdown.ts'
import { alertSubject, renderAlertText } from '../../src/alerts/render.ts'
import { alertSamples } from './sample.ts'

const renderAlertMarkdown = (alert: Alert) => renderMessageMarkdown(messageOf(alert))
const every = Object.values<Alert>(alertSamples)

describe('an alert as text', () => {
  it('says from what to what, when, with the quote, its source and how the date slipped', () => {
    expect(renderAlertText(alertSamples['status-changed'], 80)).toBe(
      [
        '» announced → delayed  10 June 2025, 17:00 UTC',
        '  When will OpenAI release its open-weight model?',
        '  Expected late summer 2025.',
        '  “The open-weight model needs more time: expect it later this summer but not in',
        '  June.”',
        '  techcrunch.com · 10 June 2025, 17:00 UTC · reported · 2 independent origins',
        '  https://techcrunch.com/2025/06/10/openais-open-model-is-delayed/',
        '  Promised: in the coming months → early summer → later this summer',
        '  http://127.0.0.1:8484/#release-timing',
      ].join('\n'),
    )
  })

  it('says that a date was withdrawn', () => {
    expect(renderAlertText(alertSamples['date-changed'], 80)).toContain(
      'date moved: late summer 2025 → no date',
    )
  })

  it('says what is expected only where something is', () => {
    const moved = alertSamples['status-changed']
    expect(renderAlertText({ ...moved, expected: 'no date' }, 80)).toContain('No date is promised now.')
    expect(renderAlertText({ ...moved, to: 'happened', expected: 'June 2025' }, 80)).not.toContain('Expected')
    expect(renderAlertText({ ...moved, expected: null }, 80)).not.toContain('Expected')
  })

  it('says what no longer stands, what is disputed, what is overdue', () => {
    expect(renderAlertText(alertSamples.corrected, 200)).toContain(
      'What we told you before no longer stands: two independent origins say so.',
    )
    expect(renderAlertText(alertSamples.disputed, 200)).toContain('contradict each other')
    expect(renderAlertText(alertSamples.overdue, 200)).toContain(
      'June 2025 has passed (until 30 June 2025) and nothing came. Still delayed.',
    )
  })

  it('names a few of the feeds that cannot be read, and counts the others', () => {
    const text = renderAlertText(alertSamples['feed-blind'], 200)
    expect(text).toContain('Only 1 of 24 feeds can be read: silence means nothing now.')
    expect(text).toContain('https://feed4.example/rss: no answer in time (tried again in 3 min)')
    expect(text).not.toContain('feed5')
    expect(text).toContain('and 2 more')
  })

  it('says since when nothing was seen when sight is back', () => {
    expect(renderAlertText(alertSamples['feed-restored'], 200)).toContain(
      'Nothing was seen since 1 June 2025.',
    )
  })

  it.each(every)('keeps $kind within the terminal but for links', (alert) => {
    const lines = renderAlertText(alert, 60).split('\n')
    expect(lines.filter((line) => stringWidth(line) > 60 && !line.includes('http'))).toEqual([])
  })

  it('colours by role without changing the words', () => {
    const alert = alertSamples['status-changed']
    const roles: string[] = []
    const painted = renderAlertText(alert, 80, (text, role) => {
      roles.push(role)
      return text
    })
    expect(painted).toBe(renderAlertText(alert, 80))
    expect(roles).toContain('delayed')
  })
})

describe('an alert as Markdown', () => {
  it('quotes the sentence and links the outlet', () => {
    expect(renderAlertMarkdown(alertSamples['status-changed'])).toBe(
      [
        '» **announced → delayed** · 10 June 2025, 17:00 UTC  \nWhen will OpenAI release its open-weight model?',
        'Expected late summer 2025.',
        '> “The open-weight model needs more time: expect it later this summer but not in June.”\n>\n> [techcrunch.com](https://techcrunch.com/2025/06/10/openais-open-model-is-delayed/) · 10 June 2025, 17:00 UTC · reported · 2 independent origins',
        'Promised: in the coming months → early summer → later this summer',
        '[The whole story](http://127.0.0.1:8484/#release-timing)',
      ].join('\n\n'),
    )
  })

  it.each(every)('is never empty: $kind', (alert) => {
    const about = isItemAlert(alert) ? 'open-weight model' : 'openwatch'
    expect(renderAlertMarkdown(alert)).toContain(about)
    expect(alertSubject(alert)).toContain(about)
  })
})

describe('what a feed wrote', () => {
  const hostile: Alert = {
    ...alertSamples['status-changed'],
    item: { id: 'x', topic: 't', question: 'Subject\r\nBcc: a@b.example <script>alert(1)</script>' },
    evidence: [
      {
        quote: '@everyone [free](https://evil.example) \u001b[2J\u202e**now**\n# big',
        outlet: '](javascript:alert(1))',
        url: 'javascript:alert(1)',
        claimedAt: new Date('2025-06-10T17:00:00Z'),
        certainty: 'reported',
      },
    ],
  }

  it('cannot add lines to a subject, and a subject has its limit', () => {
    expect(alertSubject(hostile)).not.toMatch(/[\r\n]/)
    expect(alertSubject(alertSamples['status-changed'], 40)).toBe('announced → delayed: When will OpenAI…')
  })

  it('cannot drive a terminal or become a link in text', () => {
    const text = renderAlertText(hostile, 80)
    // eslint-disable-next-line no-control-regex -- the very characters that must be gone
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
    expect(text).not.toMatch(/^\s*javascript:/m)
  })

  it('cannot become a mention, a heading, a link or markup in Markdown', () => {
    const text = renderAlertMarkdown(hostile)
    expect(text).not.toContain('@everyone')
    expect(text).not.toMatch(/(?<!\\)\]\((?:javascript|https:\/\/evil)/)
    expect(text).not.toMatch(/(?<!\\)<script/)
    expect(text).not.toMatch(/^#/m)
  })
})

describe('an alert kept as JSON', () => {
  it.each(every)('comes back as it was: $kind', (alert) => {
    expect(alertSchema.parse(JSON.parse(JSON.stringify(alert)))).toEqual(alert)
  })
})
