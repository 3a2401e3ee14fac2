import type { ApiToken, TokenScope } from '../../store/api-tokens.ts'
import type { WebSession } from '../../store/web-sessions.ts'
import type { Viewer } from '../viewer.ts'
import { Layout, renderDocument } from './layout.tsx'
import { PasswordForm, type PasswordFaults, type PasswordState } from './password-form.tsx'
import { SessionTable } from './session-table.tsx'
import { TokenForm, TokenTable } from './token-form.tsx'

const day = 86_400_000

/** How long a token may hold, by the name in the form. */
export const tokenLives = {
  '30d': { words: '30 days', ms: 30 * day },
  '90d': { words: '90 days', ms: 90 * day },
  '1y': { words: 'A year', ms: 365 * day },
  never: { words: 'Until it is revoked', ms: null },
} as const

/** What was done, by its name in the address. */
export const doneWords = {
  password: 'The password is set. Everybody else who was signed in is signed out.',
  revoked: 'The token is revoked.',
  ended: 'The session is ended.',
  'ended-others': 'All other sessions are ended.',
} as const

/** What the page about access shows. */
export interface AccessPageProps {
  readonly viewer: Viewer
  readonly now: Date
  readonly password: PasswordState
  readonly sessions: readonly WebSession[]
  readonly tokens: readonly ApiToken[]
  /** A token just made, to be shown this once. */
  readonly created: string | null
  readonly faults: PasswordFaults & { readonly name?: string }
  readonly typed: { readonly name?: string; readonly scope?: TokenScope; readonly expires?: string }
  readonly done: string | null
}

/** The page about who gets in, as a whole HTML document. */
export function renderAccessPage(props: AccessPageProps): string {
  const { viewer, now, password, sessions, tokens, created, faults, typed, done } = props
  return renderDocument(
    <Layout title="openwatch: access" viewer={viewer} section="/settings">
      <div class="access">
        <p class="crumb">
          <a href="/settings">Settings</a>
        </p>
        <h1>Access</h1>
        {done === null ? null : (
          <p class="notice good" role="status">
            {done}
          </p>
        )}
        {created === null ? null : <NewToken secret={created} />}
        <PasswordForm state={password} faults={faults} />
        {password.isSet ? <SessionTable sessions={sessions} own={viewer.session ?? null} /> : null}
        <section class="section" aria-labelledby="tokens">
          <h2 id="tokens">Tokens for programs</h2>
          <p class="soft">
            A program shows a token in place of the password: <code>Authorization: Bearer ow_…</code>. Feed
            readers take a token for reading in the address: <code>/changes.atom?token=ow_…</code>.
          </p>
          {tokens.length === 0 ? null : <TokenTable tokens={tokens} now={now} />}
          <TokenForm typed={typed} fault={faults.name ?? null} lives={tokenLives} />
        </section>
      </div>
    </Layout>,
  )
}

function NewToken({ secret }: { readonly secret: string }) {
  return (
    <div class="notice good stack" role="status">
      <p>
        <strong>This is the new token.</strong> Copy it now: it is shown this once and kept nowhere.
      </p>
      <label class="visually-hidden" for="new-token">
        The new token
      </label>
      <input id="new-token" class="secret" type="text" value={secret} readOnly spellcheck={false} />
    </div>
  )
}
