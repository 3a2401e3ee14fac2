import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { putFeed, findFeed } from '../../src/store/feeds.ts'
import { startFeedServer, type FeedServer } from '../support/feed-server.ts'
import { countRows, testConfig, testSystem, type TestSystem } from '../support/system.ts'

const raw = fileURLToPath(new URL('../../../shared/corpus/feeds/raw', import.meta.url))
const here = existsSync(raw)
if (!here) console.warn(`skipped: the real feed files are not at ${raw}`)

describe.skipIf(!here)('real feed files, served on loopback and polled', () => {
  let system: TestSystem
  let server: FeedServer

  beforeAll(async () => {
    server = await startFeedServer()
    system = await testSystem({ config: await testConfig() })
  })

  afterAll(async () => {
    await system.end()
    await server.close()
  })

  test(
    'every file is stored or refused with a reason, and a second poll adds nothing',
    { timeout: 300_000 },
    async () => {
      const files = await readdir(raw, { recursive: true, withFileTypes: true })
      const ids: number[] = []
      for (const [n, file] of files.filter((one) => one.isFile()).entries()) {
        server.set(`/${n}`, {
          body: await readFile(join(file.parentPath, file.name)),
          headers: { 'content-type': 'text/xml' },
        })
        ids.push(await feedAt(`/${n}`))
      }
      expect(ids.length).toBeGreaterThan(200)
      const first = await pollAll(ids)
      expect(first.filter((one) => one.outcome === 'new').length).toBeGreaterThan(150)
      for (const one of first.filter((polled) => polled.outcome !== 'new')) {
        expect(one.outcome).toBe('not-a-feed')
        expect(one.reason).toMatch(/\w{3}/)
      }
      const entries = await countRows(system.db, 'entry')
      expect(entries).toBeGreaterThan(3000)
      await system.db.pool.query('update feed set body_hash = null')
      const second = await pollAll(ids)
      expect(second.map((one) => one.outcome)).toEqual(first.map((one) => one.outcome))
      expect(
        second
          .flatMap((one) => (one.ingested?.newRevisions ?? 0) + (one.ingested?.newEntries ?? 0))
          .filter(Boolean),
      ).toEqual([])
      expect(await countRows(system.db, 'entry')).toBe(entries)
    },
  )

  async function feedAt(path: string): Promise<number> {
    return putFeed(
      system.db.pool,
      { url: server.url + path, title: null, homeUrl: null, outlet: null, topic: null, everyMs: null },
      { origin: 'user', now: new Date() },
    )
  }

  async function pollAll(ids: readonly number[]) {
    const polled = []
    for (const id of ids) {
      const feed = await findFeed(system.db, id)
      if (feed !== null) polled.push(await system.pollFeed(feed))
    }
    return polled
  }
})
