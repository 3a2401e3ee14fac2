import { outcomeText } from '../../pipeline/delivery-words.ts'
import type { ListedAlert, ListedChannel } from '../../pipeline/list-alerts.ts'
import type { TestedChannel } from '../../pipeline/test-channel.ts'
import { alertKinds } from '../../config/schema/alert-kinds.ts'
import { count, durationText } from '../../report/people-time.ts'
import { clip } from '../../report/plain.ts'
import { deliveryStates, type DeliveryFilter, type DeliveryState } from '../../store/deliveries.ts'
import { withQuery } from '../fields.ts'
import { mayDo, type Viewer } from '../viewer.ts'
import { DeliveryBadge, deliveryNames, kindNames } from './alert-words.tsx'
import { ChannelList } from './channel-list.tsx'
import { Layout, renderDocument } from './layout.tsx'
import { Moment } from './time-tag.tsx'
import { TableHead } from './table-head.tsx'

/** What was done just now, told above the list. */
export type AlertsNotice =
  | { readonly kind: 'tested'; readonly channel: string; readonly tested: TestedChannel }
  | { readonly kind: 'retried'; readonly alerts: number }
  | { readonly kind: 'no-channel' }

export interface AlertsPageProps {
  readonly viewer: Viewer
  readonly now: Date
  readonly alerts: readonly ListedAlert[]
  /** Where the rest of the list begins; null at its end. */
  readonly next: string | null
  readonly filter: DeliveryFilter
  readonly channels: readonly ListedChannel[]
  readonly notice: AlertsNotice | null
}

/** What was told, to whom, and what became of it, as a whole HTML document. */
export function renderAlertsPage(props: AlertsPageProps): string {
  return renderDocument(<AlertsPage {...props} />)
}

function AlertsPage({ viewer, now, alerts, next, filter, channels, notice }: AlertsPageProps) {
  const mayWrite = mayDo(viewer, 'write')
  return (
    <Layout
      title="Alerts · openwatch"
      viewer={viewer}
      section="/alerts"
      aside={
        <>
          as of <Moment at={now} />
        </>
      }
    >
      <h1>{headline(channels)}</h1>
      {notice === null ? null : <Notice notice={notice} />}
      <States filter={filter} channels={channels} />
      <Filters filter={filter} channels={channels} />
      {filter.state === 'dead' && mayWrite && alerts.length > 0 ? <RetryAll filter={filter} /> : null}
      {alerts.length === 0 ? <Nothing filter={filter} /> : <Table alerts={alerts} now={now} />}
      {filter.after === undefined && next === null ? null : (
        <nav class="pager" aria-label="Pages of alerts">
          {filter.after === undefined ? (
            <span />
          ) : (
            <a class="button second" href={withQuery('/alerts', fields({ ...filter, after: undefined }))}>
              Newest
            </a>
          )}
          {next === null ? null : (
            <a class="button second" href={withQuery('/alerts', fields({ ...filter, after: next }))}>
              Older
            </a>
          )}
        </nav>
      )}
      <ChannelList channels={channels} now={now} mayWrite={mayWrite} />
    </Layout>
  )
}

function headline(channels: readonly ListedChannel[]): string {
  const parts = (['sent', 'waiting', 'dead'] as const)
    .map((state) => ({ many: total(channels, state), name: deliveryNames[state] }))
    .filter(({ many }) => many > 0)
  if (parts.length === 0) return 'No alerts yet'
  return parts
    .map(({ many, name }, at) => `${at === 0 ? count(many, 'alert') : many.toLocaleString('en-GB')} ${name}`)
    .join(', ')
}

function total(channels: readonly ListedChannel[], state: DeliveryState): number {
  return channels.reduce((sum, { counts }) => sum + counts[state], 0)
}

function fields({ state, channel, kind, item, after }: DeliveryFilter): Record<string, string> {
  return {
    state: state ?? '',
    channel: channel ?? '',
    kind: kind ?? '',
    item: item ?? '',
    after: after ?? '',
  }
}

function States({ filter, channels }: Pick<AlertsPageProps, 'filter' | 'channels'>) {
  const shown = deliveryStates.filter((state) => total(channels, state) > 0 || state === filter.state)
  if (shown.length === 0) return null
  const to = (state: string) => withQuery('/alerts', { ...fields(filter), state, after: '' })
  return (
    <nav class="tabs" aria-label="Alerts by what became of them">
      <a href={to('')} aria-current={filter.state === undefined ? 'page' : undefined}>
        all
      </a>
      {shown.map((state) => (
        <a href={to(state)} aria-current={filter.state === state ? 'page' : undefined}>
          {deliveryNames[state]} <span class="numbers">{total(channels, state).toLocaleString('en-GB')}</span>
        </a>
      ))}
    </nav>
  )
}

function Filters({ filter, channels }: Pick<AlertsPageProps, 'filter' | 'channels'>) {
  const { state, channel, kind, item } = filter
  return (
    <form class="filters" method="get" action="/alerts">
      {state === undefined ? null : <input type="hidden" name="state" value={state} />}
      <div class="field">
        <label for="channel">Channel</label>
        <select id="channel" name="channel">
          <option value="">all channels</option>
          {channels.map(({ id }) => (
            <option value={id} selected={id === channel}>
              {id}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="kind">What it tells</label>
        <select id="kind" name="kind">
          <option value="">anything</option>
          {alertKinds.map((name) => (
            <option value={name} selected={name === kind}>
              {kindNames[name]}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="item">Question (its id)</label>
        <input id="item" name="item" type="text" autocomplete="off" value={item ?? ''} />
      </div>
      <button class="second" type="submit">
        Filter
      </button>
    </form>
  )
}

function RetryAll({ filter }: Pick<AlertsPageProps, 'filter'>) {
  return (
    <form class="buttons retry-all" method="post" action="/alerts/retry">
      {filter.channel === undefined ? (
        <input type="hidden" name="all" value="yes" />
      ) : (
        <input type="hidden" name="channel" value={filter.channel} />
      )}
      <button type="submit">
        Try all {filter.channel === undefined ? 'that were given up' : `of ${filter.channel}`} again
      </button>
    </form>
  )
}

function Nothing({ filter }: Pick<AlertsPageProps, 'filter'>) {
  const isFiltered = Object.values(fields(filter)).some((value) => value !== '')
  return isFiltered ? (
    <p class="nothing">
      There is no such alert. <a href="/alerts">Show all</a>
    </p>
  ) : (
    <p class="lede">
      When the answer to a question moves, what was told stands here, with what became of it on every channel.
    </p>
  )
}

function Table({ alerts, now }: Pick<AlertsPageProps, 'alerts' | 'now'>) {
  return (
    <table class="stacks alert-table">
      <caption class="visually-hidden">Alerts, the newest first</caption>
      <TableHead
        columns={['When', 'What it tells', 'Channel', 'What became of it', { name: 'Tries', is: 'number' }]}
      />
      <tbody>
        {alerts.map((alert) => (
          <Row alert={alert} now={now} />
        ))}
      </tbody>
    </table>
  )
}

function Row({
  alert: { delivery, subject, reason },
  now,
}: {
  readonly alert: ListedAlert
  readonly now: Date
}) {
  const { id, createdAt, channel, state, attempts } = delivery
  return (
    <tr>
      <td>
        <Moment at={createdAt} />
      </td>
      <th scope="row">
        <a href={`/alerts/${id}`}>{clip(subject, 160)}</a>
      </th>
      <td data-label="Channel">{channel}</td>
      <td>
        <DeliveryBadge state={state} />
        {state === 'sent' || state === 'withdrawn' ? null : (
          <p class="small soft">{clip(outcomeText(delivery, reason, now), 240)}</p>
        )}
      </td>
      <td class="number" data-label="Tries">
        {attempts}
      </td>
    </tr>
  )
}

function Notice({ notice }: { readonly notice: AlertsNotice }) {
  switch (notice.kind) {
    case 'no-channel':
      return (
        <p class="notice bad" role="alert">
          There is no such channel in the configuration any more.
        </p>
      )
    case 'retried':
      return notice.alerts === 0 ? (
        <p class="notice" role="status">
          There was nothing to try again.
        </p>
      ) : (
        <p class="notice good" role="status">
          {count(notice.alerts, 'alert')} {notice.alerts === 1 ? 'is' : 'are'} tried again at once.
        </p>
      )
    case 'tested':
      return <TestNotice {...notice} />
  }
}

function TestNotice({ channel, tested }: Extract<AlertsNotice, { kind: 'tested' }>) {
  if (tested.kind === 'sent')
    return (
      <p class="notice good" role="status">
        {channel} took the test in {tested.tookMs.toLocaleString('en-GB')} ms: {clip(tested.detail, 300)}
      </p>
    )
  const what =
    tested.kind === 'retry'
      ? `did not take it now: ${clip(tested.reason, 400)}${tested.retryAfterMs === null ? '' : ` (it asks to be left alone for ${durationText(tested.retryAfterMs)})`}. An alert would be tried again.`
      : `refused it: ${clip(tested.reason, 400)}. ${tested.isOurs ? 'This is a fault of ours.' : 'Mend it under “channels” in openwatch.yaml.'}`
  return (
    <p class="notice bad" role="alert">
      {channel} {what}
    </p>
  )
}
