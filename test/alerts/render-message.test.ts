import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { bytes, characters, fits } from '../../src/alerts/limit.ts'
import { outlineOf, periodText } from '../../src/alerts/message-outline.ts'
import { messageSubject } from '../../src/alerts/message-subject.ts'
import { messageOf } from '../../src/alerts/message.ts'
import { renderMessageText } from '../../src/alerts/render.ts'
import { anyMessage, hostileAlert } from './hostile.ts'
import { about, burst, flood, messageSamples, quietDay, sampleActions, week } from './sample-messages.ts'
import { alertSamples } from './sample.ts'

const moved = alertSamples['status-changed']

describe('the order in which a message is told', () => {
  it('keeps the alerts of one question together and asks it once', () => {
    const { heading, rows } = outlineOf(burst)
    expect(heading).toBe('3 changes')
    expect(rows.map(({ asked, parts }) => [parts.title, asked])).toEqual([
      ['announced → delayed', false],
      ['date moved: late summer 2025 → no date', true],
      ['open → announced', false],
    ])
  })

  it('groups a digest by topic, with what is about openwatch itself at the end', () => {
    const { heading, rows } = outlineOf(week)
    expect(heading).toBe('Digest for 3 to 10 June 2025: 5 alerts')
    expect(rows.map(({ topic }) => topic)).toEqual([
      'openai-open-weights',
      null,
      'ai-safety',
      null,
      'openwatch',
    ])
  })

  it('counts changes as changes and anything else as alerts', () => {
    expect(outlineOf(flood(12)).heading).toBe('12 changes')
    expect(outlineOf({ alerts: [moved, alertSamples.overdue], digest: null }).heading).toBe('2 alerts')
  })

  it('needs no heading for a single alert, and no topic on a quiet day', () => {
    expect(outlineOf(messageOf(moved)).heading).toBeNull()
    expect(outlineOf(quietDay)).toMatchObject({
      heading: 'Digest for 9 to 10 June 2025',
      rows: [{ topic: null }],
    })
  })

  it.each([
    ['2025-06-10', '2025-06-10', '10 June 2025'],
    ['2025-05-28', '2025-06-03', '28 May to 3 June 2025'],
    ['2024-12-30', '2025-01-06', '30 December 2024 to 6 January 2025'],
  ])('names the days from %s to %s', (from, to, words) => {
    expect(periodText(new Date(from), new Date(to))).toBe(words)
  })
})

describe('what an alert carries', () => {
  it('names who else said so', () => {
    const [first] = moved.evidence
    if (first === undefined) throw new Error('the sample has a quote')
    const outlets = ['techcrunch.com', 'a.example', 'b.example', 'c.example', 'd.example']
    const alert = { ...moved, evidence: outlets.map((outlet) => ({ ...first, outlet })) }
    expect(outlineOf(messageOf(alert)).rows[0].parts.quote?.notes.at(-1)).toBe(
      'also a.example, b.example, c.example and 1 more',
    )
  })

  it('shows the first promise and the latest ones of a long slippage', () => {
    const alert = { ...moved, slippage: ['1', '2', '3', '4', '5', '6', '7', '8'] }
    expect(outlineOf(messageOf(alert)).rows[0].parts.slippage).toEqual(['1', '…', '5', '6', '7', '8'])
  })

  it('says since when a status holds where that was another day', () => {
    const alert = { ...alertSamples.overdue, since: new Date('2025-04-01T10:00:00Z') }
    expect(outlineOf(messageOf(alert)).rows[0].parts.why).toContain('Still delayed, since 1 April 2025.')
  })

  it('masks the keys in the addresses of feeds', () => {
    const feeds = [
      { url: 'https://u:p@a.example/?token=s3cret', reason: 'refused https://u:p@a.example/', nextTry: null },
    ]
    const text = renderMessageText(messageOf({ ...alertSamples['feed-blind'], feeds }), 200)
    expect(text).toContain('a.example')
    expect(text).not.toMatch(/s3cret|u:p/)
  })
})

describe('the subject of a message', () => {
  it.each([
    [
      'a single alert',
      messageOf(moved),
      'announced → delayed: When will OpenAI release its open-weight model?',
    ],
    [
      'a burst',
      burst,
      '3 changes: When will OpenAI release its open-weight model? · When will the AI Act apply to general-purpose models?',
    ],
    [
      'a digest',
      { ...week, alerts: [moved, moved] as const },
      'Digest for 3 to 10 June 2025: 2 changes: When will OpenAI release its open-weight model?',
    ],
    ['a quiet day', quietDay, 'Digest for 9 to 10 June 2025: all quiet'],
    [
      'openwatch itself',
      messageOf(alertSamples['channel-failing']),
      'openwatch: team-chat cannot be reached',
    ],
    [
      'a channel that refuses',
      messageOf({ ...alertSamples['channel-failing'], givenUp: 2 }),
      'openwatch: team-chat refuses what it is sent',
    ],
  ])('of %s', (_, message, subject) => {
    expect(messageSubject(message, characters(200))).toBe(subject)
  })

  it('is one line without a header in it', () => {
    const subject = messageSubject(messageOf(hostileAlert), characters(5000))
    expect(subject).toContain('Subject Bcc: a@b.example')
    // eslint-disable-next-line no-control-regex -- the very characters that must be gone
    expect(subject).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\u061c]/)
  })

  it('keeps within any limit and is never empty', () => {
    fc.assert(
      fc.property(
        anyMessage,
        fc.integer({ min: 1, max: 300 }),
        fc.constantFrom(bytes, characters),
        (message, size, unit) => {
          const subject = messageSubject(message, unit(size))
          expect(fits(subject, unit(size))).toBe(true)
          expect(subject).not.toBe('')
          expect(subject.isWellFormed()).toBe(true)
        },
      ),
    )
  })
})

describe('a message as text', () => {
  it('looks as it did, for each kind', async () => {
    const all = messageSamples.map(([name, message]) => {
      const actions = name === 'status-changed' ? sampleActions : undefined
      return `===== ${name} =====\n${renderMessageText(message, 76, undefined, actions)}\n`
    })
    await expect(all.join('\n')).toMatchFileSnapshot('snapshots/text.txt')
  })

  it('is as narrow as asked but for links, and drives no terminal, whatever a feed wrote', () => {
    fc.assert(
      fc.property(anyMessage, fc.integer({ min: 40, max: 120 }), (message, width) => {
        const text = renderMessageText(message, width)
        // eslint-disable-next-line no-control-regex -- the very characters that must be gone
        expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u061c]/)
        const wide = text.split('\n').filter((line) => stringWidth(line) > width)
        // A word that is longer than the line stands alone on it.
        expect(wide.filter((line) => line.trim().includes(' '))).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('holds all of a long digest', () => {
    const text = renderMessageText({ ...flood(60), digest: week.digest }, 80)
    expect(text).toContain('Digest for 3 to 10 June 2025: 60 changes')
    expect(text).toContain('Question number 60?')
    expect(text.match(/# ai-safety/g)).toHaveLength(1)
  })

  it('tells of two questions with the same words but other ids as of one', () => {
    const again = about(moved, moved.item.question, moved.item.topic)
    expect(outlineOf({ alerts: [moved, again], digest: null }).rows[1]?.asked).toBe(true)
  })
})
