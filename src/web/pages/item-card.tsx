import { count } from '../../report/people-time.ts'
import { clip, oneLine } from '../../report/plain.ts'
import type { ItemReport } from '../../report/status-report.ts'
import { WarningIcon } from './icons.tsx'
import { Badge, Marks, Slippage, Standing, warningsOf } from './item-marks.tsx'
import { OutsideLink, Quote } from './quote.tsx'
import { Spark } from './spark.tsx'
import { Day } from './time-tag.tsx'
import { windowText } from '../../report/date-window.ts'

/** One question on the board. */
export interface ItemOnBoard {
  readonly item: ItemReport
  /** Matching entries in each of the last weeks; none where they were not counted. */
  readonly spark: readonly number[] | undefined
  /** Whether there is a page of its own to lead to. */
  readonly isLinked: boolean
  /** Names what it shows: another one wherever it differs. */
  readonly revision?: string
}

/** One question as a card: where it stands, since when, how the date slipped, the proof, and what silence means. */
export function ItemCard({ item, spark, isLinked, revision }: ItemOnBoard) {
  const [deciding] = item.evidence
  const others = item.evidence.length - 1
  return (
    <li class={`card ${item.status}`} id={item.id} data-rev={revision}>
      <Standing item={item} />
      <Question item={item} isLinked={isLinked} />
      <Marks item={item} />
      <Slippage steps={item.slippage} />
      {deciding === undefined ? (
        <p class="nothing">Nothing that moves it has been said since the watch began.</p>
      ) : (
        <Quote evidence={deciding} />
      )}
      {others > 0 ? <p class="others">and {count(others, 'more source')}</p> : null}
      <div class="foot">
        <p>{item.quiet.text}</p>
        {spark === undefined ? null : <Spark counts={spark} />}
      </div>
    </li>
  )
}

/** The same in a line or two, for boards of many questions. */
export function ItemRow({ item, spark, isLinked, revision }: ItemOnBoard) {
  const [deciding] = item.evidence
  return (
    <li class={`row ${item.status}`} id={item.id} data-rev={revision}>
      <Badge item={item} />
      <div class="what">
        <Question item={item} isLinked={isLinked} />
        {deciding === undefined ? null : (
          <p class="said">
            “{clip(deciding.quote, 150)}”{' '}
            <OutsideLink url={deciding.url}>{oneLine(deciding.outlet)}</OutsideLink>
          </p>
        )}
      </div>
      <div class="when">
        <p>
          since <Day at={item.since} short />
        </p>
        <RowMarks item={item} />
      </div>
      {spark === undefined ? null : <Spark counts={spark} />}
    </li>
  )
}

function Question({ item, isLinked }: Pick<ItemOnBoard, 'item' | 'isLinked'>) {
  return <h3>{isLinked ? <a href={itemPath(item.id)}>{item.question}</a> : item.question}</h3>
}

/** Where the page of a question is. */
export function itemPath(id: string): string {
  return `/items/${encodeURIComponent(id)}`
}

function RowMarks({ item }: { readonly item: ItemReport }) {
  const { slippage, expected } = item
  const [first, last] = [slippage[0], slippage.at(-1)]
  return (
    <>
      {expected === null ? null : <p>expected {windowText(expected)}</p>}
      {slippage.length < 2 ? null : (
        <p class="slipped">
          {oneLine(first ?? '')} → {slippage.length > 2 ? '… → ' : ''}
          {oneLine(last ?? '')}
        </p>
      )}
      {warningsOf(item).map((text) => (
        <p class="warning-text">
          <WarningIcon />
          {text}
        </p>
      ))}
    </>
  )
}
