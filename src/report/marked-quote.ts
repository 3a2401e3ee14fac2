/** A piece of a quote; `marked` where it met the question's query. */
export interface QuotePiece {
  readonly text: string
  readonly marked: boolean
}

/** A quote in pieces, with every occurrence of some words marked, letter case aside. Joined they are the quote again. */
export function markWords(quote: string, words: readonly string[]): readonly QuotePiece[] {
  const places = words
    .flatMap((word) => placesOf(quote, word))
    .sort((a, b) => a.start - b.start || b.end - a.end)
  const pieces: QuotePiece[] = []
  let at = 0
  for (const { start, end } of places) {
    if (end <= at) continue
    const from = Math.max(start, at)
    if (from > at) pieces.push({ text: quote.slice(at, from), marked: false })
    pieces.push({ text: quote.slice(from, end), marked: true })
    at = end
  }
  if (at < quote.length) pieces.push({ text: quote.slice(at), marked: false })
  return pieces
}

function placesOf(quote: string, word: string): { start: number; end: number }[] {
  const places = []
  const [within, wanted] = [quote.toLowerCase(), word.toLowerCase()]
  // some letters change their length with their case; then places could not be told
  if (wanted === '' || within.length !== quote.length) return []
  for (let at = within.indexOf(wanted); at !== -1; at = within.indexOf(wanted, at + wanted.length)) {
    const end = at + wanted.length
    if (!isLetter(within[at - 1]) && !isLetter(within[end])) places.push({ start: at, end })
  }
  return places
}

function isLetter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character)
}
