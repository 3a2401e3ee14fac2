import { dayText } from '../../report/people-time.ts'
import type { WebSession } from '../../store/web-sessions.ts'
import { browserName } from './browser-name.ts'
import { Moment } from './time-tag.tsx'
import { TableHead } from './table-head.tsx'

/** The browsers that are signed in, each with a way to end that. `own`: the one that looks. */
export function SessionTable({
  sessions,
  own,
}: {
  readonly sessions: readonly WebSession[]
  readonly own: number | null
}) {
  return (
    <section class="section" aria-labelledby="sessions">
      <h2 id="sessions">Signed in</h2>
      <table class="stacks">
        <caption>A session ends after 7 days without a visit, and after 30 days in any case.</caption>
        <TableHead columns={['Browser', 'Since', 'Last seen', { name: 'Ending it', is: 'unseen' }]} />
        <tbody>
          {sessions.map((session) => (
            <Row session={session} isOwn={session.id === own} />
          ))}
        </tbody>
      </table>
      {sessions.length > 1 ? (
        <form class="buttons" method="post" action="/settings/access/sessions/end-others">
          <button class="second" type="submit">
            End all others
          </button>
        </form>
      ) : null}
    </section>
  )
}

function Row({ session, isOwn }: { readonly session: WebSession; readonly isOwn: boolean }) {
  const name = browserName(session.agent)
  return (
    <tr>
      <th scope="row">
        {name} {isOwn ? <span class="tag">this one</span> : null}
      </th>
      <td data-label="Since">
        <Moment at={session.createdAt} />
      </td>
      <td data-label="Last seen">
        <Moment at={session.seenAt} />
      </td>
      <td class="does">
        {isOwn ? null : (
          <form method="post" action={`/settings/access/sessions/${session.id}/end`}>
            <button
              class="plain"
              type="submit"
              aria-label={`End the session of ${name} since ${dayText(session.createdAt)}`}
            >
              End
            </button>
          </form>
        )}
      </td>
    </tr>
  )
}
