import { isAscii } from 'node:buffer'
import { analyse } from 'chardet'
import { undouble } from './mojibake.ts'
import { hasControls, strip } from './strip-controls.ts'
import { decodeMixedUtf8, decodeUtf32 } from './unicode.ts'

/** Bytes at the beginning in which the XML declaration must be. */
const declarationWindow = 1024
/** Bytes that are looked at to guess a charset. */
const sampleSize = 32 * 1024

/** The charset that a `Content-Type` names; null when it names none. */
export function charsetOf(contentType: string | null): string | null {
  return /charset\s*[=:]\s*["']?\s*([^\s"';,]+)/i.exec(contentType ?? '')?.[1] ?? null
}

function ascii(body: Uint8Array, end: number): string {
  return Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, end)).toString('latin1')
}

function declared(body: Uint8Array): string | null {
  const head = ascii(body, declarationWindow)
  return /^[^<]*<\?xml[^>]*?\bencoding\s*=\s*["']?\s*([^"'\s?>]+)/i.exec(head)?.[1] ?? null
}

/** WHATWG's name for a charset; null for one that nobody knows, and for UTF-16 that the bytes belie. */
function canonical(label: string | null): string | null {
  if (label === null) return null
  try {
    const { encoding } = new TextDecoder(
      label.trim().replace(/^(?:x-)?(?:cp|windows)[-_]?(125\d)$/i, 'windows-$1'),
    )
    return encoding.startsWith('utf-16') ? null : encoding
  } catch {
    return null
  }
}

function strict(body: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(body)
  } catch {
    return null
  }
}

function at(body: Uint8Array, ...bytes: number[]): boolean {
  return bytes.every((byte, index) => body[index] === byte)
}

/** UTF-16 and UTF-32, by their byte order mark or by how their first `<` is written; null when the body is neither. */
function wide(body: Uint8Array): string | null {
  if (at(body, 0, 0, 0xfe, 0xff) || at(body, 0, 0, 0, 0x3c)) return decodeUtf32(body, 'big')
  if (at(body, 0xff, 0xfe, 0, 0) || at(body, 0x3c, 0, 0, 0)) return decodeUtf32(body, 'little')
  if (at(body, 0xfe, 0xff) || at(body, 0, 0x3c)) return new TextDecoder('utf-16be').decode(body)
  if (at(body, 0xff, 0xfe) || at(body, 0x3c, 0)) return new TextDecoder('utf-16le').decode(body)
  return null
}

const multibyte = /^(?:gb|big5|euc-|shift_jis|iso-2022)/

/** The bytes around those that are not ASCII: the only ones that tell charsets apart. */
function sample(body: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = []
  let taken = 0
  for (let index = 0; index < body.byteLength && taken < sampleSize; index++) {
    if ((body[index] ?? 0) < 0x80) continue
    const part = body.subarray(index, index + 64)
    parts.push(part)
    taken += part.byteLength
    index += part.byteLength
  }
  return Buffer.concat(parts)
}

function detected(body: Uint8Array): string | null {
  for (const guess of analyse(sample(body))) {
    const encoding = canonical(guess.name)
    const text = encoding === null || encoding === 'utf-8' ? null : strict(body, encoding)
    if (text !== null) return text
  }
  return null
}

function narrow(body: Uint8Array, contentType: string | null): string {
  const claims = [canonical(charsetOf(contentType)), canonical(declared(body))].filter(
    (claim) => claim !== null,
  )
  const claimed = claims[0]
  const utf8 = isAscii(body) ? ascii(body, body.byteLength) : strict(body, 'utf-8')
  // What is valid UTF-8 and not all ASCII is hardly ever anything else, whatever single-byte charset is claimed.
  if (utf8 !== null && (claimed === undefined || !multibyte.test(claimed) || isAscii(body))) {
    if (claimed !== 'iso-2022-jp') return utf8
  }
  for (const claim of claims) {
    const text = claim === 'utf-8' ? null : strict(body, claim)
    if (text !== null) return text
  }
  if (utf8 !== null) return utf8
  const mixed = decodeMixedUtf8(body)
  if (mixed.valid > 4 * mixed.invalid) return mixed.text
  return detected(body) ?? mixed.text
}

/**
 * Bytes to text, without control characters. The charset is the byte order mark's, else the header's, else the XML
 * declaration's, unless the bytes belie it; else it is detected. UTF-8 with a few wrong bytes is read as that.
 */
export function decode(body: Uint8Array, contentType: string | null): string {
  const text = wide(body) ?? narrow(body, contentType)
  return (hasControls(text) ? strip(undouble(text)) : text).replace(/^\ufeff/, '')
}
