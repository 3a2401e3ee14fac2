import type { ComponentChildren } from 'preact'
import type { Preview, PreviewStep, Miss, PreviewedChange, Sighting } from '../../pipeline/preview.ts'
import { windowText } from '../../report/date-window.ts'
import { count } from '../../report/people-time.ts'
import { clip, oneLine } from '../../report/plain.ts'
import { certaintyWords } from '../../report/status-words.ts'
import { Badge } from './item-marks.tsx'
import { OutsideLink } from './quote.tsx'
import { Day } from './time-tag.tsx'

const shownMisses = 8
const shownChanges = 40

/** "1 entry", "24 entries". */
export function entriesText(number: number): string {
  return number === 1 ? '1 entry' : `${number.toLocaleString('en-GB')} entries`
}

/** How far a preview has come, in words. */
export function progressText(step: Exclude<PreviewStep, { kind: 'done' }>): string {
  const { done, total } = step
  if (step.kind === 'judging')
    return `Judging ${entriesText(total)} that match: ${done.toLocaleString('en-GB')} done`
  return `Looked at ${done.toLocaleString('en-GB')} of ${entriesText(total)}; ${step.matches.toLocaleString('en-GB')} match`
}

/** Where a preview is shown; the page's script fills it while the entries are looked through. */
export function PreviewSection({
  children,
  isHidden,
}: {
  readonly children?: ComponentChildren
  readonly isHidden: boolean
}) {
  return (
    <section id="preview" aria-labelledby="preview-title" hidden={isHidden}>
      <h2 id="preview-title">What it would have told you</h2>
      <p id="preview-progress" class="soft" role="status" />
      <progress id="preview-bar" max={1} value={0} aria-label="Entries looked at" hidden />
      <ul id="preview-found" class="found" aria-label="Entries that match, the newest first" />
      <div id="preview-result">{children}</div>
    </section>
  )
}

/** What a question would have told over the stored entries. */
export function PreviewView({ preview }: { readonly preview: Preview }) {
  const { entries, matches, changes, keywordAlerts, misses, standing } = preview
  return (
    <div class="previewed">
      <div class="figures">
        <p class="figure told">
          <strong>{changes.length.toLocaleString('en-GB')}</strong>
          <span>{changes.length === 1 ? 'change told' : 'changes told'} by this question</span>
        </p>
        <p class="figure">
          <strong>{keywordAlerts.toLocaleString('en-GB')}</strong>
          <span>{keywordAlerts === 1 ? 'message' : 'messages'} from a keyword alert on the same words</span>
        </p>
      </div>
      <p class={`soft ${standing.status}`}>
        Over {entriesText(entries)} stored, {matches.toLocaleString('en-GB')} of which match. The question
        would stand at <Badge item={standing} />
      </p>
      {entries === 0 ? (
        <p class="nothing">
          Nothing is stored yet: the feeds have not been polled. You can watch the question all the same.
        </p>
      ) : null}
      {entries > 0 && matches === 0 ? (
        <p class="nothing">
          No stored entry matches. That is well where nothing has been said yet; else try fewer context words,
          or another name of the subject.
        </p>
      ) : null}
      {changes.length === 0 ? null : <Changes changes={changes} />}
      {misses.length === 0 ? null : <Misses misses={misses} isOpen={changes.length === 0} />}
    </div>
  )
}

function Changes({ changes }: { readonly changes: readonly PreviewedChange[] }) {
  const shown = changes.slice(-shownChanges).toReversed()
  return (
    <>
      <h3>What it would have told, the newest first</h3>
      <ol class="changes">
        {shown.map((change) => (
          <ChangeLine change={change} />
        ))}
      </ol>
      {changes.length > shown.length ? (
        <p class="soft">and {count(changes.length - shown.length, 'earlier change')}</p>
      ) : null}
    </>
  )
}

/** One change that would have been told, with the sentence that proves it. */
export function ChangeLine({ change: { claim, decision } }: { readonly change: PreviewedChange }) {
  const status = decision.kind === 'status-changed' ? decision.to : decision.status
  return (
    <li class={`change ${status}`}>
      <p class="when">
        <Day at={decision.at} short />
      </p>
      <div>
        <p class="moved">
          {decision.kind === 'status-changed' ? (
            <>
              <span class="soft">{decision.from} →</span> <Badge item={{ status }} />
            </>
          ) : (
            <>
              <Badge item={{ status }} /> <span>date: {windowText(decision.expected)}</span>
            </>
          )}
        </p>
        <figure class="quote">
          <blockquote>{clip(oneLine(claim.quote), 320)}</blockquote>
          <figcaption>
            <OutsideLink url={claim.url}>{oneLine(claim.outlet)}</OutsideLink>
            <span>{certaintyWords[decision.certainty]}</span>
            <span>{oneLine(decision.reason)}</span>
          </figcaption>
        </figure>
      </div>
    </li>
  )
}

function Misses({ misses, isOpen }: { readonly misses: readonly Miss[]; readonly isOpen: boolean }) {
  return (
    <details open={isOpen}>
      <summary>What came near and was not enough ({misses.length.toLocaleString('en-GB')})</summary>
      <ul class="misses">
        {misses.slice(0, shownMisses).map((miss) => (
          <li>
            <SightingLine sighting={miss} />
            <p class="soft small">Why not: {oneLine(miss.reason)}</p>
          </li>
        ))}
      </ul>
    </details>
  )
}

/** An entry in a line: when, what, who. */
export function SightingLine({ sighting }: { readonly sighting: Sighting }) {
  const title = clip(oneLine(sighting.title), 160) || 'an entry without a title'
  return (
    <p class="sighting">
      <Day at={sighting.at} short />{' '}
      {sighting.url === null ? <span>{title}</span> : <OutsideLink url={sighting.url}>{title}</OutsideLink>}{' '}
      <span class="soft">{oneLine(sighting.outlet)}</span>
    </p>
  )
}
