import { beforeEach, expect, test } from 'vitest'
import { actedWords } from '../../src/pipeline/acted-words.ts'
import { actOnItem } from '../../src/pipeline/act-on-item.ts'
import { itemActionSchema } from '../../src/pipeline/item-action.ts'
import { listItems } from '../../src/store/watch-items.ts'
import { falconSystem, news, type FalconSystem } from '../support/falcon-system.ts'

let falcon: FalconSystem
const now = new Date('2025-09-01T08:00:00Z')

beforeEach(async () => {
  falcon = await falconSystem(now)
  await falcon.came(news('2025-08-30', 'press.test', 'Acme releases Falcon 3'))
  return () => falcon.system.end()
})

const act = (written: object, id = 'falcon') =>
  actOnItem(id, itemActionSchema.parse(written), 'page', falcon.system)

async function stored() {
  const [item] = await listItems(falcon.system.db.pool, ['falcon'])
  if (item === undefined) throw new Error('the item is gone')
  return item
}

test('a question is acknowledged, snoozed and woken', async () => {
  expect(await act({ action: 'acknowledge' })).toEqual({ kind: 'acknowledged', at: now })
  expect((await stored()).acknowledgedAt).toEqual(now)
  await act({ action: 'snooze', for: '7d' })
  expect((await stored()).snoozedUntil).toEqual(new Date('2025-09-08T08:00:00Z'))
  await act({ action: 'snooze-until-change' })
  expect(await stored()).toMatchObject({ snoozedUntil: null, snoozedToChange: true })
  await act({ action: 'wake' })
  expect(await stored()).toMatchObject({ snoozedUntil: null, snoozedToChange: false })
})

test('a snooze that would be over already is told so, and changes nothing', async () => {
  const acted = await act({ action: 'snooze', until: '2025-08-31' })
  expect(actedWords(acted)).toEqual({
    isDone: false,
    text: '31 August 2025, 00:00 UTC is over already. Choose a later time.',
  })
  expect((await stored()).snoozedUntil).toBeNull()
})

test('an outlet is muted once and counts again', async () => {
  expect(await act({ action: 'mute', outlet: 'www.press.test' })).toMatchObject({ changed: true })
  expect(await act({ action: 'mute', outlet: 'press.test' })).toMatchObject({ changed: false })
  expect((await stored()).muted).toEqual(['press.test'])
  expect(await act({ action: 'unmute', outlet: 'press.test' })).toMatchObject({
    kind: 'unmuted',
    changed: true,
  })
  expect((await stored()).muted).toEqual([])
})

test('what is wrong is rejected with its reason, and counts again when that is taken back', async () => {
  expect((await stored()).standing.status).toBe('happened')
  const rejected = await act({ action: 'reject', sequence: '1', reason: 'not-said', note: ' a  model ' })
  expect(actedWords(rejected).text).toContain('the question stands at open')
  expect((await stored()).standing.status).toBe('open')
  expect(actedWords(await act({ action: 'reject', sequence: '1', reason: 'not-said' })).isDone).toBe(false)
  const back = await act({ action: 'take-back', sequence: '1' })
  expect(actedWords(back).text).toContain('the question stands at happened')
  expect((await stored()).standing.status).toBe('happened')
})

test('of a question that there is not, nothing is done', async () => {
  for (const action of ['acknowledge', 'snooze-until-change', 'wake', 'take-back'])
    expect(await act({ action }, 'none')).toEqual({ kind: 'no-item' })
  expect(await act({ action: 'mute', outlet: 'press.test' }, 'none')).toEqual({ kind: 'no-item' })
})

test.each([
  { action: 'retire' },
  { action: 'snooze' },
  { action: 'snooze', for: '7d', until: '2026-01-01' },
  { action: 'snooze', for: '999999999w' },
  { action: 'mute', outlet: 'not a domain' },
  { action: 'reject', sequence: '0', reason: 'not-said' },
  { action: 'reject', sequence: '1', reason: 'because' },
])('what makes no sense is refused: %j', (written) => {
  expect(itemActionSchema.safeParse(written).success).toBe(false)
})
