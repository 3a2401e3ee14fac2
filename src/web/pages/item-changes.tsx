import { changeTitle } from '../../report/change-title.ts'
import { count } from '../../report/people-time.ts'
import { clip, oneLine } from '../../report/plain.ts'
import type { ReportChange, ReportClaim } from '../../report/report-input.ts'
import type { ItemReport, LedgerEntry } from '../../report/status-report.ts'
import { certaintyWords } from '../../report/status-words.ts'
import { rejectionText } from '../../report/wishes.ts'
import { rejectionReasons, type RejectionReason } from '../../status/rejected.ts'
import type { ItemStory } from '../../store/item-story.ts'
import { Marked, OutsideLink, Quote } from './quote.tsx'
import { Day, Moment } from './time-tag.tsx'
import { TableHead } from './table-head.tsx'

type Words = ItemStory['matchedWords']

/** A change is not shown with more sentences than these. */
const mostQuotes = 4
/** So many claims that decided nothing are shown at once. */
const mostClaims = 25

/** Every change, the newest first, with what proves it. */
export function Changes({
  item,
  words,
  mayWrite,
}: {
  readonly item: ItemReport
  readonly words: Words
  readonly mayWrite: boolean
}) {
  return (
    <section class="section" aria-labelledby="what_moved_it">
      <h2 id="what_moved_it" tabIndex={-1}>
        What moved it
      </h2>
      {item.changes.length === 0 ? (
        <p class="nothing">Nothing that moves it has been said since the watch began.</p>
      ) : (
        <ol class="changes">
          {item.changes.toReversed().map((change) => (
            <Change change={change} itemId={item.id} words={words} mayWrite={mayWrite} />
          ))}
        </ol>
      )}
    </section>
  )
}

function Change({
  change,
  itemId,
  words,
  mayWrite,
}: {
  readonly change: ReportChange
  readonly itemId: string
  readonly words: Words
  readonly mayWrite: boolean
}) {
  const rejected = change.evidence[0]?.rejected
  return (
    <li class={`change ${change.to}`} id={`change_${change.sequence}`}>
      <p class="when">
        <Day at={change.at} short />
      </p>
      <div class="stack">
        <h3>{changeTitle(change)}</h3>
        {change.evidence.slice(0, mostQuotes).map((evidence) => (
          <Quote evidence={evidence} limit={600} words={words(evidence)} />
        ))}
        {change.evidence.length > mostQuotes ? (
          <p class="small soft">and {count(change.evidence.length - mostQuotes, 'more source')}</p>
        ) : null}
        <p class="byline">
          <span>{oneLine(change.reason)}</span>
          <span>
            change {change.sequence}, written down <Moment at={change.recordedAt} />
          </span>
        </p>
        {rejected === undefined ? null : <p class="warning-text">{rejectionText(rejected)}</p>}
        {mayWrite && change.kind !== 'correction' && change.evidence.length > 0 ? (
          rejected === undefined ? (
            <Wrong itemId={itemId} sequence={change.sequence} />
          ) : (
            <TakeBack itemId={itemId} sequence={change.sequence} />
          )
        ) : null}
      </div>
    </li>
  )
}

const reasonWords: Readonly<Record<RejectionReason, string>> = {
  'wrong-subject': 'It is about something else',
  'not-said': 'It does not say that',
  outdated: 'It is outdated',
}

interface Named {
  readonly itemId: string
  readonly sequence: number
}

/** Where what people do about a question is sent. */
export function actPath(itemId: string): string {
  return `/items/${encodeURIComponent(itemId)}/act`
}

function Wrong({ itemId, sequence }: Named) {
  return (
    <details class="wrong">
      <summary>This is wrong</summary>
      <form method="post" action={actPath(itemId)} class="form">
        <input type="hidden" name="action" value="reject" />
        <input type="hidden" name="sequence" value={sequence} />
        <fieldset>
          <legend>What is wrong with it?</legend>
          {rejectionReasons.map((reason) => (
            <label>
              <input type="radio" name="reason" value={reason} required /> {reasonWords[reason]}
            </label>
          ))}
        </fieldset>
        <div class="field">
          <label for={`note_${sequence}`}>
            Note <span class="optional">(optional)</span>
          </label>
          <input type="text" id={`note_${sequence}`} name="note" maxLength={500} />
        </div>
        <p class="hint">
          The question is decided anew without this story, and those who were told of it are told. It can be
          taken back.
        </p>
        <button type="submit" class="danger">
          Reject it
        </button>
      </form>
    </details>
  )
}

function TakeBack({ itemId, sequence }: Named) {
  return (
    <form method="post" action={actPath(itemId)}>
      <input type="hidden" name="action" value="take-back" />
      <input type="hidden" name="sequence" value={sequence} />
      <button type="submit" class="second">
        It was right: let it count again
      </button>
    </form>
  )
}

/** Every promised date, by whom and when, oldest first. */
export function Ledger({ ledger }: { readonly ledger: readonly LedgerEntry[] }) {
  if (ledger.length === 0) return null
  return (
    <section class="section" aria-labelledby="promised_dates">
      <h2 id="promised_dates">Promised dates</h2>
      <table class="stacks">
        <caption class="visually-hidden">Promised dates, oldest first</caption>
        <TableHead columns={['Said', 'By', 'Promised', 'Moved the date']} />
        <tbody>
          {ledger.map(({ at, outlet, url, words, decided }) => (
            <tr>
              <th scope="row">
                <Day at={at} short />
              </th>
              <td data-label="By">
                <OutsideLink url={url}>{oneLine(outlet)}</OutsideLink>
              </td>
              <td data-label="Promised">{decided ? <strong>{clip(words, 80)}</strong> : clip(words, 80)}</td>
              <td data-label="Moved the date">{decided ? 'yes' : 'no'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** What was said and decided nothing, each with the reason: so a missed alert can be explained. */
export function Undecided({
  claims,
  words,
}: {
  readonly claims: readonly ReportClaim[]
  readonly words: Words
}) {
  if (claims.length === 0) return null
  const [shown, more] = [claims.slice(0, mostClaims), claims.slice(mostClaims)]
  return (
    <section class="section" aria-labelledby="decided_nothing">
      <h2 id="decided_nothing">Said, but it decided nothing</h2>
      <ol class="claims">
        {shown.map((claim) => (
          <UndecidedClaim claim={claim} words={words} />
        ))}
      </ol>
      {more.length === 0 ? null : (
        <details>
          <summary>{count(more.length, 'older one')}</summary>
          <ol class="claims">
            {more.map((claim) => (
              <UndecidedClaim claim={claim} words={words} />
            ))}
          </ol>
        </details>
      )}
    </section>
  )
}

function UndecidedClaim({ claim, words }: { readonly claim: ReportClaim; readonly words: Words }) {
  return (
    <li class={claim.signal ?? 'open'}>
      <p class="said">
        “<Marked text={clip(claim.quote, 320)} words={words(claim)} />”
      </p>
      <p class="byline">
        <OutsideLink url={claim.url}>{oneLine(claim.outlet)}</OutsideLink>
        <span>
          <Day at={claim.at} short />
        </span>
        <span>{certaintyWords[claim.certainty]}</span>
        {claim.signal === null ? null : <span>says {claim.signal}</span>}
      </p>
      {claim.reason === null ? null : <p class="small">{oneLine(claim.reason)}</p>}
    </li>
  )
}
