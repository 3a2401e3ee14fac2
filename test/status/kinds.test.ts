import { describe, expect, test } from 'vitest'
import { kindSchema } from '../../src/status/kind.ts'
import { shippedKinds } from './shipped-kinds.ts'

describe.each([...shippedKinds.values()])('the kind $id', (kind) => {
  test('reserves each word of a question for one event', () => {
    const asked = kind.events.flatMap((event) => event.asked)
    expect(asked.filter((word, i) => asked.indexOf(word) !== i)).toEqual([])
  })

  test('gives each event a name of its own', () => {
    const names = kind.events.map((event) => event.name)
    expect(new Set(names).size).toBe(names.length)
  })

  test('has no word both as a companion and as a bystander', () => {
    const companions = new Set([...kind.companions, ...kind.matters])
    expect(kind.bystanders.filter((word) => companions.has(word))).toEqual([])
  })

  test('names a default event that it has, if any', () => {
    if (kind.default !== undefined) expect(kind.events.map((event) => event.name)).toContain(kind.default)
  })
})

test('a kind needs an event, and no key may be misspelt', () => {
  expect(kindSchema.safeParse({ id: 'x', events: [] }).success).toBe(false)
  expect(kindSchema.safeParse({ id: 'x', events: [{ name: 'y' }], anounced: {} }).success).toBe(false)
})
