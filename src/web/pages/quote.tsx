import { clip, oneLine } from '../../report/plain.ts'
import { markWords } from '../../report/marked-quote.ts'
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

/** Somebody's words with those marked that met the question's query. */
export function Marked({ text, words }: { readonly text: string; readonly words: readonly string[] }) {
  return <>{markWords(text, words).map((piece) => (piece.marked ? <mark>{piece.text}</mark> : piece.text))}</>
}

/** A sentence that carried a change, with who said it, when, and how surely. */
export function Quote({
  evidence,
  limit = 320,
  words = [],
}: {
  readonly evidence: ReportEvidence
  /** In characters. */
  readonly limit?: number
  /** Those that met the question's query, to be marked. */
  readonly words?: readonly string[]
}) {
  return (
    <figure class="quote">
      <blockquote>
        <Marked text={clip(evidence.quote, limit)} words={words} />
      </blockquote>
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
