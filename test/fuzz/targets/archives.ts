import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { archiveFault } from '../../../src/pipeline/archive-file.ts'
import { readItems } from '../../../src/pipeline/replay-items.ts'
import { bytesOf, mutated, scrapHeap } from '../mutate.ts'
import { jsonFeeds, jsonScraps, xmlFeeds, xmlScraps } from '../samples/feeds.ts'
import type { Fuzzing } from '../target.ts'

const lines = [
  '{"id":"1","url":"https://a.example/1","title":"One","date_published":"2025-08-05T10:00:00Z"}\n{"id":"2","title":"Two","content_text":"Text","date_published":"2025-08-06"}\n\n{"id":"3"}\n',
]

/** Files to be replayed and backfilled: NDJSON and feeds, plain and packed, cut off and changed within. */
export async function start(): Promise<Fuzzing<{ bytes: Uint8Array; packed: boolean; cut: number }>> {
  const folder = await mkdtemp(join(tmpdir(), 'openwatch-fuzz-archive-'))
  const file = join(folder, 'archive')
  return {
    inputs: fc.record({
      bytes: bytesOf(
        fc.oneof(
          { weight: 3, arbitrary: mutated(lines, ['\n', '\r', ...jsonScraps]) },
          { weight: 1, arbitrary: mutated(jsonFeeds, jsonScraps) },
          { weight: 1, arbitrary: mutated(xmlFeeds, xmlScraps) },
          { weight: 1, arbitrary: scrapHeap(jsonScraps).map((text) => `{${text}}\n`) },
        ),
      ),
      packed: fc.boolean(),
      cut: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    async check({ bytes, packed, cut }) {
      const whole = packed ? gzipSync(bytes) : bytes
      await writeFile(
        file,
        cut > 0.7 ? whole.subarray(0, Math.floor(whole.length * (cut - 0.7) * 3.3)) : whole,
      )
      await archiveFault(file, new Date('2026-01-01'))
      try {
        const entries = await readItems([file])
        for (const { at } of entries) at.toISOString()
      } catch (error) {
        if (!(error instanceof Error) || !error.message.startsWith('the items in ')) throw error
      }
    },
    close: () => rm(folder, { recursive: true }),
  }
}
