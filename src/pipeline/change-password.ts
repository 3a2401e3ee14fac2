import { checkPassword, type CheckedPassword, type PasswordDeps, type Tried } from './check-password.ts'
import type { ConfiguredPassword, Password } from './password.ts'
import { setPassword, type SetPassword } from './set-password.ts'

/** What came of a password that was to be changed by somebody who says which one it is now. */
export type ChangedPassword =
  | { readonly kind: 'changed'; readonly password: Password }
  | Exclude<CheckedPassword, { kind: 'right' | 'unset' }>
  | Exclude<SetPassword, { kind: 'set' }>

/** Changes the password, ending all sessions. The one in force has to be given (`tried`), where there is one. */
export async function changePassword(
  { tried, wanted }: { readonly tried: Tried; readonly wanted: string },
  deps: PasswordDeps & { readonly configured: ConfiguredPassword },
): Promise<ChangedPassword> {
  const checked = await checkPassword(tried, deps)
  if (checked.kind === 'wait' || checked.kind === 'wrong') return checked
  const set = await setPassword(wanted, deps)
  if (set.kind !== 'set') return set
  deps.passwords.forget()
  const password = await deps.passwords.current()
  if (password === null) throw new Error('the password was taken away while it was being set; set it again')
  return { kind: 'changed', password }
}
