import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toPlainText } from '../../src/matching/plain-text.ts'

describe('plain text from HTML', () => {
  it.each<[html: string, text: string]>([
    ['Just text', 'Just text'],
    ['  much \t\n space  ', 'much\nspace'],
    ['<p>One</p><p>Two</p>', 'One\nTwo'],
    ['<p>One\n  line</p>', 'One line'],
    ['One<br>Two<br/>Three', 'One\nTwo\nThree'],
    ['<b>bo</b>ld', 'bold'],
    ['<ul><li>One<li>Two</ul>', 'One\nTwo'],
    ['AT&amp;T &lt;3 caf&eacute; &#8217; &#x2019;', 'AT&T <3 café ’ ’'],
    ['twice &amp;amp; escaped &amp;#8217;s', 'twice & escaped ’s'],
    ['a&nbsp;b', 'a b'],
    ['R&D and Q&A', 'R&D and Q&A'],
    ['1 < 2 and 3 > 2', '1 < 2 and 3 > 2'],
    ['<script>alert("x")</script>Text<style>p{}</style>', 'Text'],
    ['<!-- hidden -->Text', 'Text'],
    ['<img src="x" alt="picture">Text', 'Text'],
    ['<a href="x">link', 'link'],
    ['', ''],
  ])('%s', (html, text) => {
    expect(toPlainText(html)).toBe(text)
  })

  it('comes out of any markup, however broken, with white space collapsed and nothing thrown', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<',
        '>',
        '</',
        '<p',
        '<script>',
        '</script>',
        '<![CDATA[',
        ']]>',
        '<!--',
        '-->',
        '&',
        '&#',
        '&#x',
        ';',
        '"',
        "'",
        '\0',
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = toPlainText(pieces.join(''))
        expect(text).not.toMatch(/\0|[^\S\n]{2}|\n\n|^\s|\s$/)
      }),
      { numRuns: 3000 },
    )
  })
})
