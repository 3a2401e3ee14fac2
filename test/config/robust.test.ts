import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { readKinds } from '../../src/config/load-kinds.ts'
import { readSettings } from '../../src/config/load-settings.ts'
import { readWatchItems } from '../../src/config/load-watch-file.ts'
import { formatProblems, type Problem } from '../../src/config/problem.ts'
import { settingsSchema } from '../../src/config/schema.ts'
import { watchItemSchema } from '../../src/config/schema/watch-item.ts'
import { parseSource } from '../../src/config/source.ts'

/** What the three readers say of one text. */
function allProblems(text: string): readonly Problem[] {
  const read = parseSource('any.yaml', text)
  if (!read.ok) return read.problems
  return [
    ...readSettings(read.source, { HOME: '/root' }).problems,
    ...readWatchItems([read.source], { since: new Date(0), kinds: ['release'] }).problems,
    ...readKinds([read.source]).problems,
  ]
}

const section = (keys: readonly string[]) =>
  fc.dictionary(
    fc.constantFrom(...keys),
    fc.oneof(fc.jsonValue(), fc.constantFrom('${HOME}', '${X}', 'a.b', '1h', '')),
  )

describe('any text at all', () => {
  it('is read or refused with problems that can be shown, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (text) => {
        expect(formatProblems(allProblems(text))).toContain('problem')
      }),
      { numRuns: 100 },
    )
  })

  it('nested without end is refused with a problem', () => {
    for (const deep of [
      'id: '.repeat(10_000),
      '['.repeat(10_000),
      '- '.repeat(10_000),
      '{a: '.repeat(10_000),
    ]) {
      expect(allProblems(deep)).not.toEqual([])
      expect(allProblems(deep.concat('x', ']'.repeat(10_000)))).not.toEqual([])
    }
  })

  it('with the right keys and any values in them gives problems that each say what to write', () => {
    const settings = fc.record(
      Object.fromEntries(
        Object.keys(settingsSchema.shape).map((key) => [
          key,
          fc.oneof(
            fc.jsonValue(),
            section(['host', 'timeout', 'url', 'official', 'evidence', 'type']),
            fc.array(section(['url', 'grade', 'outlet'])),
          ),
        ]),
      ),
    )
    const items = fc.record({ items: fc.array(section(Object.keys(watchItemSchema.shape))) })
    fc.assert(
      fc.property(fc.oneof(settings, items), (data) => {
        for (const problem of allProblems(stringify(data))) {
          expect(problem.message).not.toBe('')
          expect(problem.fix).not.toBe('')
          expect(problem.line ?? 1).toBeGreaterThan(0)
        }
      }),
      { numRuns: 150 },
    )
  })
})
