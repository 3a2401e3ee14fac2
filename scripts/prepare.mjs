// Makes a checkout ready to run: the locked dependencies installed, the Prisma client generated, TypeScript compiled.
// Plain JavaScript without dependencies, because nothing may be installed yet.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const at = (...names) => join(root, ...names)
const tool = (path) => [process.execPath, at('node_modules', path)]

const steps = [
  {
    what: 'installing the locked dependencies',
    isStale: () => !isInstalled(),
    refusal: () =>
      lstatSync(at('node_modules'), { throwIfNoEntry: false })?.isSymbolicLink() === true
        ? 'node_modules is a link, and an install would empty the folder that it leads to; remove the link, or install there'
        : null,
    // dev dependencies too, whatever NODE_ENV says: the build needs the compiler
    command: () => [
      ...npm(),
      'ci',
      '--include=dev',
      '--include=optional',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ],
  },
  {
    what: 'generating the database client',
    stamp: at('src', 'store', 'generated', '.openwatch-generated'),
    inputs: [at('package-lock.json'), at('prisma', 'schema.prisma'), at('prisma.config.ts')],
    command: () => [...tool('prisma/build/index.js'), 'generate'],
    // Prisma looks for a schema engine that `generate` never runs: naming any executable saves a download
    env: {
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  },
  {
    what: 'building',
    buildOnly: true,
    stamp: at('dist', '.openwatch-built'),
    inputs: [
      at('package-lock.json'),
      at('prisma', 'schema.prisma'),
      at('tsconfig.json'),
      at('tsconfig.build.json'),
      at('src'),
    ],
    // it only leaves the types out: whether they are right is what "npm run check" asks, and nobody waits for that at a start
    command: () => [...tool('typescript/bin/tsc'), '-p', 'tsconfig.build.json'],
    after: () => {
      // stylesheets and scripts of the pages are served as they are
      cpSync(at('src', 'web', 'assets'), at('dist', 'web', 'assets'), { recursive: true })
      spawnSync(process.execPath, [at('scripts', 'read-ahead.mjs')], { stdio: 'inherit' })
    },
  },
]

/** Does what is missing or stale, and nothing else. Ends the process with 1 when a step fails, after saying which. */
export async function ready({ build }) {
  const due = () => steps.filter((step) => (build || !step.buildOnly) && isStale(step))
  if (due().length === 0) return
  const unlock = await lock()
  try {
    for (const step of due()) run(step)
  } finally {
    unlock()
  }
}

/** npm notes at the end of an install what it installed; packages of other platforms are missing there. */
function isInstalled() {
  const noted = at('node_modules', '.package-lock.json')
  if (!existsSync(noted)) return false
  const locked = Object.entries(JSON.parse(readFileSync(at('package-lock.json'), 'utf8')).packages)
  const installed = JSON.parse(readFileSync(noted, 'utf8')).packages
  return locked.every(
    ([path, { version, integrity, optional }]) =>
      path === '' ||
      (installed[path]?.version === version && installed[path].integrity === integrity) ||
      (optional === true && installed[path] === undefined),
  )
}

function isStale(step) {
  if (step.isStale !== undefined) return step.isStale()
  return !existsSync(step.stamp) || readFileSync(step.stamp, 'utf8') !== fingerprint(step.inputs)
}

function run(step) {
  const refusal = step.refusal?.() ?? null
  if (refusal !== null) {
    process.stderr.write(`openwatch: ${step.what} is left to you: ${refusal}\n`)
    process.exit(1)
  }
  process.stderr.write(`openwatch: ${step.what} …\n`)
  const [command, ...args] = step.command()
  const done = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...step.env },
    maxBuffer: 64 * 1024 * 1024,
  })
  if (done.status !== 0) {
    process.stderr.write(`${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}\n`)
    process.stderr.write(
      `openwatch: ${step.what} failed (${[command, ...args].join(' ')}); mend what is said above and try again\n`,
    )
    process.exit(1)
  }
  step.after?.()
  if (step.stamp !== undefined) writeFileSync(step.stamp, fingerprint(step.inputs))
}

/** npm's own script where npm runs us, so that no shell and no PATH are needed; else the one beside node. */
function npm() {
  const script = process.env.npm_execpath
  if (script !== undefined && /npm-cli\.js$/.test(script)) return [process.execPath, script]
  return process.platform === 'win32' ? ['cmd', '/c', 'npm'] : ['npm']
}

/** Sizes and times of files are enough: git and editors change both. The lock file counts by its content. */
function fingerprint(paths) {
  const hash = createHash('sha256')
  for (const path of paths) {
    if (path.endsWith('.json') || path.endsWith('.prisma')) hash.update(readFileSync(path))
    else for (const file of filesBelow(path)) hash.update(`${file.path}:${file.size}:${file.mtimeMs}\n`)
  }
  return hash.digest('hex')
}

function filesBelow(path) {
  const stat = statSync(path)
  if (!stat.isDirectory()) return [{ path, size: stat.size, mtimeMs: stat.mtimeMs }]
  return readdirSync(path)
    .filter((name) => name !== 'generated')
    .sort()
    .flatMap((name) => filesBelow(join(path, name)))
}

/** One process prepares, the others wait for it. The lock of a process that died is taken over. */
async function lock() {
  const path = at('.openwatch-preparing')
  for (;;) {
    try {
      mkdirSync(path)
      writeFileSync(join(path, 'pid'), String(process.pid))
      return () => rmSync(path, { recursive: true, force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    if (!isHeld(path)) rmSync(path, { recursive: true, force: true })
    else await sleep(200)
  }
}

function isHeld(path) {
  try {
    process.kill(Number(readFileSync(join(path, 'pid'), 'utf8')), 0)
    return true
  } catch (error) {
    if (error.code === 'EPERM') return true
    // no pid yet: its owner is between two lines, or died there a while ago
    return error.code === 'ENOENT' && existsSync(path) && Date.now() - statSync(path).mtimeMs < 5000
  }
}
