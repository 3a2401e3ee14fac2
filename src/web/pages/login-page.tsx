import { AccountName } from './account-name.tsx'
import { Layout, renderDocument } from './layout.tsx'
import { TextField, type Asked } from './text-field.tsx'

const password: Asked = {
  name: 'password',
  label: 'Password',
  password: 'current-password',
  isRequired: true,
}

/** What the form to sign in shows. */
export interface LoginPageProps {
  /** Where signing in leads to, a path of this site. */
  readonly next: string
  /** Why it did not work; null before it was tried. */
  readonly fault: string | null
  /** Whether the report can be seen without. */
  readonly isReportPublic: boolean
}

/** The form to sign in, as a whole HTML document. */
export function renderLoginPage({ next, fault, isReportPublic }: LoginPageProps): string {
  return renderDocument(
    <Layout title="openwatch: sign in">
      <div class="access sign-in">
        <h1>Sign in</h1>
        <form class="form" method="post" action="/login">
          <input type="hidden" name="next" value={next} />
          <AccountName />
          <TextField field={password} fault={fault ?? undefined} isFirst />
          <p class="buttons">
            <button type="submit">Sign in</button>
          </p>
        </form>
        <p class="soft small">
          Forgotten? <code>openwatch passwd</code> on the machine where openwatch runs sets a new one.
        </p>
        {isReportPublic ? (
          <p>
            <a href="/">The report</a> can be seen without signing in.
          </p>
        ) : null}
      </div>
    </Layout>,
  )
}
