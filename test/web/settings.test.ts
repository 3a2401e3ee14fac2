import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadConfig } from '../../src/config/load.ts'
import { settingsRoutes } from '../../src/web/routes/settings.ts'
import { configFolder } from '../config/folder.ts'
import { testConfig, testSystem, type TestSystem } from '../support/system.ts'

const env = { HOOK: 'https://hook.example/very-secret', OPENWATCH_PORT: '9000', SMTP: 'hush-hush' }
const yaml = `polling: { timeout: 20s }
server: { publicUrl: "https://somebody:pass@watch.example/" }
channels:
  hook: { type: webhook, url: "\${HOOK}" }
  team: { type: slack, url: "https://hooks.slack.com/services/T0/B0/topsecret" }
  mail: { type: email, host: smtp.example, from: a@example.org, to: b@example.org, user: me, password: "\${SMTP}" }
outlets: { established: [reuters.com] }
`

const cleaning: (() => Promise<void>)[] = []
let system: TestSystem
let folder: string
let app: FastifyInstance

beforeAll(async () => {
  folder = await configFolder({ 'openwatch.yaml': yaml }, (clean) => void cleaning.push(clean))
  const loaded = await loadConfig({ directory: folder, env, now: new Date() })
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems))
  system = await testSystem({ config: await testConfig() })
  app = fastify()
  await app.register(settingsRoutes({ ...system, config: () => loaded.config }, env))
})

afterAll(async () => {
  await app.close()
  await system.end()
  for (const clean of cleaning) await clean()
})

const page = async () => (await app.inject('/settings')).body

/** The cells of the row of a setting, as text. */
async function row(name: string): Promise<string> {
  const found = new RegExp(`<tr[^>]*><th scope="row"><code>${name}</code>.*?</tr>`).exec(await page())
  return (found?.[0] ?? '').replaceAll(/<[^>]+>/g, '|')
}

describe('the settings', () => {
  it('stand with their value and where it comes from', async () => {
    expect(await row('timeout')).toMatch(/\|20s\|+openwatch\.yaml, line 1\|/)
    expect(await row('port')).toMatch(/\|9000\|+environment, OPENWATCH_PORT\|/)
    expect(await row('maxBody')).toMatch(/\|10MB\|+default\|/)
    expect(await row('evidence\\.independentOrigins')).toMatch(/\|2\|+default\|/)
    expect(await page()).toContain('reuters.com')
  })

  it('show no secret, wherever it comes from', async () => {
    const shown = await page()
    for (const secret of ['very-secret', 'topsecret', 'hush-hush', 'pass@'])
      expect(shown).not.toContain(secret)
    expect(shown).toMatch(/environment, HOOK \(line 4\)/)
  })

  it('say what is wrong with the files now, while the old ones stay in use', async () => {
    await writeFile(join(folder, 'openwatch.yaml'), `${yaml}pollling: <script>alert(1)</script>\n`)
    try {
      const shown = await page()
      expect(shown).toContain('1 mistake in the files.')
      expect(shown).toMatch(/openwatch\.yaml:8[^]*did you mean &quot;polling&quot;\?/)
      expect(shown).not.toContain('<script>alert')
      await writeFile(join(folder, 'openwatch.yaml'), 'polling: [')
      expect(await page()).toContain('not valid YAML')
    } finally {
      await writeFile(join(folder, 'openwatch.yaml'), yaml)
    }
    expect(await page()).not.toContain('in the files.</strong>')
  })
})
