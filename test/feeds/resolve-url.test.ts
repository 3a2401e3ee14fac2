import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { outletOf, rememberedOutlets } from '../../src/feeds/outlet.ts'
import { resolveUrl } from '../../src/feeds/resolve-url.ts'

const pieces = [
  ...[
    'http://',
    'HTTPS://',
    'https://',
    'ftp://',
    '//',
    'www.',
    'example',
    'news.example',
    '.org',
    '.co.uk',
    '.',
    '-',
  ],
  ...[
    'xn--',
    'a_b',
    '1',
    '.2',
    '0x1',
    'é',
    ':',
    '80',
    '@',
    'user',
    '/',
    '?',
    '#',
    'path',
    '%zz',
    '[',
    ']',
    '\\',
    ' ',
  ],
]
const addresses = fc
  .tuple(
    fc.constantFrom('http://', 'https://', 'HTTPS://', ''),
    fc.array(fc.constantFrom(...pieces), { maxLength: 8 }),
  )
  .map(([scheme, parts]) => scheme + parts.join(''))

describe('addresses', () => {
  it('are read in which a browser sees nothing wrong, and no others', () => {
    fc.assert(
      fc.property(addresses, (address) => {
        const isWeb = URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)
        expect(resolveUrl(address, null) !== null).toBe(isWeb)
      }),
      { numRuns: 1000 },
    )
  })

  it.each(['https://example.org/a?b=c#d', 'http://news.example.co.uk', 'HTTPS://Example.org/[x]'])(
    'stay as they were written: %s',
    (address) => {
      expect(resolveUrl(address, 'https://elsewhere.example/')).toBe(address)
    },
  )

  it.each(['https://xn--a.com/', 'https://1.2.3.400/', 'https://a b.com/', 'https://[::1/'])(
    'are refused when no host can be read in them: %s',
    (address) => {
      expect(resolveUrl(address, null)).toBeNull()
    },
  )

  it('have the same outlet when those seen before are remembered', () => {
    const remembered = rememberedOutlets()
    fc.assert(
      fc.property(addresses, (address) => {
        expect(remembered(address)).toBe(outletOf(address))
      }),
      { numRuns: 1000 },
    )
  })
})
