import { analyse } from 'chardet'
import { strip } from './strip-controls.ts'

const sniffed = 1024

function decoderFor(label: string | null): TextDecoder | null {
  if (label === null) return null
  try {
    return new TextDecoder(label.trim().replace(/^["']|["']$/g, ''))
  } catch {
    return null
  }
}

function fromBom(body: Uint8Array): string | null {
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) return 'utf-8'
  const utf16 =
    body[0] === 0xff && body[1] === 0xfe
      ? 'utf-16le'
      : body[0] === 0xfe && body[1] === 0xff
        ? 'utf-16be'
        : null
  return utf16
}

/** The charset that a `Content-Type` names; null when it names none. */
export function charsetOf(contentType: string | null): string | null {
  return /charset\s*[=:]\s*["']?\s*([^\s"';,]+)/i.exec(contentType ?? '')?.[1] ?? null
}

function declared(body: Uint8Array): string | null {
  const head = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, sniffed)).toString(
    'latin1',
  )
  return /^[^<]*<\?xml[^>]*?\bencoding\s*=\s*["']\s*([^"'\s]+)/i.exec(head)?.[1] ?? null
}

function strict(body: Uint8Array, label: string): string | null {
  const decoder = decoderFor(label)
  if (decoder === null) return null
  try {
    return new TextDecoder(decoder.encoding, { fatal: true }).decode(body)
  } catch {
    return null
  }
}

/** Bytes to text. The charset is the byte order mark's, else the header's, else the XML declaration's, else detected. */
export function decode(body: Uint8Array, contentType: string | null): string {
  const bom = fromBom(body)
  if (bom !== null) return strip(new TextDecoder(bom).decode(body))
  for (const label of [charsetOf(contentType), declared(body), 'utf-8']) {
    const text = label === null ? null : strict(body, label)
    if (text !== null) return strip(text)
  }
  for (const guess of analyse(body.subarray(0, 64 * 1024))) {
    const text = strict(body, guess.name)
    if (text !== null) return strip(text)
  }
  return strip(new TextDecoder(decoderFor(declared(body))?.encoding ?? 'utf-8').decode(body))
}
