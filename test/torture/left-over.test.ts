import { expect, test } from 'vitest'
import { queueFor, statusAlert, webhook } from '../support/alerts.ts'
import { testConfig, testSystem } from '../support/system.ts'
import { leftOver } from './left-over.ts'

test('what is left over is told with what it waits for: when it is tried, its job, and who holds that', async () => {
  const now = new Date('2026-11-01T06:30:00Z')
  const system = await testSystem({
    config: await testConfig({ channels: [webhook('hook', 'http://127.0.0.1:1/')] }),
    clock: { now: () => now },
  })
  try {
    const { db } = system
    await queueFor(db, [statusAlert(now)], ['hook'], now)
    await db.pool.query(
      `update graphile_worker._private_job_queues set locked_by = 'pool-gone', locked_at = now() - interval '1 minute'`,
    )
    const query = async <T extends object>(_database: string, text: string) =>
      (await db.pool.query<T>(text)).rows
    const lines = await leftOver({ query }, 'test', now)
    expect(lines[0]).toBe('clock: 2026-11-01T06:30:00.000Z')
    const told = (part: string) => lines.filter((line) => line.startsWith(`${part}: `)).join(' ')
    expect(told('delivery')).toMatch(
      /"channel":"hook".*"state":"waiting".*"nextAt":"2026-11-01T06:30:00.000Z"/,
    )
    expect(told('job')).toMatch(/"key":"channel:hook","queue":"channel:hook","attempts":"0\/25"/)
    expect(told('queue')).toMatch(
      /"lockedBy":"pool-gone","lockedFor":"60","hasJob":false,"holderLives":false/,
    )
  } finally {
    await system.end()
  }
})
