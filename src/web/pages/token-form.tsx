import type { ApiToken, TokenScope } from '../../store/api-tokens.ts'
import { Day, Moment } from './time-tag.tsx'
import { TableHead } from './table-head.tsx'
import { TextField, type Asked } from './text-field.tsx'

/** The tokens that there are, each with a way to revoke it. */
export function TokenTable({ tokens, now }: { readonly tokens: readonly ApiToken[]; readonly now: Date }) {
  return (
    <table class="stacks">
      <caption>Tokens are shown once, when they are made, and kept nowhere.</caption>
      <TableHead
        columns={['Name', 'May', 'Made', 'Ends', 'Last used', { name: 'Revoking it', is: 'unseen' }]}
      />
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

const nameField: Asked = {
  ...{ name: 'name', label: 'Name', hint: 'What it is for, such as feed reader or phone' },
  ...{ isRequired: true, longest: 60 },
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
      <TextField field={nameField} value={name} fault={fault ?? undefined} />
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
