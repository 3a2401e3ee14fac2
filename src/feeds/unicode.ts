import { meant } from './strip-controls.ts'

/** UTF-32, which TextDecoder does not know. Numbers that are no characters become U+FFFD. */
export function decodeUtf32(body: Uint8Array, order: 'big' | 'little'): string {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  const parts: string[] = []
  for (let at = 0; at + 4 <= body.byteLength; at += 4) {
    const code = view.getUint32(at, order === 'little')
    parts.push(code <= 0x10ffff ? String.fromCodePoint(code).toWellFormed() : '\ufffd')
  }
  return parts.join('')
}

/** How many bytes a UTF-8 sequence has by its first one; 0 for a byte that begins none. */
function sequenceLength(first: number): number {
  if (first >= 0xc2 && first <= 0xdf) return 2
  if (first >= 0xe0 && first <= 0xef) return 3
  return first >= 0xf0 && first <= 0xf4 ? 4 : 0
}

function isSequence(body: Uint8Array, at: number, length: number): boolean {
  for (let next = at + 1; next < at + length; next++) {
    if (((body[next] ?? 0) & 0xc0) !== 0x80) return false
  }
  return length > 0
}

/** UTF-8 with stray bytes of windows-1252 in it, as pages pasted together have; and how much of each there was. */
export function decodeMixedUtf8(body: Uint8Array): {
  readonly text: string
  readonly valid: number
  readonly invalid: number
} {
  const decoder = new TextDecoder('utf-8')
  const parts: string[] = []
  let valid = 0
  let invalid = 0
  let start = 0
  for (let at = 0; at < body.byteLength;) {
    const byte = body[at] ?? 0
    const length = byte < 0x80 ? 1 : sequenceLength(byte)
    if (byte < 0x80 || isSequence(body, at, length)) {
      if (byte >= 0x80) valid++
      at += length
      continue
    }
    invalid++
    parts.push(
      decoder.decode(body.subarray(start, at)),
      byte < 0xa0 ? meant(byte) : String.fromCharCode(byte),
    )
    at++
    start = at
  }
  parts.push(decoder.decode(body.subarray(start)))
  return { text: parts.join(''), valid, invalid }
}
