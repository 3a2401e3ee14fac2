import { describe, expect, it } from 'vitest'
import { formatProblems, pathText } from '../../src/config/problem.ts'

describe('problems for people', () => {
  const problem = {
    file: '/home/me/config/watch/a.yaml',
    path: 'items[2].subject',
    line: 7,
    column: 14,
    message: 'the list is empty',
    fix: 'name the subject, such as subject: [open-weight model]',
  }

  it('name the place as a terminal can open it, what is wrong and what to write', () => {
    expect(formatProblems([problem], { base: '/home/me' })).toBe(
      [
        '1 problem in the configuration',
        '',
        'config/watch/a.yaml:7:14  items[2].subject',
        '  the list is empty',
        '  -> name the subject, such as subject: [open-weight model]',
      ].join('\n'),
    )
  })

  it('stand in the order of the files and lines and stay within the width', () => {
    const long = { ...problem, line: 3, message: 'many words '.repeat(30), fix: 'other words '.repeat(30) }
    const text = formatProblems([problem, long], { base: '/home/me', width: 60 })
    expect(text.indexOf('a.yaml:3')).toBeLessThan(text.indexOf('a.yaml:7'))
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60)
  })

  it('write a path as people do', () => {
    expect(pathText(['items', 2, 'subject', 0])).toBe('items[2].subject[0]')
  })
})
