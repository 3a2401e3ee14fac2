import { windowText } from '../../report/date-window.ts'
import { oneLine } from '../../report/plain.ts'
import type { ItemReport } from '../../report/status-report.ts'
import { blindText, overdueText } from '../../report/text-parts.ts'
import { wishesText } from '../../report/wishes.ts'
import { StatusIcon, WarningIcon } from './icons.tsx'
import { Day } from './time-tag.tsx'

/** Where a question stands: a word, an icon and a colour. */
export function Badge({ item }: { readonly item: Pick<ItemReport, 'status'> }) {
  return (
    <span class="badge">
      <StatusIcon status={item.status} />
      {item.status}
    </span>
  )
}

/** A status and since when. */
export function Standing({ item }: { readonly item: ItemReport }) {
  return (
    <p class="standing">
      <Badge item={item} />
      <span class="since">
        since <Day at={item.since} />
      </span>
    </p>
  )
}

/** What else is to know at a glance: when it is expected, what is wrong, what people asked for. */
export function Marks({ item }: { readonly item: ItemReport }) {
  const marks = [
    ...(item.expected === null ? [] : [<Expected item={item} />]),
    ...warningsOf(item).map((text) => <Warning text={text} />),
    ...(item.state === 'paused' ? [<li>paused</li>] : []),
    ...(item.state === 'retired' ? [<li>not watched any more</li>] : []),
    ...wishesText(item.wishes).map((wish) => <li>{wish}</li>),
  ]
  return marks.length === 0 ? null : <ul class="marks">{marks}</ul>
}

/** Why a person should look at a question: late, not to be seen, in dispute. */
export function warningsOf(item: ItemReport): readonly string[] {
  return [
    ...(item.overdue === null ? [] : [overdueText(item)]),
    ...(item.sight.blindSince === null ? [] : [blindText(item.sight)]),
    ...(item.disputed ? ['disputed'] : []),
  ]
}

function Expected({ item }: { readonly item: ItemReport }) {
  return (
    <li>
      <span>
        expected <strong>{windowText(item.expected)}</strong>
      </span>
    </li>
  )
}

function Warning({ text }: { readonly text: string }) {
  return (
    <li class="warning">
      <WarningIcon />
      {text}
    </li>
  )
}

/** How the promised date moved, its last step in bold; nothing where it did not. */
export function Slippage({ steps }: { readonly steps: readonly string[] }) {
  if (steps.length < 2) return null
  return (
    <ol class="slippage" aria-label="How the promised date moved">
      {steps.map((step, index) => (
        <li>{index === steps.length - 1 ? <strong>{oneLine(step)}</strong> : oneLine(step)}</li>
      ))}
    </ol>
  )
}
