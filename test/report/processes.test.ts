import { expect, test } from 'vitest'
import { isLost, processesLine, type ReportProcess } from '../../src/report/processes.ts'

const process = (kind: ReportProcess['kind'], silentMs = 1000): ReportProcess => ({
  id: `${kind}-${silentMs}`,
  kind,
  host: 'alpha',
  pid: 4711,
  version: '0.1.0',
  startedAt: new Date('2026-03-01T08:00:00Z'),
  seenAt: new Date('2026-03-01T09:00:00Z'),
  silentMs,
  page: null,
  metrics: null,
  trouble: null,
})

test.each<[string, ReportProcess[]]>([
  ['1 daemon at work', [process('start')]],
  ['2 workers and 1 page server at work', [process('worker'), process('web'), process('worker')]],
  [
    '1 daemon, 1 worker and 2 page servers at work',
    ['start', 'worker', 'web', 'web'].map((kind) => process(kind as 'web')),
  ],
  [
    '1 worker at work; 1 worker lost, 40 s ago (process 4711 on alpha)',
    [process('worker'), process('worker', 40_000)],
  ],
  [
    '1 daemon at work; 2 workers lost, the last 2 min ago (process 4711 on alpha, process 4711 on alpha)',
    [process('start'), process('worker', 120_000), process('worker', 9e5)],
  ],
])('%s', (line, processes) => {
  expect(processesLine(processes)).toBe(line)
})

test('where nobody polls it says so, and what to do', () => {
  const idle = 'No openwatch is polling. Start one: openwatch start'
  expect(processesLine([])).toBe(idle)
  expect(processesLine([process('web')])).toBe(`1 page server at work. ${idle}`)
  expect(processesLine([process('worker', 61_000)])).toBe(
    `1 worker lost, 1 min ago (process 4711 on alpha). ${idle}`,
  )
})

test('a process is lost when it has said nothing for half a minute', () => {
  expect([29_000, 30_000, 30_001].map((silentMs) => isLost({ silentMs }))).toEqual([false, false, true])
})

test('one that lives and cannot do its work says why', () => {
  const ill = { ...process('start'), trouble: 'the disk of the database is full' }
  expect(processesLine([ill])).toBe(
    '1 daemon at work. The daemon on alpha says: the disk of the database is full',
  )
})
