import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { shippedDirectory } from '../../src/config/directory.ts'
import { configFolder } from '../config/folder.ts'
import { startFeedServer, type FeedServer } from '../support/feed-server.ts'
import { rss } from '../support/feed-text.ts'
import { command, dataFolder, linesWiderThan, startCommand, type Running } from './command.ts'
import { inProcess, type Said } from './in-process.ts'

const shipped = join(shippedDirectory(), 'history', 'openai-open-weights.json')
const mistral = 'Will Mistral release Mistral Large 3 with open weights?'

let server: FeedServer
let data: Awaited<ReturnType<typeof dataFolder>>
let config: string
let env: Record<string, string>
let daemon: Running
const cleaning: (() => Promise<void>)[] = []

const run = (...args: string[]): Promise<Said> => inProcess(args, { env })

/** Runs a command that must come to a good end, and gives what it printed. */
async function done(...args: string[]): Promise<string> {
  const { code, out, err } = await run(...args)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return out
}

/** Waits until `check` gives something; throws after so many milliseconds. */
async function within<T>(milliseconds: number, check: () => Promise<T | null>): Promise<T> {
  const began = performance.now()
  for (;;) {
    const found = await check()
    if (found !== null) return found
    if (performance.now() - began > milliseconds) throw new Error(`not within ${milliseconds} ms`)
    await sleep(50)
  }
}

async function page(): Promise<string> {
  const url = /The report: (\S+)/.exec(daemon.said.out)?.[1] ?? ''
  return (await fetch(`${url}status.json`)).text()
}

function watchFile(...ids: string[]): string {
  return `items:\n${ids.map((id) => `  - { id: ${id}, question: "Will ${id} be released?", subject: ${id} }\n`).join('')}`
}

beforeAll(async () => {
  server = await startFeedServer()
  server.set('/feed', { body: rss([{ id: '1', title: 'Nothing of interest' }]) })
  config = await configFolder(
    {
      'openwatch.yaml':
        `feeds: ["${server.url}/feed", "${server.url}/broken"]\n` +
        'polling: { allowPrivateHosts: [127.0.0.1], interval: { min: 1s } }\n',
      'watch/a.yaml': watchFile('gizmo'),
    },
    (clean) => cleaning.push(clean),
  )
  data = await dataFolder()
  env = { OPENWATCH_DATA: data.path, OPENWATCH_CONFIG: config }
  daemon = startCommand(['start'], env)
  await daemon.saying('Stop with Ctrl-C.')
})

afterAll(async () => {
  daemon.child.kill('SIGKILL')
  await daemon.ended
  await server.close()
  await data.remove()
  for (const clean of cleaning) await clean()
})

describe('beside the running daemon', () => {
  it('the daemon has said where the report is, and it is there', async () => {
    expect(daemon.said.out).toMatch(
      /openwatch is watching 1 question over 2 feeds\.\nThe report: http:\/\/127\.0\.0\.1:\d+\/\n/,
    )
    expect(await page()).toContain('Will gizmo be released?')
  })

  it('status --json has what scripts need', async () => {
    const report = JSON.parse(await done('status', '--json')) as { items: unknown[]; feeds: unknown }
    expect(report.items).toEqual([
      expect.objectContaining({
        id: 'gizmo',
        question: 'Will gizmo be released?',
        status: 'open',
        since: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
        expected: null,
        disputed: false,
        evidence: [],
      }),
    ])
    expect(report.feeds).toMatchObject({ total: 2 })
  })

  it('backfill reads a file once, and the evidence has its quotes', async () => {
    expect(await done('backfill', shipped)).toMatch(
      /: 42 entries, 42 of them new, \d+ matched .*, 0 skipped\n$/,
    )
    expect(await done('backfill', shipped)).toBe('openai-open-weights.json was read before; nothing to do\n')
  })

  it('add puts a question under watch, which knows its past at once; its id is taken then', async () => {
    const weights = [
      'When will OpenAI release its open-weight model?',
      '--subject',
      'open-weight model',
      '--id',
      'weights',
    ]
    const added = await done(
      'add',
      ...weights,
      '--context',
      'OpenAI',
      '--official',
      'openai.com',
      '--since',
      '2025-01-01',
    )
    expect(added).toMatch(/^watching weights: When will/)
    expect(added).toContain('happened')
    const [item] = (
      JSON.parse(await done('status', '--json')) as { items: { evidence: unknown[] }[] }
    ).items.filter((one) => 'id' in one && one.id === 'weights')
    expect(item?.evidence[0]).toMatchObject({
      url: expect.stringMatching(/^https:/) as string,
      outlet: 'openai.com',
      quote: expect.stringMatching(/open-weight/) as string,
      claimedAt: expect.stringMatching(/^2025-08-05/) as string,
    })

    const question = [mistral, '--subject', 'Mistral Large 3', '--kind', 'release']
    expect(await done('add', ...question)).toMatch(/will-mistral-release/)
    const again = await run('add', ...question)
    expect(again.err).toMatch(
      /^openwatch: there is a watch item "will-mistral-release\S*" already; .*--id will-mistral-release\S*\n/,
    )
    expect(again.code).toBe(2)
  })

  it('items are listed, shown, paused, resumed and removed', async () => {
    const list = await done('items', 'list')
    expect(list).toMatch(/^gizmo +open +watching +config/m)
    expect(list).toMatch(/^will-mistral-release\S* +open +watching +user/m)
    const id = /^will-mistral-release\S*/m.exec(list)?.[0] ?? ''
    expect(await done('items', 'show', id)).toMatch(/question +Will Mistral[^]*subject +Mistral Large 3/)
    expect(await done('items', 'pause', id)).toContain('is paused')
    expect(await done('items', 'list')).toMatch(/^will-mistral-release\S* +open +paused/m)
    expect(await done('items', 'resume', id)).toContain('is watched again')
    expect(await done('items', 'remove', id)).toContain('its history is kept')
    const refused = await run('items', 'remove', 'gizmo')
    expect(refused.err).toMatch(/^openwatch: "gizmo" is managed by the configuration: remove it from .*watch/)
    expect(refused.code).toBe(2)
  })

  it('feeds are added, listed with their health, polled and removed; those of the configuration are not', async () => {
    server.set('/more', {
      body: rss([{ id: '2', title: 'Gizmo 2 has been released', link: 'https://gizmo.example/2' }]),
    })
    const number = /feed #(\d+) added/.exec(await done('feeds', 'add', `${server.url}/more`))?.[1] ?? ''
    expect((await run('feeds', 'add', `${server.url}/more`)).err).toMatch(
      /is polled already \(#\d+, from user\)/,
    )
    expect(await done('poll', number)).toMatch(/^#.*outcome/)
    const list = await done('feeds', 'list')
    expect(list).toMatch(/^3 feeds: 2 healthy, 1 failing\n/)
    expect(list).toMatch(/healthy .*127\.0\.0\.1/)
    expect(list).toMatch(/! #\d+ .*\/broken\n +failing for .*answered 404/)
    expect(await done('feeds', 'remove', number)).toContain('is not polled any more; its entries are kept')
    const refused = await run('feeds', 'remove', `${server.url}/feed`)
    expect(refused.err).toMatch(/is managed by the configuration: remove it from .*openwatch\.yaml/)
    expect(refused.code).toBe(2)
    expect((await run('poll', `${server.url}/broken`)).code).toBe(1)
  })

  it('what is printed into a pipe has no escape codes and fits 80 columns', async () => {
    const printed = [
      await done('status'),
      await done('status', 'weights'),
      await done('items', 'list'),
      await done('items', 'show', 'weights'),
      await done('feeds', 'list'),
      await done('alerts', 'list'),
      daemon.said.out,
    ].join('\n')
    expect(printed).not.toContain('\u001b')
    expect(linesWiderThan(80, printed)).toEqual([])
    const forced = await command(['status'], { ...env, FORCE_COLOR: '1' })
    expect(forced.out).toContain('\u001b[')
    const both = await command(['status'], { ...env, FORCE_COLOR: '1', NO_COLOR: '1' })
    expect(both.out).not.toContain('\u001b')
  })

  it('a second daemon on the same data joins, says so, and leaves alone', async () => {
    const port = /The report: http:\/\/127\.0\.0\.1:(\d+)/.exec(daemon.said.out)?.[1] ?? ''
    const second = startCommand(['start'], { ...env, OPENWATCH_PORT: port })
    await second.saying(
      `Another openwatch on the same database serves the report at http://127.0.0.1:${port}/`,
    )
    second.child.kill('SIGINT')
    expect((await second.ended).code).toBe(0)
    expect(await page()).toContain('gizmo')
  })
})

describe('a change of the configuration reaches the running daemon', () => {
  it('a new item is watched, one that is gone is retired with its history kept', async () => {
    const has = (id: string, wanted: boolean) => async () =>
      (await page()).includes(`"${id}"`) === wanted ? true : null
    await writeFile(join(config, 'watch/b.yaml'), watchFile('widget'))
    await within(15_000, has('widget', true))
    await rm(join(config, 'watch/b.yaml'))
    await within(15_000, has('widget', false))
    expect(await done('items', 'list')).toMatch(/^widget +open +retired/m)
  })

  it('one with mistakes is told, and the old one stays', async () => {
    await writeFile(join(config, 'watch/a.yaml'), 'items:\n  - { id: gizmo, question: "What?", subjet: x }\n')
    await daemon.saying('The old configuration stays in use until this is mended.')
    expect(daemon.said.err).toMatch(/did you mean "subject"\?/)
    expect(await page()).toContain('Will gizmo be released?')
    await writeFile(join(config, 'watch/a.yaml'), watchFile('gizmo'))
  })
})

describe('the end', () => {
  it('comes within 5 s of SIGTERM, with 0, and the database server is stopped', async () => {
    const began = performance.now()
    daemon.child.kill('SIGTERM')
    const { code, err } = await daemon.ended
    expect(performance.now() - began).toBeLessThan(5000)
    expect(code).toBe(0)
    expect(err).not.toMatch(/\n\s+at |"level":[56]0/)
    expect(err).toContain('stopping (SIGTERM)')
  })
})
