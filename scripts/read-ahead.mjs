// A step of the build: what the shipped files of the configuration come to, for src/config/read-ahead.ts.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { readAheadName } from '../dist/config/read-ahead.js'
import { parseSource } from '../dist/config/source.js'

const config = fileURLToPath(new URL('../config/', import.meta.url))
const directory = fileURLToPath(new URL('../dist/config/read-ahead/', import.meta.url))

rmSync(directory, { recursive: true, force: true })
mkdirSync(directory)
// an image may bring them along later
const names = existsSync(config) ? readdirSync(config, { recursive: true }) : []
for (const name of names.filter((one) => one.endsWith('.yaml'))) {
  const text = readFileSync(config + name, 'utf8')
  const read = parseSource(name, text)
  if (!read.ok) continue
  const { data } = read.source
  const json = JSON.stringify(data)
  if (isDeepStrictEqual(JSON.parse(json), data)) writeFileSync(directory + readAheadName(text), json)
}
