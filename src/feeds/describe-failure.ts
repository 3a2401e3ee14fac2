import { ForbiddenAddressError } from './address-guard.ts'
import { TooLargeError } from './decompress.ts'
import type { Failed, FailureCode } from './fetch-outcome.ts'
import { maskUrl, maskUrls } from '../report/mask-url.ts'

const byCode: Readonly<Record<string, readonly [FailureCode, string]>> = {
  ENOTFOUND: ['dns', 'there is no such host; check the spelling, or whether the site has moved'],
  EAI_AGAIN: ['dns', 'the host name could not be looked up just now; check the network of this machine'],
  ENODATA: ['dns', 'the host has no address'],
  ECONNREFUSED: ['connect', 'the host refuses connections; the server is down or listens elsewhere'],
  ECONNRESET: ['connect', 'the host cut the connection'],
  EPIPE: ['connect', 'the host cut the connection'],
  EHOSTUNREACH: ['connect', 'the host cannot be reached from here'],
  ENETUNREACH: ['connect', 'the network of the host cannot be reached from here'],
  ETIMEDOUT: ['timeout', 'the host did not answer in time'],
  UND_ERR_SOCKET: ['connect', 'the host cut the connection before the answer was whole'],
  UND_ERR_CONNECT_TIMEOUT: ['timeout', 'the host did not accept the connection in time'],
  UND_ERR_HEADERS_TIMEOUT: ['timeout', 'the host accepted the connection and then said nothing'],
  UND_ERR_BODY_TIMEOUT: ['timeout', 'the answer stopped in the middle'],
  UND_ERR_HEADERS_OVERFLOW: ['broken-answer', 'the headers of the answer are larger than 32 KB'],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['broken-answer', 'the answer is not as long as it says'],
}

function chain(error: unknown): Error[] {
  const found: Error[] = []
  let one: unknown = error
  while (one instanceof Error && found.length < 5) {
    found.push(one)
    one = one instanceof AggregateError ? (one.errors[0] as unknown) : one.cause
  }
  return found
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : ''
}

function explain(errors: readonly Error[]): readonly [FailureCode, string] {
  for (const error of errors) {
    if (error instanceof ForbiddenAddressError) return ['forbidden-address', error.message]
    if (error instanceof TooLargeError) {
      return [
        'too-large',
        `the answer ${error.message}; if it really is a feed, raise polling.maxBody in openwatch.yaml`,
      ]
    }
    if (error.name === 'TimeoutError') return ['timeout', 'the answer did not come to an end in time']
    const code = codeOf(error)
    const known = byCode[code]
    if (known !== undefined) return known
    if (/^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO)/.test(code)) {
      return ['tls', tlsText(error.message)]
    }
    if (code.startsWith('HPE_')) return ['broken-answer', `the answer is not proper HTTP (${error.message})`]
    if (code.startsWith('Z_') || code.startsWith('ERR__ERROR') || code.startsWith('ERR_BROTLI')) {
      return ['broken-answer', `the answer is packed wrongly and cannot be unpacked (${error.message})`]
    }
  }
  return ['broken-answer', errors[0]?.message ?? 'the fetch failed for an unknown reason']
}

/** OpenSSL tells where in its own source it gave up: `…:SSL routines:ssl3_get_record:wrong version number:…`. */
function tlsText(message: string): string {
  const told = /:SSL routines:[^:]*:([^:\n]+)/.exec(message)?.[1] ?? message.replace(/\s+/g, ' ').trim()
  if (/wrong version number|packet length too long|http request/.test(told))
    return 'the server does not speak https there; write http:// in front of the address, or another port'
  return `no secure connection: ${told}; the certificate or the address (https, port) is wrong`
}

/** Turns whatever a fetch threw into an outcome that says what happened and what to do; secrets are masked. */
export function describeFailure(error: unknown, url: URL, aborted: boolean): Failed {
  if (aborted)
    return { kind: 'failed', code: 'aborted', reason: `${maskUrl(url.href)}: the fetch was called off` }
  const [code, text] = explain(chain(error))
  return { kind: 'failed', code, reason: maskUrls(`${maskUrl(url.href)}: ${text}`) }
}
