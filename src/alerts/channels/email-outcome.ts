import type { NodemailerError, SMTPPoolSentMessageInfo } from 'nodemailer'
import { clip } from '../../report/plain.ts'
import type { SendOutcome } from './channel.ts'

const shownLimit = 200

/** What became of a mail, and who has it now: nobody else is to get it again. */
export interface MailOutcome {
  readonly outcome: SendOutcome
  readonly accepted: readonly string[]
}

/** What an answer of the server means that took the mail, at least for some. */
export function acceptedMail(info: SMTPPoolSentMessageInfo): MailOutcome {
  const rejected = info.rejectedErrors ?? []
  const reasons = rejected.map((error) => `${error.recipient ?? 'somebody'}: ${said(error)}`).join('; ')
  const later = rejected.some((error) => !isForGood(error))
  const outcome: SendOutcome = later
    ? { kind: 'retry', reason: clip(`not taken for ${reasons}`, shownLimit), retryAfterMs: null }
    : {
        kind: 'sent',
        detail: clip(info.response + (reasons === '' ? '' : `; not for ${reasons}`), shownLimit),
      }
  return { outcome, accepted: info.accepted }
}

/**
 * What an error means (RFC 5321, 4.2.1): 4xx passes, 5xx stays. A refused login, sender or recipient concerns the
 * channel, a refused text only this mail. Everything of the network, TLS included, is worth another try.
 */
export function failedMail(error: unknown, stopped: boolean): SendOutcome {
  if (stopped) return retry('called off: openwatch is stopping')
  if (!(error instanceof Error)) return retry(String(error))
  if (error.name === 'TimeoutError' || causedBy(error, 'TimeoutError')) return retry('no answer in time')
  const failure: NodemailerError = error
  const missing = failure.code === 'ENOAUTH' || failure.code === 'ECONFIG'
  if (!missing && !isForGood(failure)) return retry(said(failure))
  const ofTheText = failure.code === 'EMESSAGE' || failure.command === 'DATA'
  return { kind: 'refused', reason: said(failure), concerns: ofTheText ? 'message' : 'channel' }
}

function retry(reason: string): SendOutcome {
  return { kind: 'retry', reason: clip(reason, shownLimit), retryAfterMs: null }
}

/** When all recipients were refused, one that may be taken later is enough to try again. */
function isForGood(error: NodemailerError): boolean {
  const each = error.rejectedErrors ?? []
  if (each.length > 0) return each.every(isForGood)
  return error.permanent === true
}

function said(error: NodemailerError): string {
  const server = error.response ?? ''
  return clip(server === '' ? `no answer: ${error.message}` : `answered ${server}`, shownLimit)
}

function causedBy(error: Error, name: string): boolean {
  return error.cause instanceof Error && error.cause.name === name
}
