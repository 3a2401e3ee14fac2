import type { Config } from './config.ts'
import { settingsSchema } from './schema.ts'

/** The configuration of an empty file, for reading what is stored while the files have mistakes. Nothing may be synced by it. */
export function defaultConfig(directory: string): Config {
  const { channels, ...settings } = settingsSchema.parse({})
  return {
    ...settings,
    directory,
    outlets: new Map(),
    channels: Object.entries(channels).map(([id, channel]) => ({ id, ...channel })),
    watchItems: [],
    kinds: new Map(),
    historyFiles: [],
    secrets: new Set(),
  }
}
