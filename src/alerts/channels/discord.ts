import type { DiscordConfig } from '../../config/schema/channels/discord.ts'
import type { Channel, SendOutcome } from './channel.ts'
import { isWholeInDiscord, discordMessage } from './discord-message.ts'
import { mostWhole } from './fitting.ts'
import { answeredObject, askedToWait, httpPost, plainOutcome, type HttpAnswer } from './http-post.ts'

/** Where to post; `thread` is the id of one in the channel of the webhook. */
export type DiscordOptions = Pick<DiscordConfig, 'url' | 'thread' | 'timeout'>

/** Posts alerts to a webhook of Discord, and waits until Discord has kept them. */
export function discordChannel(id: string, { url, thread, timeout }: DiscordOptions): Channel {
  const address = new URL(url)
  // Without it Discord answers before it has looked at the message, and drops it silently.
  address.searchParams.set('wait', 'true')
  if (thread !== undefined) address.searchParams.set('thread_id', thread)
  return {
    id,
    room: (alerts) => mostWhole(alerts, 9, isWholeInDiscord),
    send: (message, send) => {
      const body = JSON.stringify(discordMessage(message, send.actions))
      return httpPost({ url: address.href, body, timeout }, send, discordOutcome)
    },
  }
}

/** When it is asked too often, the body says in fractions of a second when it may be asked again. */
function discordOutcome(answer: HttpAnswer, now: Date): SendOutcome {
  if (answer.status !== 429) return plainOutcome(answer, now)
  return plainOutcome(askedToWait(answer, answeredObject(answer.body)?.['retry_after']), now)
}
