import type { WatchItem } from '../matching/watch-item.ts'
import type { Kind } from '../status/kind.ts'
import type { Grade } from '../status/status.ts'
import { masked } from './mask.ts'
import type { Settings } from './schema.ts'
import type { ChannelConfig } from './schema/channel.ts'

/** A watch item that a file of the configuration manages. */
export interface ConfiguredWatchItem extends WatchItem {
  /** The file it stands in. */
  readonly file: string
  /** False where `since` was left out and stands for the time of loading: the first time it was seen should be kept. */
  readonly sinceGiven: boolean
}

/** The whole configuration, checked, defaults filled in. Times in milliseconds, sizes in bytes. */
export interface Config extends Omit<Settings, 'outlets' | 'channels'> {
  readonly directory: string
  /** Grade by registrable domain; an outlet that is not here is `other`. */
  readonly outlets: ReadonlyMap<string, Grade>
  readonly channels: readonly ChannelConfig[]
  readonly watchItems: readonly ConfiguredWatchItem[]
  /** By id: those that openwatch brings along, and the user's own, which win. */
  readonly kinds: ReadonlyMap<string, Kind>
  /** JSON Feed files with the story so far, to be backfilled on the first start. */
  readonly historyFiles: readonly string[]
  /** Texts that are never to be shown: they came from the environment or are secret by nature. */
  readonly secrets: ReadonlySet<string>
}

/** The configuration as plain data to show: what came from the environment, secrets and passwords in addresses are `•••`. */
export function maskedConfig(config: Config): Record<string, unknown> {
  const { secrets, kinds, ...shown } = config
  return masked({ ...shown, kinds: [...kinds.keys()] }, secrets) as Record<string, unknown>
}
