import fc from 'fast-check'
import { Parser } from 'htmlparser2'
import { describe, expect, it } from 'vitest'
import { scanXml, type TagHandler } from '../../src/feeds/scan-xml.ts'

/** Writes down what it is told. */
function witness(): { readonly heard: unknown[]; readonly handler: TagHandler } {
  const heard: unknown[] = []
  const handler: TagHandler = {
    onopentag: (name, attributes) => heard.push(['open', name, { ...attributes }]),
    ontext: (text) => heard.push(['text', text]),
    oncdatastart: () => heard.push(['cdata']),
    oncdataend: () => heard.push(['cdata end']),
    onclosetag: (name) => heard.push(['close', name]),
  }
  return { heard, handler }
}

function toldByHtmlparser2(xml: string): unknown[] {
  const { heard, handler } = witness()
  const options = { xmlMode: true, decodeEntities: false, lowerCaseTags: true, lowerCaseAttributeNames: true }
  new Parser(handler, options).end(xml)
  return heard
}

const pieces = [
  ...[
    '<rss>',
    '</rss>',
    '<item>',
    '</item>',
    '<pubDate>',
    '</pubDate>',
    '<a:b c="1" C=\'2"\'>',
    '</a:b>',
    '<x/>',
  ],
  ...[
    '<x />',
    '<x y="/>" z="<"/>',
    '<x y = "1">',
    '<x y=1>',
    '<x/ >',
    '<é>',
    '</é>',
    '</item >',
    '< x>',
    '</>',
  ],
  ...[
    '<?xml version="1.0"?>',
    '<?',
    '?>',
    '<!-- a -->',
    '<!-- -- -->',
    '<!-->',
    '<!--->',
    '--!>',
    '<!DOCTYPE x>',
  ],
  ...[
    '<![CDATA[',
    '<![cdata[',
    '<![CDATA[]]>',
    ']]>',
    ']]]>',
    'text',
    ' ',
    '\n',
    '&amp;',
    '<',
    '>',
    '/',
    '"',
    '=',
  ],
]
const documents = fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((parts) => parts.join(''))

describe('reading plain XML', () => {
  it('tells what htmlparser2 tells, and nothing else before it gives up', () => {
    fc.assert(
      fc.property(documents, (xml) => {
        const { heard, handler } = witness()
        const isWhole = scanXml(xml, handler)
        const expected = toldByHtmlparser2(xml)
        expect(heard).toEqual(isWhole ? expected : expected.slice(0, heard.length))
      }),
      { numRuns: 500 },
    )
  })

  it('reads a feed as publishers write it', () => {
    const xml =
      '<?xml version="1.0"?>\n<!-- made by hand -->\n<rss version="2.0"><channel><atom:link href="/" rel=\'self\' />' +
      '<item><pubDate>Tue</pubDate><description><![CDATA[<p>a</p>]]></description></item></channel></rss>\n'
    const { heard, handler } = witness()
    expect(scanXml(xml, handler)).toBe(true)
    expect(heard).toEqual(toldByHtmlparser2(xml))
  })

  it.each(['<a><b></a></b>', '<a>', '<a b=c></a>', '<a', 'x < y', '<a></A>', '<!DOCTYPE a><a/>'])(
    'leaves %s to htmlparser2',
    (xml) => {
      expect(scanXml(xml, witness().handler)).toBe(false)
    },
  )
})
