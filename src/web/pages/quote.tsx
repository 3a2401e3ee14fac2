import { clip, oneLine } from '../../report/plain.ts'
import type { ReportEvidence } from '../../report/report-input.ts'
import { safeUrl } from '../../report/safe-url.ts'
import { certaintyWords } from '../../report/status-words.ts'
import { Day } from './time-tag.tsx'

/** A link that a feed gave: followed only when it is http(s), and told nothing about this page. */
export function OutsideLink({ url, children }: { readonly url: string; readonly children: string }) {
  const safe = safeUrl(url)
  if (safe === null) return <span>{children}</span>
  return (
    <a href={safe} rel="noopener noreferrer nofollow">
      {children}
    </a>
  )
}

/** A sentence that carried a change, with who said it, when, and how surely. */
export function Quote({
  evidence,
  limit = 320,
}: {
  readonly evidence: ReportEvidence
  readonly limit?: number
}) {
  return (
    <figure class="quote">
      <blockquote>{clip(evidence.quote, limit)}</blockquote>
      <figcaption>
        <OutsideLink url={evidence.url}>{oneLine(evidence.outlet)}</OutsideLink>
        <span>
          <Day at={evidence.claimedAt} short />
        </span>
        <span>{certaintyWords[evidence.certainty]}</span>
      </figcaption>
    </figure>
  )
}
