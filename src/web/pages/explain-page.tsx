import type { ItemExplanation, RevisionExplanation } from '../../pipeline/explain.ts'
import { windowText } from '../../report/date-window.ts'
import { maskUrl } from '../../report/mask-url.ts'
import { clip, oneLine } from '../../report/plain.ts'
import { rejectionText } from '../../report/wishes.ts'
import { rejectionWords } from '../../status/rejected.ts'
import type { Viewer } from '../viewer.ts'
import { Layout, renderDocument } from './layout.tsx'
import { OutsideLink } from './quote.tsx'
import { Moment } from './time-tag.tsx'

/** What the page of an explanation shows. */
export interface ExplainShown {
  /** As it was typed. */
  readonly url: string
  /** Null before anything was asked for. */
  readonly explained: readonly RevisionExplanation[] | null
}

/** Step by step why an entry did or did not change anything, as a whole HTML document. */
export function renderExplainPage({ url, explained }: ExplainShown, viewer: Viewer): string {
  return renderDocument(
    <Layout title="Why was I (not) told? · openwatch" viewer={viewer} section="/entries">
      <p class="crumb">
        <a href="/entries">← Entries</a>
      </p>
      <h1>Why was I told, or not?</h1>
      <form class="inline explain" method="get" action="/entries/explain">
        <div class="field">
          <label for="url">Address of what was published</label>
          <input id="url" name="url" type="text" inputMode="url" required autocomplete="off" value={url} />
        </div>
        <button type="submit">Explain</button>
      </form>
      {explained?.length === 0 ? (
        <p class="notice warning" role="status">
          No stored entry is at this address: no feed has carried it since the watch began.{' '}
          <a href="/feeds">Which feeds fail?</a>
        </p>
      ) : null}
      {(explained ?? []).map((one) => (
        <Revision explained={one} />
      ))}
    </Layout>,
  )
}

function Revision({ explained: { revision, items } }: { readonly explained: RevisionExplanation }) {
  const met = items.filter(({ match }) => match.matched)
  const missed = items.filter(({ match }) => !match.matched)
  return (
    <section class="section">
      <h2>
        {revision.url === null ? (
          oneLine(revision.title)
        ) : (
          <OutsideLink url={revision.url}>{oneLine(revision.title) || 'without a title'}</OutsideLink>
        )}
      </h2>
      <p class="soft">
        Seen <Moment at={revision.seenAt} /> in {clip(maskUrl(revision.feedUrl), 120)}; counts as of{' '}
        <Moment at={revision.at} />, said by {oneLine(revision.outlet)}.
      </p>
      {met.map((one) => (
        <Steps one={one} outlet={revision.outlet} />
      ))}
      {missed.length === 0 ? null : (
        <details open={met.length === 0}>
          <summary>Questions that it does not meet ({missed.length})</summary>
          <ul class="missed">
            {missed.map(({ stored, match }) => (
              <li>
                <a href={`/items/${encodeURIComponent(stored.item.id)}`}>{stored.item.id}</a>: {match.summary}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

function Steps({ one, outlet }: { readonly one: ItemExplanation; readonly outlet: string }) {
  const { stored, match, claims, remarks, decided, notJudged } = one
  return (
    <article class="panel steps">
      <h3>
        <a href={`/items/${encodeURIComponent(stored.item.id)}`}>{clip(stored.item.question, 200)}</a>
      </h3>
      <dl class="facts">
        <dt>Matched?</dt>
        <dd>{match.summary}</dd>
        {notJudged === null ? null : (
          <>
            <dt>Judged?</dt>
            <dd>No: {notJudged}.</dd>
          </>
        )}
        {notJudged === null ? (
          <>
            <dt>Claims?</dt>
            <dd>
              {claims.length === 0
                ? `None: ${remarks[0] ?? 'it says nothing about the question'}.`
                : claims.map((claim) => (
                    <p>
                      {claim.signal ?? 'a date'}
                      {claim.hedged ? ', hedged' : ''}
                      {claim.window === null ? '' : `, date ${windowText(claim.window)}`}: “
                      {clip(oneLine(claim.quote), 300)}”
                    </p>
                  ))}
            </dd>
          </>
        ) : null}
        {notJudged === null && claims.length > 0 ? <Decided decided={decided} /> : null}
        {stored.muted.includes(outlet) ? (
          <>
            <dt>Now</dt>
            <dd>{outlet} is muted for this question: what it says decides nothing.</dd>
          </>
        ) : null}
      </dl>
    </article>
  )
}

function Decided({ decided }: Pick<ItemExplanation, 'decided'>) {
  return (
    <>
      <dt>Decided</dt>
      <dd>
        {decided.length === 0
          ? 'Nothing was decided when it came; the rules of then read no claim in it.'
          : decided.map(({ decision, reason, rejected }) => (
              <p>
                {decision === 'unchanged' ? 'nothing changed' : decision.replace('-', ' ')}: {reason}
                {rejected === null
                  ? null
                  : `. ${rejectionText({ ...rejected, words: rejectionWords[rejected.reason] })}`}
              </p>
            ))}
      </dd>
    </>
  )
}
