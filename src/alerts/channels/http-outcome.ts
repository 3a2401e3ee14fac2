import type { SendOutcome } from './channel.ts'

/** 4xx answers that a later try may change. */
const passing = new Set([408, 425, 429])

/** Answers about the address or the credentials: the next message would get the same. */
const ofTheChannel = new Set([401, 403, 404, 405, 410])

/** What an HTTP answer means for a delivery. `retryAfter` is the header's value, in seconds or as a date. */
export function httpOutcome(status: number, retryAfter: string | null, body: string, now: Date): SendOutcome {
  if (status >= 200 && status < 300) return { kind: 'sent', detail: `answered ${status}` }
  const said = body === '' ? `answered ${status}` : `answered ${status}: ${body}`
  if (status >= 500 || passing.has(status)) {
    return { kind: 'retry', reason: said, retryAfterMs: retryAfterMs(retryAfter, now) }
  }
  if (status >= 300 && status < 400) {
    const reason = `answered ${status}, a redirect; configure the address it leads to`
    return { kind: 'refused', reason, concerns: 'channel' }
  }
  return { kind: 'refused', reason: said, concerns: ofTheChannel.has(status) ? 'channel' : 'message' }
}

/** The wait that a `Retry-After` header asks for (RFC 9110, 10.2.3) in milliseconds; null where it asks for none. */
function retryAfterMs(header: string | null, now: Date): number | null {
  const value = header?.trim() ?? ''
  if (value === '') return null
  if (/^\d+$/.test(value)) return Number(value) * 1000
  const date = Date.parse(value)
  return Number.isNaN(date) ? null : Math.max(0, date - now.getTime())
}

/** What went wrong before an answer came, in words. Everything of the network is worth another try. */
export function networkOutcome(error: unknown, stopped: boolean): SendOutcome {
  const reason = stopped ? 'called off: openwatch is stopping' : networkReason(error)
  return { kind: 'retry', reason, retryAfterMs: null }
}

function networkReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return 'no answer in time'
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error.cause
  const message = error.message === '' && inner instanceof Error ? inner.message : error.message
  return `no answer: ${message}`
}
