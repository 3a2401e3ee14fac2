import { oneLine } from '../report/plain.ts'

/** How long a text may be: in UTF-16 units (no service counts more for a text), or in bytes of UTF-8. */
export interface Limit {
  readonly size: number
  readonly unit: 'characters' | 'bytes'
}

/** A limit in UTF-16 units. */
export function characters(size: number): Limit {
  return { size, unit: 'characters' }
}

/** A limit in bytes of UTF-8. */
export function bytes(size: number): Limit {
  return { size, unit: 'bytes' }
}

/** No limit at all. */
export const unlimited: Limit = { size: Infinity, unit: 'characters' }

const encoder = new TextEncoder()

/** The length of a text in the unit of a limit. */
export function lengthIn(text: string, unit: Limit['unit']): number {
  return unit === 'bytes' ? encoder.encode(text).length : text.length
}

/** Whether a text keeps within a limit. */
export function fits(text: string, limit: Limit): boolean {
  return lengthIn(text, limit.unit) <= limit.size
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** More than any channel shows: longer texts are cut to this before they are looked at closely. */
const longest = 5000

/**
 * The longest beginning of a text, as one safe line, that `accepts` takes: whole words where possible, never half a
 * character, with an ellipsis where something was left out. Null where not even the ellipsis is accepted.
 */
export function cutWords(text: string, accepts: (cut: string) => boolean): string | null {
  const line = oneLine(text.toWellFormed())
  if (line !== '' && accepts(line)) return line
  const parts = Array.from(graphemes.segment(line.slice(0, longest).toWellFormed()), ({ segment }) => segment)
  const whole = (length: number) => shortened(parts.slice(0, length).join(''))
  let low = 0
  let high = parts.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (accepts(whole(middle))) low = middle
    else high = middle - 1
  }
  // Escaping looks at neighbours, so that a shorter text may now and then need more room: step down until it is taken.
  for (let length = low; length > 0; length--) {
    const cut = whole(length)
    if (!accepts(cut)) continue
    // Between two words, or back to where the last one began unless it is most of the text.
    const space = /\s/.test(`${parts[length - 1] ?? ''}${parts[length] ?? ''}`) ? -1 : cut.lastIndexOf(' ')
    const words = space > cut.length * 0.6 ? shortened(cut.slice(0, space)) : cut
    return accepts(words) ? words : cut
  }
  return accepts('…') ? '…' : null
}

/** The beginning of a text within a limit of at least 3, by `cutWords`; never empty. */
export function cutTo(text: string, limit: Limit): string {
  return cutWords(text, (cut) => fits(cut, limit)) ?? '.'
}

function shortened(text: string): string {
  return text.replace(/[\s,;:.–-]+$/u, '') + '…'
}
