import type { Config } from '../../src/config/config.ts'
import { shippedDirectory } from '../../src/config/directory.ts'
import { loadConfig } from '../../src/config/load.ts'

/** The configuration that openwatch brings along, as it is read at `now`. Throws with every mistake in it. */
export const shippedConfig = async (now = new Date()): Promise<Config> => {
  const loaded = await loadConfig({ directory: shippedDirectory(), env: {}, now })
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('; '))
  return loaded.config
}
