import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { createMetrics } from '../../src/metrics/metrics.ts'

const deploy = fileURLToPath(new URL('../../deploy/', import.meta.url))
const read = (name: string) => readFile(`${deploy}${name}`, 'utf8')

const metrics = createMetrics({
  version: '0',
  kind: 'start',
  load: { statements: 0, seconds: 0, failures: 0 },
  connections: () => ({ total: 0, idle: 0, waiting: 0 }),
  lastHeartbeat: () => null,
  vitals: () => Promise.resolve(null),
  processes: () => Promise.resolve([]),
})

/** Names of all metrics that a process tells, with those that make up a histogram. */
async function told(): Promise<Set<string>> {
  const types = [...(await metrics.text()).matchAll(/^# TYPE (\S+) (\S+)$/gm)]
  return new Set(
    types.flatMap(([, name = '', type]) =>
      type === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => `${name}${end}`) : [name],
    ),
  )
}

function namesIn(expression: string): string[] {
  return [...expression.matchAll(/\b(?:openwatch|nodejs|process)_\w+/g)].map(([name]) => name)
}

const rulesSchema = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          annotations: z.object({ summary: z.string(), description: z.string() }),
        }),
      ),
    }),
  ),
})

const dashboardSchema = z.object({
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })) })),
})

test('every metric that an alert rule names is told, and every rule says what to do', async () => {
  const { groups } = rulesSchema.parse(parse(await read('openwatch-alerts.yml')))
  const rules = groups.flatMap((group) => group.rules)
  expect(rules.length).toBeGreaterThan(5)
  const known = await told()
  for (const { alert, expr, annotations } of rules) {
    const names = namesIn(expr)
    expect(names.length, alert).toBeGreaterThan(0)
    expect(
      names.filter((name) => !known.has(name)),
      alert,
    ).toEqual([])
    expect(annotations.description.length, alert).toBeGreaterThan(20)
  }
})

test('every metric on the dashboard is told, and every metric of openwatch is on it', async () => {
  const { panels } = dashboardSchema.parse(JSON.parse(await read('grafana-dashboard.json')))
  const shown = new Set(panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => namesIn(expr))))
  const known = await told()
  expect([...shown].filter((name) => !known.has(name))).toEqual([])
  const own = [...known].filter((name) => name.startsWith('openwatch_') && !/_(?:sum|count)$/.test(name))
  const elsewhere = ['openwatch_build_info', 'openwatch_heartbeat_timestamp_seconds']
  expect(own.filter((name) => !shown.has(name))).toEqual(elsewhere)
})

test('every file here is said to be there by the guide to operations', async () => {
  const guide = await readFile(`${deploy}../docs/operations.md`, 'utf8')
  for (const name of await readdir(deploy)) expect(guide, name).toContain(`deploy/${name}`)
})

const composeSchema = z.object({
  services: z.record(
    z.string(),
    z.object({ command: z.array(z.string()), environment: z.record(z.string(), z.string()).default({}) }),
  ),
})

test('the services of several processes run commands that there are, on the same database, without a password written down', async () => {
  const { services } = composeSchema.parse(parse(await read('compose.workers.yaml')))
  expect(Object.values(services).flatMap(({ command }) => command)).toEqual(['web', 'worker'])
  const one = await readFile(`${deploy}../compose.yaml`, 'utf8')
  expect(one).toContain(`DATABASE_URL: ${services['worker']?.environment['DATABASE_URL'] ?? '?'}`)
})

test('the units run commands that there are, and start again whatever happens', async () => {
  const units = (await readdir(deploy)).filter((name) => name.endsWith('.service'))
  const commands = await Promise.all(
    units.map(async (name) => {
      const text = await read(name)
      expect(text, name).toMatch(/^Restart=always$/m)
      expect(text, name).toMatch(/^User=openwatch$/m)
      return /^ExecStart=\/usr\/bin\/node \/opt\/openwatch\/bin\/openwatch\.mjs (\w+)$/m.exec(text)?.[1]
    }),
  )
  expect(commands.sort()).toEqual(['start', 'web', 'worker'])
})
