// npm run fuzz [-- NAME…] [-- --minutes N] [-- --seed S] [-- --json]: tries everything that comes in from outside.
import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { renderJson, renderText, type Tried } from './print.ts'
import { targets } from './registry.ts'
import type { FuzzTarget } from './target.ts'
import { tryTarget } from './try-target.ts'

const usage = `usage: npm run fuzz [-- NAME…] [-- --minutes N] [-- --seed S] [-- --path P] [-- --json]
${targets.map(({ name, about }) => `  ${name.padEnd(14)} ${about}\n`).join('')}`

interface Wanted {
  readonly targets: readonly FuzzTarget[]
  readonly minutes: number
  readonly seed: number
  readonly path: string | undefined
  readonly json: boolean
}

function wantedBy(args: readonly string[]): Wanted | null {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '1' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
      path: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  })
  const [minutes, seed] = [Number(values.minutes), Number(values.seed)]
  const known = positionals.every((name) => targets.some((target) => target.name === name))
  if (!known || !Number.isSafeInteger(seed) || !(minutes >= 0)) return null
  return {
    targets: targets.filter(({ name }) => positionals.length === 0 || positionals.includes(name)),
    ...{ minutes, seed, path: values.path, json: values.json },
  }
}

function readArguments(): Wanted | null {
  try {
    return wantedBy(process.argv.slice(2))
  } catch (error) {
    process.stderr.write(`fuzz: ${error instanceof Error ? error.message : String(error)}\n`)
    return null
  }
}

const folder = new URL('../../fuzz-findings/', import.meta.url)

/** Keeps what was found: the smallest input, and how it is tried again. */
async function keep({ target, session }: Tried): Promise<void> {
  if (session.findings.length > 0) await mkdir(folder, { recursive: true })
  for (const { seed, path, what, error, input } of session.findings) {
    const again = `npm run fuzz -- ${target} --seed ${seed}${path === '' ? '' : ` --path ${path}`}`
    const file = new URL(`${target}-${seed}.txt`, folder)
    await writeFile(file, `${what}\n\nagain: ${again}\n\ninput: ${input}\n\n${error}\n`)
    process.stderr.write(
      `fuzz: ${target}: ${what}\n      again: ${again}\n      kept: ${fileURLToPath(file)}\n`,
    )
  }
}

const wanted = readArguments()
if (wanted === null) {
  process.stderr.write(usage)
  process.exit(2)
}
const all: Tried[] = []
for (const target of wanted.targets) {
  process.stderr.write(`fuzz: ${target.name} (${target.about}) …\n`)
  const tried = await tryTarget(target, {
    seed: wanted.seed,
    forMs: wanted.minutes * 60_000,
    path: wanted.path,
  })
  await keep(tried)
  all.push(tried)
}
process.stdout.write(wanted.json ? renderJson(all) : renderText(all))
process.exit(all.every(({ session }) => session.findings.length === 0) ? 0 : 1)
