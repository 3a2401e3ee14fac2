import { mkdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, type TestContext } from 'vitest'
import { watchConfig } from '../../src/config/watch-directory.ts'
import { configFolder } from './folder.ts'

async function watched({ onTestFinished }: TestContext, files: Readonly<Record<string, string>> = {}) {
  const directory = await configFolder(files, onTestFinished)
  const stop = new AbortController()
  let calls = 0
  const ended = watchConfig(
    directory,
    () => {
      calls++
    },
    stop.signal,
  )
  onTestFinished(() => stop.abort())
  return { directory, stop, ended, calls: () => calls }
}

const changes: [string, (directory: string) => Promise<void>][] = [
  ['is written', (directory) => writeFile(join(directory, 'openwatch.yaml'), 'server:\n')],
  [
    'is replaced by an editor that renames',
    async (directory) => {
      await writeFile(join(directory, '.a.yaml.swp'), 'items: []\n')
      await rename(join(directory, '.a.yaml.swp'), join(directory, 'watch/a.yaml'))
    },
  ],
  [
    'changes but keeps its size and its time',
    async (directory) => {
      const file = join(directory, 'watch/a.yaml')
      const text = await readFile(file, 'utf8')
      await writeFile(file, text.replace('items', 'itams'))
      await utimes(file, 0, 0)
    },
  ],
  ['is removed', (directory) => rm(join(directory, 'watch/a.yaml'))],
  ['is added', (directory) => writeFile(join(directory, 'watch/b.yml'), 'items: []\n')],
  [
    'is added in a folder that was not there',
    async (directory) => {
      await mkdir(join(directory, 'kinds'))
      await writeFile(join(directory, 'kinds/merger.yaml'), 'events: []\n')
    },
  ],
]

describe('the watch over the configuration directory', () => {
  it.concurrent.for(changes)('tells once when a file %s', async ([, change], context) => {
    const { directory, calls } = await watched(context, { 'watch/a.yaml': 'items: []\n' })
    await sleep(50)
    await change(directory)
    await context.expect.poll(calls).toBe(1)
    await sleep(900)
    expect(calls()).toBe(1)
  })

  it.concurrent('says nothing of files that are no configuration', async (context) => {
    const { directory, calls } = await watched(context)
    await writeFile(join(directory, 'notes.txt'), 'x')
    await writeFile(join(directory, '.openwatch.yaml.swp'), 'x')
    await sleep(1200)
    expect(calls()).toBe(0)
  })

  it.concurrent('ends when it is told to', async (context) => {
    const { stop, ended } = await watched(context)
    stop.abort()
    await expect(ended).resolves.toBeUndefined()
  })

  it.concurrent('passes on what goes wrong in the one who listens', async ({ onTestFinished }) => {
    const directory = await configFolder({}, onTestFinished)
    const broken = watchConfig(directory, () => Promise.reject(new Error('no')), new AbortController().signal)
    await Promise.all([
      expect(broken).rejects.toThrow('no'),
      writeFile(join(directory, 'openwatch.yaml'), 'server:\n'),
    ])
  })
})
