import { alertSchema } from '../../alerts/alert.ts'
import { renderAlertText } from '../../alerts/render.ts'
import { outcomeText, stateText } from '../../pipeline/delivery-words.ts'
import type { ExplainedDelivery } from '../../pipeline/explain-delivery.ts'
import { maskUrls } from '../../report/mask-url.ts'
import { count } from '../../report/people-time.ts'
import { clip, oneLine } from '../../report/plain.ts'
import type { DeliveryTry } from '../../store/deliveries.ts'
import { mayDo, type Viewer } from '../viewer.ts'
import { DeliveryBadge } from './alert-words.tsx'
import { Layout, renderDocument } from './layout.tsx'
import { Moment } from './time-tag.tsx'
import { TableHead } from './table-head.tsx'

export interface AlertPageProps {
  readonly viewer: Viewer
  readonly now: Date
  readonly explained: ExplainedDelivery
  /** What was done with it just now. */
  readonly notice: 'retried' | 'nothing' | null
}

/** One alert on one channel, try by try, as a whole HTML document. */
export function renderAlertPage(props: AlertPageProps): string {
  return renderDocument(<AlertPage {...props} />)
}

function AlertPage({ viewer, now, explained, notice }: AlertPageProps) {
  const { delivery, subject, tries, reason } = explained
  const { id, state } = delivery
  return (
    <Layout title={`${clip(subject, 80)} · openwatch`} viewer={viewer} section="/alerts">
      <p class="crumb">
        <a href="/alerts">All alerts</a>
      </p>
      <h1>{clip(subject, 200)}</h1>
      {notice === null ? null : (
        <p class={`notice ${notice === 'retried' ? 'good' : ''}`} role="status">
          {notice === 'retried' ? 'It is tried again at once.' : 'There is nothing to try again.'}
        </p>
      )}
      <div class="stack">
        <p>
          <DeliveryBadge state={state} /> {clip(outcomeText(delivery, reason, now), 500)}
        </p>
        {mayDo(viewer, 'write') && (state === 'dead' || (state === 'waiting' && delivery.attempts > 0)) ? (
          <form method="post" action={`/alerts/${id}`}>
            <button type="submit">Try again now</button>
          </form>
        ) : null}
      </div>
      <Facts explained={explained} now={now} />
      <Tries tries={tries} />
      <Told body={delivery.body} />
    </Layout>
  )
}

function Facts({ explained, now }: Pick<AlertPageProps, 'explained' | 'now'>) {
  const { delivery, channel, elsewhere } = explained
  const { itemId } = delivery
  return (
    <section class="section" aria-labelledby="facts">
      <h2 id="facts">About it</h2>
      <dl class="facts">
        <dt>Channel</dt>
        <dd>{delivery.channel}</dd>
        <dt>Queued</dt>
        <dd>
          <Moment at={delivery.createdAt} />
        </dd>
        {itemId === null ? null : (
          <>
            <dt>Question</dt>
            <dd>
              <a href={`/items/${encodeURIComponent(itemId)}`}>{itemId}</a>
            </dd>
          </>
        )}
        {delivery.messageId === null ? null : (
          <>
            <dt>Sent under the key</dt>
            <dd>
              <code>{delivery.messageId}</code>
            </dd>
          </>
        )}
        {channel.failingSince === null ? null : (
          <>
            <dt>{delivery.channel} fails since</dt>
            <dd>
              <Moment at={channel.failingSince} />
              {channel.lastError === null ? '' : `, last with: ${clip(maskUrls(channel.lastError), 400)}`}
            </dd>
          </>
        )}
        {elsewhere.length === 0 ? null : (
          <>
            <dt>Elsewhere</dt>
            <dd>
              <ul>
                {elsewhere.map((one) => (
                  <li>
                    <a href={`/alerts/${one.id}`}>{one.channel}</a>: {stateText(one, now)}
                  </li>
                ))}
              </ul>
            </dd>
          </>
        )}
      </dl>
    </section>
  )
}

const outcomes = { sent: 'taken', retry: 'failed', refused: 'given up' } as const

function Tries({ tries }: { readonly tries: readonly DeliveryTry[] }) {
  return (
    <section class="section" aria-labelledby="tries">
      <h2 id="tries">Tries</h2>
      {tries.length === 0 ? (
        <p class="nothing">It was not tried yet.</p>
      ) : (
        <table class="stacks">
          <caption>{count(tries.length, 'try').replace('trys', 'tries')}, the first one first</caption>
          <TableHead columns={['When', 'What came of it', { name: 'Took', is: 'number' }]} />
          <tbody>
            {tries.map(({ at, outcome, detail, durationMs }) => (
              <tr>
                <th scope="row">
                  <Moment at={at} />
                </th>
                <td>
                  <span class={outcome === 'sent' ? undefined : 'fault'}>{outcomes[outcome]}</span>:{' '}
                  {clip(maskUrls(oneLine(detail)), 500)}
                </td>
                <td class="number" data-label="Took">
                  {durationMs.toLocaleString('en-GB')} ms
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

/** What the alert says, as plain text. */
function Told({ body }: { readonly body: unknown }) {
  const alert = alertSchema.safeParse(body)
  if (!alert.success) return null
  return (
    <section class="section" aria-labelledby="told">
      <h2 id="told">What it says</h2>
      <pre>{renderAlertText(alert.data, Infinity)}</pre>
    </section>
  )
}
