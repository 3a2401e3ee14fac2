import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markupText } from '../../src/matching/markup-text.ts'
import { nestedText } from '../../src/matching/nested-markup.ts'

/** White space of both is put right afterwards; until then it may differ. */
const spaced = (text: string): string =>
  text
    .replaceAll(/[^\S\n]+/g, ' ')
    .replaceAll(/ ?\n[ \n]*/g, '\n')
    .trim()

const pieces = [
  ...[
    '<p>',
    '</p>',
    '<P>',
    '</P>',
    '<p/>',
    '<div>',
    '</div>',
    '<b>',
    '</b>',
    '<li>',
    '</li>',
    '<h2>',
    '</h2>',
  ],
  ...[
    '<a href="x">',
    '<a title=\'"\' rel x="1">',
    '</a>',
    '<br>',
    '<br />',
    '<hr>',
    '<img src="a>b">',
    '<wbr/>',
  ],
  ...[
    'word',
    ' ',
    '\n',
    '\u00a0',
    '>',
    '&',
    '&amp;',
    '&amp;amp;',
    '&nbsp;',
    '&#8217;',
    '&#x2019;',
    '&rsquo;',
    '&ampx',
    '&#039;',
    ';',
  ],
  ...[
    '&#150;',
    '&#10;',
    '&Tab;',
    '&copy',
    '&T',
    '&bogus;',
    '&#55555;',
    '<',
    '<b',
    ' x="',
    '"',
    '<span\u00a0x>',
  ],
  ...[
    '<!-- x -->',
    '<!--->',
    '<!-- -- -->',
    '<!-- --! -->',
    '<table>',
    '</table>',
    '<thead>',
    '</thead>',
    '<tbody>',
    '</tbody>',
    '<tr>',
    '</tr>',
    '</td>',
    '<th>',
    '</th>',
    '</br>',
    '</img>',
    '</hr>',
    '<aside>',
    '</aside>',
    '<td>',
    '<script>',
    '</script>',
    '<title>',
  ],
]
const markup = fc.array(fc.constantFrom(...pieces), { maxLength: 16 }).map((parts) => parts.join(''))

describe('the text of well nested markup', () => {
  it('is what htmlparser2 has for the same markup, or is left to it', () => {
    fc.assert(
      fc.property(markup, (html) => {
        const text = nestedText(html)
        if (text !== null) expect(spaced(text)).toBe(spaced(markupText(html)))
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['<p>One &amp; <b>two</b>.</p><p>Three<br/>four</p>', 'One & two.\nThree\nfour'],
    ['<ul class="x"><li>A&nbsp;b</li><li>&ldquo;c&#8221;</li></ul>', 'A b\n“c”'],
    ['AT & T <img src="x.png" alt="a > b"> &#x27;s', "AT & T 's"],
    ['a<!-- not -->b', 'ab'],
    ['<div>a<br></br>b<img></img></div>', 'a\nb'],
    ['<table><tbody><tr><th>a</th><td>b</td></tr></tbody></table>', 'a\nb'],
  ])('is found in %s', (html, text) => {
    expect(spaced(nestedText(html) ?? 'left')).toBe(text)
  })

  it.each([
    '<p>one<p>two',
    'one</div>two',
    '<b><i>x</b></i>',
    '<script>1 < 2</script>',
    '<a href=x>y</a>',
    'a < b',
    'caf&eacute',
    '&#150;',
    '<title>&amp;</title>',
  ])('is left to htmlparser2 in %s', (html) => {
    expect(nestedText(html)).toBeNull()
  })
})
