/** How the password stands. */
export interface PasswordState {
  readonly isSet: boolean
  /** What of the configuration sets it; null where it can be changed here. */
  readonly where: string | null
}

/** What is wrong with what was typed, by field. */
export interface PasswordFaults {
  readonly current?: string
  readonly wanted?: string
  readonly again?: string
}

interface FieldProps {
  readonly name: keyof PasswordFaults
  readonly label: string
  readonly hint?: string
  readonly autocomplete: string
  readonly fault: string | undefined
}

/** Sets the password, or changes it. */
export function PasswordForm({
  state,
  faults,
}: {
  readonly state: PasswordState
  readonly faults: PasswordFaults
}) {
  return (
    <section class="section" aria-labelledby="password">
      <h2 id="password">Password</h2>
      {state.where === null ? (
        <>
          {state.isSet ? null : (
            <p class="soft">
              None is set: whoever uses this machine can see and change everything. From other machines
              openwatch cannot be reached.
            </p>
          )}
          <form class="form" method="post" action="/settings/access/password">
            <input
              class="visually-hidden"
              type="text"
              name="username"
              value="openwatch"
              autocomplete="username"
              tabindex={-1}
              aria-hidden="true"
              readOnly
            />
            {state.isSet ? (
              <Field
                name="current"
                label="Password now"
                autocomplete="current-password"
                fault={faults.current}
              />
            ) : null}
            <Field
              name="wanted"
              label="New password"
              hint="At least 10 characters; a few random words are best"
              autocomplete="new-password"
              fault={faults.wanted}
            />
            <Field name="again" label="The same again" autocomplete="new-password" fault={faults.again} />
            <p class="buttons">
              <button type="submit">{state.isSet ? 'Change the password' : 'Set the password'}</button>
            </p>
          </form>
        </>
      ) : (
        <p>
          It is set by <code>{state.where}</code>, and changed there.
        </p>
      )}
    </section>
  )
}

function Field({ name, label, hint, autocomplete, fault }: FieldProps) {
  const notes = [hint === undefined ? [] : `${name}-hint`, fault === undefined ? [] : `${name}-fault`].flat()
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {hint === undefined ? null : (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      <input
        id={name}
        name={name}
        type="password"
        autocomplete={autocomplete}
        required
        aria-invalid={fault === undefined ? undefined : 'true'}
        aria-describedby={notes.length === 0 ? undefined : notes.join(' ')}
      />
      {fault === undefined ? null : (
        <p class="fault" id={`${name}-fault`} role="alert">
          {fault}
        </p>
      )}
    </div>
  )
}
