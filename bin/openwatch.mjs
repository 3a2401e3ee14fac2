#!/usr/bin/env node
// The bin. In a checkout it first sees to it that dependencies, the Prisma client and the build are there and fresh.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`openwatch needs Node.js 20.19 or newer, this is ${process.versions.node}`)
  process.exit(1)
}
if (existsSync(fileURLToPath(new URL('../src', import.meta.url)))) {
  const { ready } = await import('../scripts/prepare.mjs')
  await ready({ build: true })
}
const { main } = await import('../dist/main.js')
process.exitCode = await main(process.argv.slice(2))
