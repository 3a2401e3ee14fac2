import { dayText, momentText, shortDayText } from '../../report/people-time.ts'

/** A day for people, with the exact moment for machines and on hover; the reader's own zone where scripts run. */
export function Day({ at, short = false }: { readonly at: Date; readonly short?: boolean }) {
  return (
    <time dateTime={at.toISOString()} title={momentText(at)} data-show={short ? 'short' : 'day'}>
      {short ? shortDayText(at) : dayText(at)}
    </time>
  )
}

/** A moment for people: day and time of day, UTC; the reader's own zone where scripts run. */
export function Moment({ at }: { readonly at: Date }) {
  return (
    <time dateTime={at.toISOString()} title={momentText(at)} data-show="moment">
      {momentText(at)}
    </time>
  )
}
