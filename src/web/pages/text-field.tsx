import type { ItemForm } from '../item-form.ts'

/** A text field of a form. */
export interface Named {
  readonly name: Exclude<keyof ItemForm, 'feeds'>
  readonly label: string
  readonly hint: string
  readonly reasons?: readonly string[]
  readonly optional?: boolean
  readonly isList?: boolean
}

/** A labelled text field with its hint, why it says what it says, and what is wrong with it. */
export function TextField({
  field: { name, label, hint, reasons = [], optional = false, isList = false },
  value,
  fault,
}: {
  readonly field: Named
  readonly value: string
  readonly fault: string | undefined
}) {
  const described = [
    ...(fault === undefined ? [] : [`${name}-fault`]),
    `${name}-hint`,
    ...(reasons.length === 0 ? [] : [`${name}-why`]),
  ]
  return (
    <div class="field">
      <label for={name}>
        {label} {optional ? <span class="optional">(optional)</span> : null}
      </label>
      <p class="hint" id={`${name}-hint`}>
        {hint}
      </p>
      {fault === undefined ? null : (
        <p class="fault" id={`${name}-fault`}>
          {fault}
        </p>
      )}
      <input
        id={name}
        name={name}
        type="text"
        autocomplete="off"
        spellcheck={false}
        data-list={isList ? label.toLowerCase() : undefined}
        value={value}
        aria-describedby={described.join(' ')}
        aria-invalid={fault === undefined ? undefined : 'true'}
      />
      {reasons.length === 0 ? null : (
        <ul class="why" id={`${name}-why`}>
          {reasons.map((reason) => (
            <li>{reason}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
