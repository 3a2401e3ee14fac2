import { readFileSync } from 'node:fs'

/** The version of openwatch, from its package.json. Read without zod, which takes longer to load than all of --version. */
export function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  const { version } = JSON.parse(text) as { readonly version: string }
  return version
}
