import { expect, test } from 'vitest'
import { sizeText } from '../../src/feeds/size-text.ts'

test.each([
  [300, '300 bytes'],
  [1500, '1.5 kB'],
  [10_000_000, '10 MB'],
  [2_000_000_000, '2 GB'],
])('%d bytes are written as %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text)
})
