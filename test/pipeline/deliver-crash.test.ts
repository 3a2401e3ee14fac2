import { afterAll, beforeAll, expect, test } from 'vitest'
import { killWhileDelivering } from '../support/kill-deliveries.ts'
import { testConfig, testSystem, type TestSystem } from '../support/system.ts'

let system: TestSystem

beforeAll(async () => {
  system = await testSystem({ config: await testConfig() })
})

afterAll(() => system.end())

test('killed eight times while delivering, it loses nothing, sends nothing under two keys and nothing else under one', async () => {
  const tally = await killWhileDelivering({
    db: system.db,
    databaseUrl: system.db.connection.connectionString ?? '',
    kills: 8,
    alertsPerKill: 20,
    random: Math.random,
  })
  expect(tally).toMatchObject({ kills: 8, wanted: 8 * 20 * 3, lost: 0, twice: 0, changed: 0 })
}, 240_000)
