import fc from 'fast-check'
import { nasty as nastyTexts } from '../alerts/hostile.ts'
import { canaries } from './canary.ts'
import { nasty as nastyValues } from '../web/api/hostile-requests.ts'

/** Texts that break what was not written for them. */
export const nasty: readonly string[] = [
  ...nastyTexts,
  ...nastyValues.filter((text) => text.length < 1000),
  ...canaries,
]

/** Any text: nasty pieces, whole characters, halves of characters, and much of the same. */
export const wildText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...nasty),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 60 }),
  fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
  repeated(
    fc.constantFrom(...nasty, 'a', ' ', '\n', '(', '<', '"', '&', '-', '.', '0', '\\', '\u0301', '🦄'),
  ),
)

/** A text many times over: what costs time at all then costs it visibly. */
function repeated(texts: fc.Arbitrary<string>, mostCharacters = 20_000): fc.Arbitrary<string> {
  return fc
    .tuple(texts, fc.integer({ min: 1, max: 5000 }))
    .map(([text, times]) =>
      text.repeat(Math.max(1, Math.min(times, Math.floor(mostCharacters / text.length)))),
    )
}

/** A change to a text; places are parts of its length, from 0 to 1. */
type Edit = (text: string) => string

const place = fc.double({ min: 0, max: 1, noNaN: true })

function edits(scraps: fc.Arbitrary<string>): fc.Arbitrary<Edit> {
  const at = (text: string, part: number) => Math.floor(part * text.length)
  const slice = (text: string, from: number, size: number) =>
    text.slice(at(text, from), at(text, from) + size)
  const size = fc.integer({ min: 1, max: 40 })
  return fc.oneof(
    // put something in
    fc.tuple(place, scraps).map(
      ([to, scrap]): Edit =>
        (text) =>
          text.slice(0, at(text, to)) + scrap + text.slice(at(text, to)),
    ),
    // put something in place of something
    fc.tuple(place, size, scraps).map(
      ([to, length, scrap]): Edit =>
        (text) =>
          text.slice(0, at(text, to)) + scrap + text.slice(at(text, to) + length),
    ),
    // take something out
    fc.tuple(place, size).map(
      ([from, length]): Edit =>
        (text) =>
          text.slice(0, at(text, from)) + text.slice(at(text, from) + length),
    ),
    // say something again, perhaps elsewhere, perhaps often
    fc.tuple(place, size, place, fc.oneof(fc.constantFrom(1, 2), fc.integer({ min: 3, max: 400 }))).map(
      ([from, length, to, times]): Edit =>
        (text) =>
          text.slice(0, at(text, to)) + slice(text, from, length).repeat(times) + text.slice(at(text, to)),
    ),
    // break off
    place.map(
      (end): Edit =>
        (text) =>
          text.slice(0, at(text, end)),
    ),
  )
}

/** Good texts, changed in a few places; `scraps` are pieces that mean something there. */
export function mutated(samples: readonly string[], scraps: readonly string[] = []): fc.Arbitrary<string> {
  const pieces = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...(scraps.length > 0 ? scraps : nasty)) },
    { weight: 2, arbitrary: wildText },
    { weight: 1, arbitrary: repeated(fc.constantFrom(...(scraps.length > 0 ? scraps : nasty))) },
  )
  return fc
    .tuple(fc.constantFrom(...samples), fc.array(edits(pieces), { maxLength: 6 }))
    .map(([sample, changes]) => changes.reduce((text, change) => change(text), sample))
}

/** Pieces that mean something, in any order. */
export function scrapHeap(scraps: readonly string[], maxLength = 60): fc.Arbitrary<string> {
  return fc
    .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...scraps) }, wildText), { maxLength })
    .map((parts) => parts.join(''))
}

/** The bytes of a text in some charset, with a few of them changed. */
export function bytesOf(texts: fc.Arbitrary<string>): fc.Arbitrary<Buffer> {
  const charset = fc.constantFrom<BufferEncoding>('utf8', 'utf8', 'utf8', 'latin1', 'utf16le')
  const slips = fc.array(fc.tuple(place, fc.integer({ min: 0, max: 255 })), { maxLength: 4 })
  return fc.tuple(texts, charset, slips).map(([text, encoding, changes]) => {
    const bytes = Buffer.from(text, encoding)
    for (const [at, byte] of changes) if (bytes.length > 0) bytes[Math.floor(at * (bytes.length - 1))] = byte
    return bytes
  })
}
