import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { expect, it } from 'vitest'
import { startCommand } from './command.ts'

const folders = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('openwatch-demo-'))

it('openwatch demo tells the story with its quotes, ends with "happened", and leaves nothing behind', async () => {
  const before = await folders()
  // neither is used: the demo brings its own
  const running = startCommand(['demo'], {
    DATABASE_URL: 'postgres://127.0.0.1:1/x',
    OPENWATCH_CONFIG: '/nowhere',
  })
  const { code, out, err } = await running.ended
  expect({ code, err }).toEqual({ code: 0, err: '' })
  const alerts = [...out.matchAll(/^\S (\w+) → (\w+) {2}(\d+ \w+ \d{4})/gm)].map(([, from, to, day]) => [
    from,
    to,
    day,
  ])
  expect(alerts).toContainEqual(['open', 'announced', '31 March 2025'])
  expect(alerts).toContainEqual(['announced', 'delayed', '10 June 2025'])
  expect(alerts).toContainEqual(['delayed', 'happened', '5 August 2025'])
  expect(alerts).toContainEqual(['open', 'happened', '29 October 2025'])
  expect(out).toContain('“OpenAI delays its open-weight model until later this summer”')
  const report = out.slice(out.indexOf('Afterwards'))
  expect(report.match(/^● happened /gm)).toHaveLength(3)
  expect(report).toContain('since 5 August 2025')
  expect(out).not.toContain('\u001b')
  expect((await folders()).filter((name) => !before.includes(name))).toEqual([])
}, 90_000)

it('Ctrl-C in the middle of the demo ends it at once, and nothing is left', async () => {
  const before = await folders()
  const running = startCommand(['demo'], {})
  await running.saying('open → announced')
  const began = performance.now()
  running.child.kill('SIGINT')
  const { code, out } = await running.ended
  expect(performance.now() - began).toBeLessThan(5000)
  expect(code).toBe(0)
  expect(out).toContain('The demo is stopped; what it made is removed again.')
  expect(out).not.toContain('Afterwards')
  expect((await folders()).filter((name) => !before.includes(name))).toEqual([])
}, 60_000)
