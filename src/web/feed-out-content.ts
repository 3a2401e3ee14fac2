import { encode } from 'html-entities'
import type { ChangeEntry, ChangeQuote } from '../report/change-feed.ts'
import { momentText } from '../report/people-time.ts'
import { certaintyWords } from '../report/status-words.ts'

/** The title of a change in a list: what moved, and of what. */
export function entryTitle({ what, question }: ChangeEntry): string {
  return `${what}: ${question}`
}

/** A change as text: what moved, the proof, why it was enough. */
export function entryText(entry: ChangeEntry): string {
  const quotes = entry.quotes.map(
    (quote) => `“${quote.text}”\n${sourceText(quote)}${quote.url === null ? '' : `\n${quote.url}`}`,
  )
  return [entryTitle(entry), ...quotes, ...remarks(entry)].join('\n\n')
}

/** The same as HTML, every text escaped. */
export function entryHtml(entry: ChangeEntry): string {
  const paragraph = (text: string) => `<p>${text}</p>`
  const head = paragraph(`<strong>${encode(entry.what)}</strong><br>${encode(entry.question)}`)
  return [
    head,
    ...entry.quotes.map(quoteHtml),
    ...remarks(entry).map((text) => paragraph(encode(text))),
  ].join('')
}

function quoteHtml(quote: ChangeQuote): string {
  const source = encode(sourceText(quote))
  const linked = quote.url === null ? source : `<a href="${encode(quote.url)}">${source}</a>`
  return `<blockquote><p>“${encode(quote.text)}”</p><p>${linked}</p></blockquote>`
}

function sourceText({ outlet, at, certainty }: ChangeQuote): string {
  return [outlet, momentText(at), certaintyWords[certainty]].join(' · ')
}

function remarks({ reason, slippage, rejected }: ChangeEntry): readonly string[] {
  const promised = slippage.length === 0 ? [] : [`Promised: ${slippage.join(' → ')}`]
  return [...promised, ...(reason === '' ? [] : [reason]), ...(rejected === null ? [] : [rejected])]
}
