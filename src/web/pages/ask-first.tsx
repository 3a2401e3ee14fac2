import type { ComponentChildren } from 'preact'

/** Folds a step away that is not to be taken by one slip; unfolded it says what comes of it. It needs no script. */
export function AskFirst({
  label,
  consequence,
  children,
}: {
  readonly label: string
  readonly consequence: string
  /** The form that does it. */
  readonly children: ComponentChildren
}) {
  return (
    <details class="ask-first">
      <summary>{label}</summary>
      <div class="panel stack">
        <p>{consequence}</p>
        {children}
      </div>
    </details>
  )
}
