import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { renderTable } from '../../src/cli/table.ts'

const columns = [
  { title: 'id' },
  { title: 'question', flexible: true },
  { title: 'matches', align: 'right' as const },
]
const rows = [
  ['release-timing', 'When will OpenAI release its open-weight model?', '31'],
  ['b', 'Wann kommt es? 日本語の長い質問はここにあります、とても長いです', '4'],
]

describe('a table in the terminal', () => {
  it('is as wide as its words when there is room', () => {
    expect(renderTable(columns, [rows[0] ?? []], 100)).toBe(
      [
        'id              question                                         matches',
        'release-timing  When will OpenAI release its open-weight model?       31',
      ].join('\n'),
    )
  })

  it.each([40, 60, 80])('fits %i columns by cutting what may be cut', (width) => {
    const lines = renderTable(columns, rows, width).split('\n')
    expect(lines.every((line) => stringWidth(line) <= width)).toBe(true)
    expect(lines[1]).toContain('release-timing')
    expect(lines[1]).toMatch(/31$/)
  })

  it('passes nothing on that would drive the terminal', () => {
    expect(renderTable([{ title: 'x' }], [['\u001b[31mred\nline']], 80)).toBe('x\n[31mred line')
  })
})
