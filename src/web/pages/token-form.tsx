import type { ApiToken, TokenScope } from '../../store/api-tokens.ts'
import { Day, Moment } from './time-tag.tsx'

/** The tokens that there are, each with a way to revoke it. */
export function TokenTable({ tokens, now }: { readonly tokens: readonly ApiToken[]; readonly now: Date }) {
  return (
    <table class="stacks">
      <caption>Tokens are shown once, when they are made, and kept nowhere.</caption>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">May</th>
          <th scope="col">Made</th>
          <th scope="col">Ends</th>
          <th scope="col">Last used</th>
          <th scope="col">
            <span class="visually-hidden">Revoking it</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {tokens.map((token) => (
          <Row token={token} now={now} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ token, now }: { readonly token: ApiToken; readonly now: Date }) {
  const { id, name, scope, createdAt, expiresAt, usedAt } = token
  return (
    <tr>
      <th scope="row">{name}</th>
      <td data-label="May">{scope === 'read' ? 'read' : 'read and write'}</td>
      <td data-label="Made">
        <Day at={createdAt} short />
      </td>
      <td data-label="Ends">
        {expiresAt === null ? 'when revoked' : <Day at={expiresAt} short />}
        {expiresAt !== null && expiresAt <= now ? <strong class="warning-text"> has ended</strong> : null}
      </td>
      <td data-label="Last used">{usedAt === null ? 'never' : <Moment at={usedAt} />}</td>
      <td class="does">
        <form method="post" action={`/settings/access/tokens/${id}/revoke`}>
          <button class="plain" type="submit" aria-label={`Revoke the token ${name}`}>
            Revoke
          </button>
        </form>
      </td>
    </tr>
  )
}

/** Makes a token. `lives`: how long it may hold, by name. */
export function TokenForm({
  typed,
  fault,
  lives,
}: {
  readonly typed: { readonly name?: string; readonly scope?: TokenScope; readonly expires?: string }
  readonly fault: string | null
  readonly lives: Readonly<Record<string, { readonly words: string }>>
}) {
  const { name = '', scope = 'read', expires = '90d' } = typed
  return (
    <form class="form panel" method="post" action="/settings/access/tokens">
      <h3>A new token</h3>
      <div class="field">
        <label for="name">Name</label>
        <p class="hint" id="name-hint">
          What it is for, such as feed reader or phone
        </p>
        <input
          id="name"
          name="name"
          type="text"
          value={name}
          maxlength={60}
          autocomplete="off"
          required
          aria-invalid={fault === null ? undefined : 'true'}
          aria-describedby={fault === null ? 'name-hint' : 'name-hint name-fault'}
        />
        {fault === null ? null : (
          <p class="fault" id="name-fault" role="alert">
            {fault}
          </p>
        )}
      </div>
      <fieldset>
        <legend>It may</legend>
        <label>
          <input type="radio" name="scope" value="read" checked={scope === 'read'} />
          read everything
        </label>
        <label>
          <input type="radio" name="scope" value="write" checked={scope === 'write'} />
          read and change everything
        </label>
      </fieldset>
      <div class="field">
        <label for="expires">It holds</label>
        <select id="expires" name="expires">
          {Object.entries(lives).map(([value, { words }]) => (
            <option value={value} selected={value === expires}>
              {words}
            </option>
          ))}
        </select>
      </div>
      <p class="buttons">
        <button type="submit">Make the token</button>
      </p>
    </form>
  )
}
