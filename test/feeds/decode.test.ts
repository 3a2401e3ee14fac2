import { expect, test } from 'vitest'
import { charsetOf, decode } from '../../src/feeds/decode.ts'

const latin = (text: string): Buffer => Buffer.from(text, 'latin1')
const bytes = (head: string, hex: string): Buffer =>
  Buffer.concat([Buffer.from(head), Buffer.from(hex, 'hex')])

test('the byte order mark decides', () => {
  expect(decode(Buffer.from('\ufeffé'), 'text/xml; charset=iso-8859-1')).toBe('é')
  expect(decode(Buffer.from('\ufeff<é>', 'utf16le'), null)).toBe('<é>')
  expect(decode(Buffer.from('\ufeff<é>', 'utf16le').swap16(), null)).toBe('<é>')
})

test('UTF-16 and UTF-32 are recognised without a mark', () => {
  expect(decode(Buffer.from('<é>', 'utf16le'), 'text/xml; charset=utf-8')).toBe('<é>')
  expect(decode(Buffer.from('0000003c000000e9', 'hex'), null)).toBe('<é')
  expect(decode(Buffer.from('fffe00003c000000e9000000', 'hex'), null)).toBe('<é')
})

test('the header goes before the declaration, and the declaration before guessing', () => {
  const koi = bytes('<?xml version="1.0" encoding="windows-1251"?>', 'f0d2c9d7c5d4')
  expect(decode(koi, 'text/xml; charset=koi8-r')).toContain('Привет')
  expect(decode(bytes('<?xml version="1.0" encoding="koi8-r"?>', 'f0d2c9d7c5d4'), null)).toContain('Привет')
})

test('a charset that the bytes belie is not believed', () => {
  expect(decode(Buffer.from('café – naïve'), 'text/xml; charset=iso-8859-1')).toBe('café – naïve')
  expect(decode(Buffer.from('<?xml encoding="utf-16"?>é'), 'text/xml; charset=utf-16')).toContain('é')
  expect(decode(Buffer.from('é'), 'text/xml; charset=no-such-charset')).toBe('é')
})

test('UTF-8 with a few stray bytes of windows-1252 stays UTF-8', () => {
  const mixed = Buffer.concat([
    Buffer.from('één über naïve señor '),
    latin('it\x92s'),
    Buffer.from(' größer'),
  ])
  expect(decode(mixed, 'text/xml; charset=utf-8')).toBe('één über naïve señor it’s größer')
})

test.each([
  ['big5', 'b36fb94ba5d5b8dcbb79adfbb2cca740bee3b7bda5a6a4e5b3b9b9ac'],
  ['euc-kr', 'c7d1b1b9bef3b7ce20bebab4cf20c0ccb0cdc0ba20b1e2bbe7c0d4b4cfb4d9'],
])('%s is detected where nobody names it', (charset, hex) => {
  const body = Buffer.from(hex.repeat(8), 'hex')
  expect(decode(body, null)).toBe(new TextDecoder(charset).decode(body))
})

test('UTF-8 that was encoded twice is undone where it cannot be meant', () => {
  expect(decode(Buffer.from('AI\u00e2\u0080\u0099s impact \u00e2\u0080\u0093 2024 Ã©'), null)).toBe(
    'AI’s impact – 2024 Ã©',
  )
})

test('control characters go, and those that stand for windows-1252 become it', () => {
  expect(decode(Buffer.from('a\u0000b\u000bc\td\u0092e\ufffe'), null)).toBe('abc\td’e')
})

test.each([
  ['text/xml; charset=utf-8', 'utf-8'],
  ['text/xml; charset="utf-8"', 'utf-8'],
  ["text/xml; charset = 'koi8-r' ; x=y", 'koi8-r'],
  ['text/xml; charset:iso-8859-1', 'iso-8859-1'],
  ['text/xml', null],
  [null, null],
])('the charset of %s is %s', (contentType, charset) => {
  expect(charsetOf(contentType)).toBe(charset)
})
