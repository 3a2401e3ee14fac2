import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Environment } from './environment.ts'

/** The file that makes a folder a configuration. */
export const settingsFile = 'openwatch.yaml'

/** The configuration that openwatch brings along. */
export function shippedDirectory(): string {
  return fileURLToPath(new URL('../../config', import.meta.url))
}

/** Where the configuration is: OPENWATCH_CONFIG, else `config` in the working directory, else the one brought along. */
export function configDirectory(env: Environment, cwd: string): string {
  const named = env['OPENWATCH_CONFIG']
  if (named !== undefined && named !== '') return resolve(cwd, named)
  const own = join(cwd, 'config')
  return existsSync(join(own, settingsFile)) ? own : shippedDirectory()
}
