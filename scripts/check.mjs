// npm run check: format, lint, types, dependency rules, unused code, licences, regular expressions. All of them run, then the verdict.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ready } from './prepare.mjs'

await ready({ build: false })
const bin = (path) => fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url))
const checks = [
  ['format', bin('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.'],
  ['lint', bin('eslint/bin/eslint.js'), '.'],
  ['types', bin('typescript/bin/tsc'), '-p', 'tsconfig.json'],
  ['types of page scripts', bin('typescript/bin/tsc'), '-p', 'src/web/assets'],
  [
    'dependency rules',
    bin('dependency-cruiser/bin/dependency-cruise.mjs'),
    'src',
    '--config',
    '.dependency-cruiser.cjs',
  ],
  ['unused code', bin('knip/bin/knip.js')],
  ['regular expressions', fileURLToPath(new URL('regexps.mjs', import.meta.url))],
  ['licences and versions', fileURLToPath(new URL('licences.mjs', import.meta.url))],
]
const failed = []
for (const [name, script, ...args] of checks) {
  const { status } = spawnSync(process.execPath, [script, ...args], { stdio: 'inherit' })
  process.stdout.write(`check: ${name}: ${status === 0 ? 'clean' : 'FAILED'}\n`)
  if (status !== 0) failed.push(name)
}
if (failed.length > 0) {
  process.stdout.write(`check failed: ${failed.join(', ')}\n`)
  process.exit(1)
}
