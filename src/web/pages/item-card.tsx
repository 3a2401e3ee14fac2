import { changeTitle } from '../../report/change-title.ts'
import { windowText } from '../../report/date-window.ts'
import { count } from '../../report/people-time.ts'
import { clip, oneLine } from '../../report/plain.ts'
import type { ReportChange } from '../../report/report-input.ts'
import type { ItemReport } from '../../report/status-report.ts'
import { blindText, overdueText } from '../../report/text-parts.ts'
import { rejectionText, wishesText } from '../../report/wishes.ts'
import { StatusIcon, WarningIcon } from './icons.tsx'
import { OutsideLink, Quote } from './quote.tsx'
import { Day } from './time-tag.tsx'

/** One question: where it stands, since when, how the date slipped, the proof, and what silence means. */
export function ItemCard({ item }: { readonly item: ItemReport }) {
  const [deciding] = item.evidence
  const others = item.evidence.length - 1
  return (
    <article class={`card ${item.status}`} id={item.id} aria-labelledby={`${item.id}-question`}>
      <p class="standing">
        <span class="badge">
          <StatusIcon status={item.status} />
          {item.status}
        </span>
        <span class="since">
          since <Day at={item.since} />
        </span>
      </p>
      <h2 id={`${item.id}-question`}>{item.question}</h2>
      <Marks item={item} />
      <Slippage steps={item.slippage} />
      {deciding === undefined ? <NothingYet /> : <Quote evidence={deciding} />}
      {others > 0 ? <p class="others">and {count(others, 'more source')}</p> : null}
      <footer>
        <p>{item.quiet.text}</p>
        <History changes={item.changes} />
      </footer>
    </article>
  )
}

function NothingYet() {
  return <p class="nothing">Nothing that moves it has been said since the watch began.</p>
}

function Marks({ item }: { readonly item: ItemReport }) {
  const marks = []
  if (item.expected !== null) {
    marks.push(
      <li>
        expected <strong>{windowText(item.expected)}</strong>
      </li>,
    )
  }
  if (item.overdue !== null) marks.push(<Warning text={overdueText(item)} />)
  if (item.sight.blindSince !== null) marks.push(<Warning text={blindText(item.sight)} />)
  if (item.disputed) marks.push(<Warning text="disputed" />)
  if (item.state === 'paused') marks.push(<li>paused</li>)
  marks.push(...wishesText(item.wishes).map((wish) => <li>{wish}</li>))
  return marks.length === 0 ? null : <ul class="marks">{marks}</ul>
}

function Warning({ text }: { readonly text: string }) {
  return (
    <li class="warning">
      <WarningIcon />
      {text}
    </li>
  )
}

function Slippage({ steps }: { readonly steps: readonly string[] }) {
  if (steps.length < 2) return null
  return (
    <ol class="slippage" aria-label="How the promised date moved">
      {steps.map((step, index) => (
        <li>{index === steps.length - 1 ? <strong>{oneLine(step)}</strong> : oneLine(step)}</li>
      ))}
    </ol>
  )
}

function History({ changes }: { readonly changes: readonly ReportChange[] }) {
  if (changes.length === 0) return null
  return (
    <details>
      <summary>{count(changes.length, 'change')}</summary>
      <ol class="history">
        {changes.toReversed().map((change) => (
          <li class={change.to}>
            <Day at={change.at} short />
            <div>
              <p class="title">{changeTitle(change)}</p>
              <ChangeProof change={change} />
              <Rejected change={change} />
            </div>
          </li>
        ))}
      </ol>
    </details>
  )
}

function Rejected({ change }: { readonly change: ReportChange }) {
  const rejected = change.evidence[0]?.rejected
  return rejected === undefined ? null : <p class="rejected">{rejectionText(rejected)}</p>
}

function ChangeProof({ change }: { readonly change: ReportChange }) {
  const [deciding] = change.evidence
  if (deciding === undefined) return <p>{oneLine(change.reason)}</p>
  return (
    <p>
      “{clip(deciding.quote, 200)}” <OutsideLink url={deciding.url}>{oneLine(deciding.outlet)}</OutsideLink>
    </p>
  )
}
