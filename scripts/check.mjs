// npm run check: lint, format, types, dependency rules, unused code, licences, regular expressions. All of them run, then the verdict.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ready } from './prepare.mjs'

await ready({ build: false })
const bin = (path) => fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url))
const checks = [
  ['lint', bin('eslint/bin/eslint.js'), '.'],
  ['format', bin('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.'],
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
const waiting = [...checks]

const env = process.stdout.isTTY ? { FORCE_COLOR: '1', ...process.env } : process.env

/** Runs what waits, one after the other; what a check says is printed when it has ended. */
async function work() {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const [name, script, ...args] = next
    const { code, said } = await run(script, args)
    process.stdout.write(`${said}check: ${name}: ${code === 0 ? 'clean' : 'FAILED'}\n`)
    if (code !== 0) failed.push(name)
  }
}

function run(script, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env })
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (said += text))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, said }))
  })
}

// linting takes as long as all others together: two at a time are enough, and more would want more memory than small machines have
await Promise.all([work(), work()])
if (failed.length > 0) {
  process.stdout.write(`check failed: ${failed.join(', ')}\n`)
  process.exit(1)
}
