import { join } from 'node:path'
import { expect, it } from 'vitest'
import { maskedConfig } from '../../src/config/config.ts'
import { loadConfig } from '../../src/config/load.ts'
import { configFolder } from './folder.ts'

const hash = `scrypt:17:8:1:${'s'.repeat(22)}:${'k'.repeat(43)}`

async function load(settings: string, env: Record<string, string> = {}) {
  const directory = await configFolder({ 'openwatch.yaml': settings })
  return loadConfig({ directory, env, now: new Date() })
}

async function serverOf(settings: string, env: Record<string, string> = {}) {
  const loaded = await load(settings, env)
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems))
  return loaded.config.server
}

async function problemsOf(settings: string, env: Record<string, string> = {}) {
  const loaded = await load(settings, env)
  return loaded.ok ? [] : loaded.problems.map(({ path, message, fix }) => [path, message, fix].join(' | '))
}

it('takes a password from the file that OPENWATCH_PASSWORD_FILE names, as Docker secrets are, above the file', async () => {
  const folder = await configFolder({ secret: 'four random words here\n' })
  const env = { OPENWATCH_PASSWORD_FILE: join(folder, 'secret') }
  const server = await serverOf(`server: { passwordHash: "${hash}" }`, env)
  expect(server.password).toBe('four random words here')
  expect(server.passwordHash).toBeUndefined()
})

it('takes a hash from OPENWATCH_PASSWORD_HASH above a password of the file', async () => {
  const server = await serverOf('server: { password: four random words }', { OPENWATCH_PASSWORD_HASH: hash })
  expect(server).toMatchObject({ passwordHash: hash })
  expect(server.password).toBeUndefined()
})

it('shows neither', async () => {
  const loaded = await load('server: { password: four random words }')
  const fromOutside = await load('', { OPENWATCH_PASSWORD: 'five random words there' })
  for (const one of [loaded, fromOutside]) {
    if (!one.ok) throw new Error('it is fine')
    expect(JSON.stringify(maskedConfig(one.config))).not.toContain('random words')
  }
})

it('refuses what is no password, and says which variable it is', async () => {
  expect(await problemsOf('', { OPENWATCH_PASSWORD: 'short' })).toEqual([
    expect.stringMatching(/^OPENWATCH_PASSWORD \| the password has 5 characters; it needs at least 10 \| /),
  ])
  expect(await problemsOf('', { OPENWATCH_PASSWORD_HASH: '$2b$10$other' })).toEqual([
    'OPENWATCH_PASSWORD_HASH | this is no hash of a password | write what "openwatch passwd --hash" prints',
  ])
  expect(await problemsOf('', { OPENWATCH_PASSWORD_FILE: '/nowhere/secret' })).toEqual([
    expect.stringMatching(
      /^OPENWATCH_PASSWORD \| the file that OPENWATCH_PASSWORD_FILE names, .* cannot be read/,
    ),
  ])
})

it('tells of a password that is too short without telling it', async () => {
  expect((await problemsOf('server: { password: "qwertz" }')).join()).not.toContain('qwertz')
})

it('knows proxies by address, range and sort', async () => {
  const server = await serverOf(
    'server: { trustProxy: [127.0.0.1, 172.16.0.0/12, "fd00::/8", loopback, private] }',
  )
  expect(server.trustProxy).toEqual(['127.0.0.1', '172.16.0.0/12', 'fd00::/8', 'loopback', 'uniquelocal'])
  expect((await serverOf('server: { trustProxy: 10.0.0.1 }')).trustProxy).toEqual(['10.0.0.1'])
  expect(await problemsOf('server: { trustProxy: [true] }')).toHaveLength(1)
  expect((await problemsOf('server: { trustProxy: [everybody] }')).join()).toContain(
    'write the address of the proxy',
  )
})
