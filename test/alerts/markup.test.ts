import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { discordMarkup } from '../../src/alerts/markup-discord.ts'
import { markdownMarkup } from '../../src/alerts/markup-markdown.ts'
import { matrixMarkup } from '../../src/alerts/markup-matrix.ts'
import { plainMarkup } from '../../src/alerts/markup-plain.ts'
import { slackMarkup } from '../../src/alerts/markup-slack.ts'
import { telegramMarkup } from '../../src/alerts/markup-telegram.ts'
import type { Markup } from '../../src/alerts/markup.ts'
import { oneLine } from '../../src/report/plain.ts'
import { safeUrl } from '../../src/report/safe-url.ts'
import { anyText, anyUrl, nasty } from './hostile.ts'
import { readHtml, readMarkdown, readSlack, type Seen } from './read-markup.ts'

/** Telegram knows four names of entities and numbers. */
const telegramEntities = /^&(?:lt|gt|amp|quot|#\d+|#x[\da-f]+);/i

const plain = (text: string): Seen => ({ text, marks: new Set(), links: [] })

/** A name, the markup, its reader, and what plain words and a paragraph may be to that reader. */
const markups: readonly (readonly [string, Markup, (text: string) => Seen, readonly string[]])[] = [
  ['plain text', plainMarkup, plain, []],
  ['Markdown', markdownMarkup, readMarkdown, ['paragraph', 'text', 'escape', 'space']],
  ['Discord', discordMarkup, readMarkdown, ['paragraph', 'text', 'escape', 'space']],
  ['Slack', slackMarkup, readSlack, []],
  ['Telegram', telegramMarkup, (text) => readHtml(text, telegramEntities), []],
  ['Matrix', matrixMarkup, readHtml, []],
]

const shown = (text: string) => text.replaceAll('\u200b', '').trim()

describe.each(markups)('words of others in %s', (_name, markup, read, allowed) => {
  const check = (text: string) => {
    const words = oneLine(text.toWellFormed())
    if (shown(words) === '') return
    const seen = read(markup.words(words))
    expect([...seen.marks].filter((mark) => !allowed.includes(mark))).toEqual([])
    expect(seen.links).toEqual([])
    expect(shown(seen.text)).toBe(shown(words))
  }

  it.each(nasty.map((text) => [JSON.stringify(text), text]))('are shown as they are: %s', (_, text) =>
    check(text),
  )

  it('are shown as they are, whatever they are', () => {
    fc.assert(fc.property(anyText, check), { numRuns: 150 })
  })

  it('call nobody', () => {
    const text = markup.words(nasty.join(' '))
    expect(text).not.toMatch(/@(?:everyone|here|channel|room)/)
    expect(text).not.toMatch(/(?<!\\)<[!@#]/)
  })
})

describe.each(markups.filter(([name]) => name !== 'plain text'))('a link in %s', (_name, markup, read) => {
  it('leads where it should, with these words, whatever both are', () => {
    fc.assert(
      fc.property(anyText, anyUrl, (text, address) => {
        const url = safeUrl(address)
        if (url === null) return
        const words = shown(oneLine(text.toWellFormed())) || 'link'
        const seen = read(markup.paragraph([markup.link(words, url)]))
        expect(seen.links.map((link) => decodeURIComponent(link))).toEqual([decodeURIComponent(url)])
        expect(shown(seen.text)).toBe(words)
      }),
    )
  })
})

describe('plain text', () => {
  it('shows the address behind the words of a link', () => {
    expect(plainMarkup.link('The whole story', 'https://a.example/')).toBe(
      'The whole story: https://a.example/',
    )
  })

  it('leaves the addresses of mail and names alone', () => {
    expect(plainMarkup.words('a@b.example, @name')).toBe('a@b.example, @name')
  })
})
