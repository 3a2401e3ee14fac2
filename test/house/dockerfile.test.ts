import { spawnSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (name: string) => readFile(join(root, name), 'utf8')
const image = await mkdtemp(join(tmpdir(), 'openwatch-image-'))
afterAll(() => rm(image, { recursive: true, force: true }))

/** One source of a COPY line. `from` is null where it is taken from the checkout. */
interface Copy {
  readonly stage: number
  readonly from: string | null
  readonly source: string
  readonly target: string
}

const copies = copiesOf(await read('Dockerfile'))
const lastStage = Math.max(...copies.map((copy) => copy.stage))

function copiesOf(dockerfile: string): Copy[] {
  let stage = 0
  return dockerfile.split('\n').flatMap((line) => {
    if (line.startsWith('FROM ')) stage += 1
    const words = line.split(/\s+/)
    if (words[0] !== 'COPY') return []
    const from = /^--from=(.+)$/.exec(words[1] ?? '')?.[1] ?? null
    const paths = words.slice(from === null ? 1 : 2)
    const target = paths.at(-1) ?? ''
    return paths.slice(0, -1).map((source) => ({ stage, from, source, target }))
  })
}

const lockSchema = z.object({
  packages: z.record(z.string(), z.object({ dev: z.boolean().optional(), optional: z.boolean().optional() })),
})

/** The image's node_modules: what `npm ci --omit=dev --omit=optional` installs, as links into the checkout's. */
async function linkRuntimeDependencies(into: string): Promise<void> {
  const { packages } = lockSchema.parse(JSON.parse(await read('package-lock.json')))
  const names = Object.entries(packages).flatMap(([path, { dev, optional }]) => {
    const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path)?.[1]
    return name === undefined || dev === true || optional === true ? [] : [name]
  })
  for (const name of names) {
    await mkdir(dirname(join(into, name)), { recursive: true })
    await symlink(join(root, 'node_modules', name), join(into, name), 'junction')
  }
}

describe('the image', () => {
  it('is made of files that the checkout has and the build context keeps', async () => {
    const kept = (await read('.dockerignore')).split('\n').filter((line) => line.startsWith('!'))
    const sources = copies.filter((copy) => copy.from === null).map((copy) => copy.source)
    expect(sources.length).toBeGreaterThan(8)
    for (const source of sources) {
      expect(existsSync(join(root, source)), `${source} exists`).toBe(true)
      expect(kept, `${source} is in the build context`).toContain(`!${source.split('/')[0] ?? ''}`)
    }
  })

  it('runs on what its last stage copies and the runtime dependencies alone', async () => {
    for (const { source, target } of copies.filter((copy) => copy.stage === lastStage)) {
      const name = source.replace(/^\/app\//, '')
      const at = target === './' ? join(image, name) : join(image, target)
      if (name === 'node_modules') await linkRuntimeDependencies(at)
      else await cp(join(root, name), at, { recursive: true })
    }
    expect(existsSync(join(image, 'node_modules', 'vitest'))).toBe(false)
    const ran = spawnSync(process.execPath, ['bin/openwatch.mjs', 'check-config'], {
      cwd: image,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] },
    })
    expect(ran.stderr).toBe('')
    expect(ran.stdout).toMatch(/^config ok: /)
    expect(ran.status).toBe(0)
  })

  it('runs as an unprivileged user and is asked for its health', async () => {
    const lines = (await read('Dockerfile')).split('\n')
    expect(lines.findLast((line) => line.startsWith('USER '))).toBe('USER node')
    expect(lines.filter((line) => line.startsWith('HEALTHCHECK '))).toHaveLength(1)
  })
})

const composeSchema = z.object({
  services: z.record(
    z.string(),
    z.object({
      ports: z.array(z.string()).default([]),
      environment: z.record(z.string(), z.string()),
      healthcheck: z.unknown().optional(),
    }),
  ),
})

describe('the compose file', () => {
  it('opens ports to this machine only and has no password in it', async () => {
    const { services } = composeSchema.parse(parse(await read('compose.yaml')))
    const ports = Object.values(services).flatMap((service) => service.ports)
    expect(ports).not.toHaveLength(0)
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([])
    expect(services['postgres']?.ports).toEqual([])
    expect(services['postgres']?.environment['POSTGRES_PASSWORD']).toMatch(/^\$\{POSTGRES_PASSWORD:\?.+\}$/)
    expect(services['openwatch']?.environment['DATABASE_URL']).toContain(':${POSTGRES_PASSWORD:?')
    expect(services['postgres']?.healthcheck).toBeDefined()
  })
})
