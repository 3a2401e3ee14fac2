import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytes, characters, fits } from '../../src/alerts/limit.ts'
import { markdownMarkup } from '../../src/alerts/markup-markdown.ts'
import { plainMarkup } from '../../src/alerts/markup-plain.ts'
import { messageSubject } from '../../src/alerts/message-subject.ts'
import { messageOf } from '../../src/alerts/message.ts'
import { renderBody } from '../../src/alerts/render-markup.ts'
import { urgencyOf } from '../../src/alerts/urgency.ts'
import { anyMessage } from './hostile.ts'
import { burst, messageSamples } from './sample-messages.ts'
import { alertSamples } from './sample.ts'

const moved = messageOf(alertSamples['status-changed'])

describe('the text beneath a title', () => {
  it.each(messageSamples)('does not say again what moved: %s', (_name, message) => {
    const title = messageSubject(message, characters(2000))
    const text = renderBody(message, title, plainMarkup)
    expect(text.trim()).not.toBe('')
    if (message.alerts.length === 1 && message.digest === null) {
      expect(text).not.toContain(alertSamples['status-changed'].item.question)
    } else expect(text).not.toContain(title.split(':')[0])
  })

  it('says it where the title had to be cut', () => {
    const text = renderBody(moved, messageSubject(moved, characters(30)), plainMarkup)
    expect(text).toContain('announced → delayed')
    expect(text).toContain('When will OpenAI release its open-weight model?')
  })

  it('names each question of several', () => {
    expect(renderBody(burst, '3 changes', plainMarkup)).toMatch(/^» announced → delayed/)
  })

  it('is within any limit and never empty', () => {
    fc.assert(
      fc.property(anyMessage, fc.integer({ min: 4, max: 3000 }), fc.boolean(), (message, size, cut) => {
        const title = messageSubject(message, cut ? bytes(40) : characters(5000))
        for (const markup of [plainMarkup, markdownMarkup]) {
          const text = renderBody(message, title, markup, bytes(size))
          expect(fits(text, bytes(size))).toBe(true)
          expect(text.trim()).not.toBe('')
        }
      }),
      { numRuns: 150 },
    )
  })
})

describe('the urgency of a message', () => {
  it('is that of its most urgent alert, but for a digest', () => {
    const answered = { ...alertSamples['status-changed'], to: 'happened' as const }
    const all = { alerts: [alertSamples['all-quiet'], answered], digest: null } as const
    expect(urgencyOf(all)).toBe('high')
    expect(urgencyOf({ ...all, digest: { from: new Date(0), to: new Date(1) } })).toBe('normal')
    expect(urgencyOf(moved)).toBe('normal')
    expect(urgencyOf(messageOf(alertSamples['feed-restored']))).toBe('low')
    expect(urgencyOf(messageOf(alertSamples.corrected))).toBe('high')
  })
})
