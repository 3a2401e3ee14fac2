import type { Status } from '../../status/status.ts'

/** The mark of openwatch: an eye that is also a dial. */
export function WatchIcon() {
  return (
    <svg class="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
      <path d="M2 12c2.6-4.4 6-6.6 10-6.6s7.4 2.2 10 6.6c-2.6 4.4-6 6.6-10 6.6S4.6 16.4 2 12z" />
      <circle cx="12" cy="12" r="3.6" />
      <path d="M12 10.2V12l1.3 1" />
    </svg>
  )
}

const shapes: Readonly<Record<Status, string>> = {
  open: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11z',
  rumoured: 'M3 3.5h10v7H7.5L4.5 13v-2.5H3z',
  announced: 'M3 6.5v3h2.5L11 12.5v-9L5.5 6.5zM13 6.2v3.6',
  delayed: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM8 5v3.2l2.2 1.6',
  happened: 'M2.8 8.6l3.4 3.4 7-7.6',
  cancelled: 'M3.8 3.8l8.4 8.4M12.2 3.8l-8.4 8.4',
}

/** A status as a shape, beside its word and its colour. */
export function StatusIcon({ status }: { readonly status: Status }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={shapes[status]} />
    </svg>
  )
}

/** A sign for what needs a look: disputed, overdue, failing. */
export function WarningIcon() {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d="M8 2.2l6.2 11.3H1.8zM8 6.5v3.3M8 11.6v.1" />
    </svg>
  )
}
