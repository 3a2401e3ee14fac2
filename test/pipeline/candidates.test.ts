import { expect, test } from 'vitest'
import { Candidates, type ReadTable } from '../../src/pipeline/candidates.ts'

const now = new Date('2026-05-01T12:00:00Z')
const hosts = (...names: string[]) => names.map((host, n) => ({ host, feeds: [n] }))
const namesOf = (taken: readonly { host: string }[]) => taken.map(({ host }) => host)

/** Candidates from a table that was read at 0 and took 10 ms. */
function candidates(table: Partial<ReadTable> = {}): Candidates {
  const made = new Candidates()
  const rest = { isAny: true, areOurs: false, isCut: false, at: 0, tookMs: 10, now }
  made.read({ hosts: hosts('a', 'b', 'c'), ...rest, ...table })
  return made
}

test('the longest overdue come first, each once', () => {
  const some = candidates()
  expect(namesOf(some.next(2, 1, now))).toEqual(['a', 'b'])
  expect(some.areReady(1)).toBe(true)
  expect(namesOf(some.next(2, 1, now))).toEqual(['c'])
  expect(some.areReady(1)).toBe(false)
  expect(some.next(2, 1, now)).toEqual([])
})

test('a host that is to be left alone is kept until then, and then comes before those that were due for less long', () => {
  const some = candidates()
  some.next(1, 0, now)
  some.putBack({ host: 'a', feeds: [7] }, 1000)
  expect(some.restMs(400)).toBe(600)
  expect(namesOf(some.next(1, 999, now))).toEqual(['b'])
  expect(some.next(2, 1000, now)).toEqual([{ host: 'a', feeds: [7] }, ...hosts('', '', 'c').slice(2)])
  expect(some.restMs(1000)).toBeNull()
})

test('who still rests when the table is read is not forgotten, and who does no more is among what was read', () => {
  const some = candidates({ hosts: [] })
  some.putBack({ host: 'early', feeds: [7] }, 1000)
  some.putBack({ host: 'late', feeds: [8] }, 3000)
  some.read({ hosts: hosts('early'), isAny: true, areOurs: false, isCut: false, at: 2000, tookMs: 1, now })
  expect(namesOf(some.next(9, 2000, now))).toEqual(['early'])
  expect(namesOf(some.next(9, 3000, now))).toEqual(['late'])
})

test('after five seconds the table is read whatever is left, so that nothing that it has not is kept waiting', () => {
  expect(candidates().next(1, 5000, now)).toHaveLength(1)
  expect(candidates().next(1, 5001, now)).toEqual([])
})

test('the table is read when the clock was set back', () => {
  expect(candidates().next(1, 1, new Date(now.getTime() - 1))).toEqual([])
})

test('what was due at most at once is looked for again at the next tick', () => {
  const some = candidates({ hosts: [] })
  expect(some.readAgainMs(0)).toBeNull()
  expect(some.isForHosts()).toBe(false)
})

test('the table is read at once where more was due than it gave', () => {
  expect(candidates({ isCut: true }).readAgainMs(0)).toBe(0)
})

test('where more was due than was taken, reading the table again takes a sixth of the time, and is done each second', () => {
  expect(candidates({ tookMs: 10 }).readAgainMs(0)).toBe(50)
  expect(candidates({ tookMs: 10 }).readAgainMs(60)).toBe(0)
  expect(candidates({ tookMs: 700 }).readAgainMs(0)).toBe(1000)
})

test('where all that is due may be of hosts that this process has, the table is read when one is given back', () => {
  const some = candidates()
  const none = { hosts: [], isAny: false, isCut: false, tookMs: 10, now }
  some.read({ ...none, areOurs: true, at: 100 })
  expect(some.readAgainMs(100)).toBeNull()
  expect(some.isForHosts()).toBe(true)
  some.read({ ...none, areOurs: false, at: 200 })
  expect(some.isForHosts()).toBe(false)
})
