import { randomBytes, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linkActions, readLink, signLink } from '../../src/pipeline/action-link.ts'

const key = randomBytes(32)
const target = { action: 'wrong', alertId: randomUUID() } as const

test('a link is read back as what it was made for, and is the same each time', () => {
  for (const action of linkActions) {
    const token = signLink({ ...target, action }, key)
    expect(token).toMatch(/^[\w-]{66}$/)
    expect(readLink(token, key)).toEqual({ ...target, action })
    expect(signLink({ ...target, action }, key)).toBe(token)
  }
})

test('a link of another installation is none', () => {
  expect(readLink(signLink(target, randomBytes(32)), key)).toBeNull()
})

test('a link with any bit changed is none', () => {
  const bytes = Buffer.from(signLink(target, key), 'base64url')
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const forged = Buffer.from(bytes)
    forged[bit >> 3] = (forged[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    expect(readLink(forged.toString('base64url'), key)).toBeNull()
  }
})

test('whatever else comes is none, and is no fault', () => {
  fc.assert(fc.property(fc.string(), (text) => readLink(text, key) === null))
  const token = signLink(target, key)
  for (const odd of [`${token}=`, token.slice(1), ` ${token}`, token.toUpperCase()])
    expect(readLink(odd, key)).toBeNull()
})
