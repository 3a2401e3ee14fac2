import { promisify } from 'node:util'
import { brotliDecompress, constants, gunzip, inflate, inflateRaw } from 'node:zlib'
import { sizeText } from './size-text.ts'

const unzip = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  raw: promisify(inflateRaw),
  br: promisify(brotliDecompress),
}

/** Thrown when a body unpacks to more than it may. */
export class TooLargeError extends Error {
  override readonly name = 'TooLargeError'
}

async function undo(coding: string, body: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  // Flushing as far as the data goes keeps what arrived of a stream that was cut short.
  const options = { maxOutputLength: maxBytes, finishFlush: constants.Z_SYNC_FLUSH }
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return unzip.gzip(body, options)
    case 'deflate':
      return ((body[0] ?? 0) & 0x0f) === 8 ? unzip.deflate(body, options) : unzip.raw(body, options)
    case 'br':
      return unzip.br(body, { maxOutputLength: maxBytes })
    default:
      throw new Error(`the answer is packed as "${coding}", which was not asked for`)
  }
}

/** Undoes `Content-Encoding`, last coding first. Throws TooLargeError past `maxBytes`, an Error for what cannot be unpacked. */
export async function decompress(
  body: Uint8Array,
  contentEncoding: string | null,
  maxBytes: number,
): Promise<Uint8Array> {
  const codings = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity')
  if (codings.length > 3) throw new Error('the answer is packed more than three times over')
  let unpacked = body
  for (const coding of codings.reverse()) {
    if (unpacked.byteLength === 0) return unpacked
    // Servers that announce gzip and send plain text are not rare.
    if (coding.endsWith('gzip') && !isGzip(unpacked)) continue
    try {
      unpacked = await undo(coding, unpacked, maxBytes)
    } catch (error) {
      if (isTooLarge(error))
        throw new TooLargeError(`unpacks to more than ${sizeText(maxBytes)}`, { cause: error })
      // so are those that announce another packing, or name the charset there
      if (!isPlain(unpacked)) throw error
    }
  }
  return unpacked
}

/** True when the bytes begin as XML, HTML or JSON do. */
function isPlain(body: Uint8Array): boolean {
  return /^(?:\u00ef\u00bb\u00bf)?\s*[<{[]/.test(Buffer.from(body.subarray(0, 100)).toString('latin1'))
}

/** True when the bytes begin as gzip does. */
export function isGzip(body: Uint8Array): boolean {
  return body[0] === 0x1f && body[1] === 0x8b
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
}
