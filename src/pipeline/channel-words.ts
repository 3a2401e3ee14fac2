import type { ChannelConfig } from '../config/schema/channel.ts'
import { maskUrls } from '../report/mask-url.ts'
import { agoText, count, durationText, untilText } from '../report/people-time.ts'
import { oneLine } from '../report/plain.ts'
import type { ListedChannel } from './list-alerts.ts'

/** How a channel is: `gone`: no longer in the configuration; `unused`: nothing was ever sent by it. */
export type ChannelHealth = 'well' | 'failing' | 'refusing' | 'unused' | 'gone'

/** How a channel is. A failing one is tried again by itself; of one that refuses something must be mended. */
export function channelHealth({ config, state }: ListedChannel): ChannelHealth {
  if (config === null) return 'gone'
  if (state.failures > 0) return state.heldUntil === null ? 'refusing' : 'failing'
  return state.lastOkAt === null ? 'unused' : 'well'
}

/** The same in a sentence, with the reason and what happens next. */
export function channelText(channel: ListedChannel, now: Date): string {
  const { state } = channel
  switch (channelHealth(channel)) {
    case 'gone':
      return 'It is no longer in the configuration.'
    case 'unused':
      return 'Nothing was sent by it yet.'
    case 'well':
      return state.lastOkAt === null ? 'It works.' : `It worked last ${agoText(state.lastOkAt, now)}.`
    case 'failing': {
      const next = state.heldUntil === null ? '' : ` It is tried again ${untilText(state.heldUntil, now)}.`
      return `It fails${sinceText(state.failingSince, now)}: ${reasonOf(state.lastError)}.${next}`
    }
    case 'refusing':
      return `It refuses what it is sent${sinceText(state.failingSince, now)}: ${reasonOf(state.lastError)}.`
  }
}

function sinceText(since: Date | null, now: Date): string {
  return since === null ? '' : ` for ${durationText(now.getTime() - since.getTime())}`
}

function reasonOf(error: string | null): string {
  return error === null ? 'no reason given' : maskUrls(oneLine(error)).replace(/\.$/, '')
}

/** When a channel sends, in words: "quiet from 22:00 to 07:00 (Europe/Berlin)", "a digest every day at 08:00 (UTC)". */
export function mannersText({ quiet, digest, group, fallback }: ChannelConfig): readonly string[] {
  const zone = (name: string) => ` (${name})`
  const except = (statuses: readonly string[]) =>
    statuses.length === 0 ? '' : `, but ${statuses.join(', ')} at once`
  return [
    ...(quiet === undefined
      ? []
      : [
          `quiet from ${clockText(quiet.from)} to ${clockText(quiet.to)}${zone(quiet.timeZone)}${except(quiet.except)}`,
        ]),
    ...(digest === undefined
      ? []
      : [
          `a digest every ${digest.every === 'day' ? 'day' : digest.on} at ${clockText(digest.at)}${zone(digest.timeZone)}${except(digest.except)}`,
        ]),
    ...(group && digest === undefined ? ['what comes together goes as one message'] : []),
    ...(fallback === undefined ? [] : [`what it does not take goes to ${fallback}`]),
  ]
}

/** Minutes after midnight as "07:30". */
export function clockText(minutes: number): string {
  const two = (number: number) => String(number).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** "2 wait, 1 given up"; empty where neither is so. */
export function openText({ counts: { waiting, dead } }: Pick<ListedChannel, 'counts'>): string {
  return [
    ...(waiting === 0 ? [] : [`${count(waiting, 'alert')} waiting`]),
    ...(dead === 0 ? [] : [`${dead.toLocaleString('en-GB')} given up`]),
  ].join(', ')
}
