import type { ComponentChildren } from 'preact'

/** What a text field of a form asks for. */
export interface Asked<Name extends string = string> {
  readonly name: Name
  readonly label: string
  readonly hint?: ComponentChildren
  /** Why it says what it says, where that was proposed. */
  readonly reasons?: readonly string[]
  readonly isOptional?: boolean
  /** The browser does not send the form without it. */
  readonly isRequired?: boolean
  /** In characters. */
  readonly longest?: number
  /** Several values with commas: a script makes chips of them. */
  readonly isList?: boolean
  /** What is typed is hidden, and this is which of the user's passwords a browser may fill in. */
  readonly password?: 'current-password' | 'new-password'
}

interface FieldProps {
  readonly field: Asked
  readonly value?: string
  readonly fault: string | undefined
  /** Whether the page begins with it: otherwise nobody may see the mistake below a long list. */
  readonly isFirst?: boolean
}

/** A labelled text field with its hint, why it says what it says, and what is wrong with it. */
export function TextField({ field, value = '', fault, isFirst = false }: FieldProps) {
  const { name, label, hint, reasons = [], isOptional = false, isList = false, password } = field
  const how = {
    ...{ id: name, name, value, spellcheck: false, autocapitalize: 'none' as const, autofocus: isFirst },
    required: field.isRequired === true,
    maxlength: field.longest,
    'data-list': isList ? label.toLowerCase() : undefined,
    'aria-describedby': describedBy(field, fault),
    'aria-invalid': fault === undefined ? undefined : ('true' as const),
  }
  return (
    <div class="field">
      <label for={name}>
        {label} {isOptional ? <span class="optional">(optional)</span> : null}
      </label>
      <FieldNotes name={name} hint={hint} fault={fault} />
      {password === undefined ? (
        <input {...how} type="text" autocomplete="off" />
      ) : (
        <input {...how} type="password" autocomplete={password} />
      )}
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

interface NotesProps {
  /** Of the field that they are about. */
  readonly name: string
  readonly hint?: ComponentChildren
  readonly fault?: string | undefined
}

/** What a field asks for, and what is wrong with it: as a rule between its label and the field. */
export function FieldNotes({ name, hint, fault }: NotesProps) {
  return (
    <>
      {hint === undefined ? null : (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {fault === undefined ? null : (
        <p class="fault" id={`${name}-fault`}>
          {fault}
        </p>
      )}
    </>
  )
}

/** The ids of the notes of a field, the most urgent first, for `aria-describedby`. */
export function describedBy(
  { name, hint, reasons = [] }: Pick<Asked, 'name' | 'hint' | 'reasons'>,
  fault: string | undefined,
): string | undefined {
  const ids = [
    ...(fault === undefined ? [] : [`${name}-fault`]),
    ...(hint === undefined ? [] : [`${name}-hint`]),
    ...(reasons.length === 0 ? [] : [`${name}-why`]),
  ]
  return ids.length === 0 ? undefined : ids.join(' ')
}
