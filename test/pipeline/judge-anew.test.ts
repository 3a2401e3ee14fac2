import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Entry } from '../../src/matching/entry.ts'
import { addItem } from '../../src/pipeline/add-item.ts'
import { holdIngestLock } from '../../src/pipeline/ingest.ts'
import type { Transaction } from '../../src/store/database.ts'
import { insertEntries } from '../../src/store/entries.ts'
import { addTestFeed } from '../support/stored-feed.ts'
import { countRows, testConfig, testSystem } from '../support/system.ts'

const now = new Date()

function news(id: string): Entry {
  const rest = { outlet: 'acme.com', author: null, publishedAt: now, discussionUrl: null }
  return { id, url: `https://acme.com/${id}`, title: `Acme shows Falcon ${id}`, text: '', ...rest }
}

test('a question that is added while another process is storing an entry gets to know that, too', async () => {
  const system = await testSystem({ config: await testConfig({ watchItems: [] }) })
  const { db } = system
  const [one, other] = [
    await addTestFeed(system, 'https://one.example/', now),
    await addTestFeed(system, 'https://other.example/', now),
  ]
  const store = async (tx: Transaction, feedId: number, id: string): Promise<void> => {
    await holdIngestLock(tx)
    await insertEntries(tx, [{ feedId, entries: [news(id)], listing: 'whole' }], now)
  }
  /** Whether something waits for what is being stored. */
  const isAwaited = async (): Promise<boolean> => {
    const { rows } = await db.pool.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    return rows.length > 0
  }
  try {
    const added = await db.transaction(async (tx) => {
      await store(tx, one.id, '3')
      // has a higher number, and is there first
      await db.transaction((later) => store(later, other.id, '4'))
      const adding = addItem(
        { question: 'When will Acme release Falcon?', subject: ['Falcon'], since: 'stored' },
        { via: 'page' },
        system,
      )
      while (!(await isAwaited())) await sleep(5)
      return { adding }
    })
    await added.adding
    expect(await countRows(db, 'match')).toBe(2)
  } finally {
    await system.end()
  }
})
