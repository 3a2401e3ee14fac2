import type { ListedChannel } from '../../pipeline/list-alerts.ts'
import {
  channelHealth,
  channelText,
  mannersText,
  openText,
  type ChannelHealth,
} from '../../pipeline/channel-words.ts'
import { clip } from '../../report/plain.ts'
import { withQuery } from '../fields.ts'

const names: Readonly<Record<ChannelHealth, string>> = {
  well: 'works',
  failing: 'failing',
  refusing: 'refusing',
  unused: 'not used yet',
  gone: 'gone',
}

/** Where alerts go: each channel with how it is, when it sends, and a test. */
export function ChannelList({
  channels,
  now,
  mayWrite,
}: {
  readonly channels: readonly ListedChannel[]
  readonly now: Date
  readonly mayWrite: boolean
}) {
  return (
    <section class="section" aria-labelledby="channels">
      <h2 id="channels">Channels</h2>
      {channels.length === 0 ? (
        <p class="nothing">
          There is no channel: nobody is told. Add one under “channels” in openwatch.yaml.
        </p>
      ) : (
        <ul class="channels">
          {channels.map((channel) => (
            <ChannelRow channel={channel} now={now} mayWrite={mayWrite} />
          ))}
        </ul>
      )}
    </section>
  )
}

function ChannelRow({
  channel,
  now,
  mayWrite,
}: {
  readonly channel: ListedChannel
  readonly now: Date
  readonly mayWrite: boolean
}) {
  const { id, config, counts } = channel
  const health = channelHealth(channel)
  const open = openText(channel)
  return (
    <li class={`panel channel-${health}`}>
      <h3>
        {id}
        {config === null || config.type === id ? null : <span class="soft"> {config.type}</span>}
      </h3>
      <p>
        <span class={`badge channel-${health}`}>{names[health]}</span>
      </p>
      <p>{clip(channelText(channel, now), 400)}</p>
      <ul class="byline">
        {(config === null ? [] : mannersText(config)).map((text) => (
          <li>{text}</li>
        ))}
        {open === '' ? null : (
          <li>
            <a href={withQuery('/alerts', { channel: id, state: counts.dead > 0 ? 'dead' : 'waiting' })}>
              {open}
            </a>
          </li>
        )}
      </ul>
      {mayWrite && config !== null ? (
        <div class="buttons">
          <form method="post" action="/alerts/test">
            <input type="hidden" name="channel" value={id} />
            <button class="second" type="submit">
              Send a test<span class="visually-hidden"> by {id}</span>
            </button>
          </form>
          {counts.dead > 0 || health === 'failing' ? (
            <form method="post" action="/alerts/retry">
              <input type="hidden" name="channel" value={id} />
              <button class="second" type="submit">
                Try again now<span class="visually-hidden"> what failed on {id}</span>
              </button>
            </form>
          ) : null}
        </div>
      ) : null}
    </li>
  )
}
