import { AccountName } from './account-name.tsx'
import { TextField, type Asked } from './text-field.tsx'

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

const fields = {
  current: { name: 'current', label: 'Password now', password: 'current-password', isRequired: true },
  wanted: {
    ...{ name: 'wanted', label: 'New password', password: 'new-password', isRequired: true },
    hint: 'At least 10 characters; a few random words are best',
  },
  again: { name: 'again', label: 'The same again', password: 'new-password', isRequired: true },
} as const satisfies Record<keyof PasswordFaults, Asked>

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
            <AccountName />
            {state.isSet ? <TextField field={fields.current} fault={faults.current} /> : null}
            <TextField field={fields.wanted} fault={faults.wanted} />
            <TextField field={fields.again} fault={faults.again} />
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
