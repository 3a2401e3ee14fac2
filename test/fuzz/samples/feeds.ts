/** One small document of each form, with most of what such documents hold. */
export const xmlFeeds: readonly string[] = [
  `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel><title>Acme &amp; news</title><link>https://news.example/</link><ttl>60</ttl><sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>
<atom:link rel="self" href="https://news.example/feed.xml"/><atom:link rel="hub" href="https://hub.example/"/>
<item><title>Acme ships Falcon 3</title><link>https://news.example/1?a=1&amp;b=2</link><guid isPermaLink="false">1</guid><pubDate>Tue, 05 Aug 2025 10:00:00 +0200</pubDate><dc:creator>Jane Roe</dc:creator><author>jane@news.example (Jane Roe)</author><comments>https://news.example/1#c</comments><description>&lt;p&gt;It &lt;b&gt;ships&lt;/b&gt; now.&lt;/p&gt;</description><content:encoded><![CDATA[<p>It <a href="/x">ships</a> now.</p>]]></content:encoded></item>
<item><title><![CDATA[A <b>second</b> one]]></title><guid>https://news.example/2</guid><dc:date>2025-08-04T09:00:00Z</dc:date></item></channel></rss>`,
  `<?xml version="1.0" encoding="iso-8859-1"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://rdf.example/"><title>Caf\u00e9</title><link>https://rdf.example/</link><items><rdf:Seq><rdf:li rdf:resource="https://rdf.example/1"/></rdf:Seq></items></channel>
<item rdf:about="https://rdf.example/1"><title>One</title><link>https://rdf.example/1</link><description>Text</description><dc:date>2025-08-05</dc:date></item></rdf:RDF>`,
  `<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY nbsp "&#160;"><!ENTITY acme "Acme">]>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://atom.example/a/" xml:lang="en"><title type="html">A &lt;i&gt;feed&lt;/i&gt;</title><id>urn:1</id><updated>2025-08-05T10:00:00Z</updated><link rel="self" href="feed.xml"/><link rel="alternate" type="text/html" href="/"/>
<entry><id>urn:2</id><title type="text">&acme; &#x1F680;</title><link rel="alternate" href="b/c.html"/><link rel="replies" href="r"/><published>2025-08-05T09:00:00.5+02:00</published><updated>2025-08-05T10:00:00Z</updated><author><name>Jane</name><email>jane@atom.example</email></author><summary type="html">&lt;p&gt;Sum&lt;/p&gt;</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>It <em>ships</em>.</p></div></content></entry>
<entry><id>urn:3</id><title>Packed</title><content type="text/html" mode="base64">PHA+SGk8L3A+</content></entry></feed>`,
  `<rss version="0.91"><channel><title>Bare</title><item>No escaping: <b>a & b</b> <link>http://bare.example/x</link></item></channel>`,
]

/** Pieces of XML that mean something to a reader of feeds. */
export const xmlScraps: readonly string[] = [
  ...[
    '<item>',
    '</item>',
    '<entry>',
    '</entry>',
    '<title>',
    '</title>',
    '<link>',
    '</link>',
    '<channel>',
    '</channel>',
  ],
  ...[
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '<?xml version="1.0" encoding="',
    '?>',
    '<!DOCTYPE x [',
    ']>',
    '<!ENTITY a "&a;&a;">',
  ],
  ...[
    '&amp;',
    '&',
    '&lt;',
    '&#0;',
    '&#x0;',
    '&#xD800;',
    '&#x10FFFF;',
    '&#128;',
    '&nbsp;',
    '&a;',
    '&amp;amp;lt;',
  ],
  ...[
    '<pubDate>',
    '<updated>',
    '9999-99-99',
    '2025-02-30T25:61:61Z',
    '0000-00-00',
    '+99:99',
    '1e999',
    'now',
    'Infinity',
  ],
  ...[
    '<guid isPermaLink="true">',
    '<content type="xhtml">',
    '<div>',
    '<content mode="base64">AAAA',
    'type="application/x"',
  ],
  ...[
    'xml:base="http://["',
    'xml:base="../../"',
    'href="javascript:x"',
    'href="//x"',
    'rel="hub"',
    'rel="self"',
    'xmlns:q="',
  ],
  ...[
    '<dc:creator>',
    '<author>',
    '<name>',
    'a@b',
    '<category>',
    '<media:group>',
    '<enclosure url="',
    '<ttl>',
    '-5',
    'NaN',
  ],
  ...[
    '__proto__',
    '<constructor>',
    '<__proto__>',
    '<toString/>',
    '<rdf:RDF>',
    '<feed>',
    '<rss>',
    'text:0',
    'text:99',
    'all title',
  ],
  ...[
    '\u0000',
    '\u0085',
    '\u2028',
    '\ufeff',
    '\ud800',
    '\u202e',
    '\u00ff\u00fe',
    '</',
    '<',
    '>',
    '/>',
    '"',
    "'",
    '=',
    '\u001b[2J',
  ],
]

/** JSON that people call a feed: JSON Feed, and a list of models. */
export const jsonFeeds: readonly string[] = [
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'Acme',
    home_page_url: 'https://news.example/',
    feed_url: 'https://news.example/feed.json',
    hubs: [{ type: 'WebSub', url: 'https://hub.example/' }],
    items: [
      {
        id: '1',
        url: 'https://news.example/1',
        external_url: 'https://other.example/',
        title: 'Acme ships Falcon 3',
        content_html: '<p>It <b>ships</b> now.</p>',
        content_text: 'It ships now.',
        summary: 'Ships',
        date_published: '2025-08-05T10:00:00+02:00',
        date_modified: '2025-08-05T11:00:00Z',
        authors: [{ name: 'Jane Roe' }],
        author: { name: 'Jane' },
        tags: ['a'],
      },
      { id: 2, title: null, content_text: 'Second', date_published: '2025-08-04' },
    ],
  }),
  JSON.stringify([
    {
      id: 'acme/falcon-3',
      createdAt: '2025-08-05T10:00:00.000Z',
      lastModified: '2025-08-05T11:00:00.000Z',
      pipeline_tag: 'text-generation',
      tags: ['license:mit'],
      private: false,
    },
  ]),
]

/** Pieces of JSON that mean something there. */
export const jsonScraps: readonly string[] = [
  ...[
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    'null',
    'true',
    '0',
    '-0',
    '1e999',
    '1e-999',
    '\\u0000',
    '\\ud800',
    '\\"',
    '\\',
    '{}',
    '[]',
  ],
  ...[
    '"items":',
    '"id":',
    '"title":',
    '"url":',
    '"content_html":',
    '"date_published":',
    '"authors":',
    '"hubs":',
    '"tags":',
  ],
  ...[
    '"__proto__":',
    '"constructor":',
    '"toString":',
    '[[[[[[[[',
    '{"a":',
    '99999999999999999999',
    '"9999-12-31T23:59:60Z"',
  ],
  ...['"javascript:x"', '"http://["', '"//x"', '"a/b/c"', '"\\u202e"', '\ufeff', '/*', '//', '\u2028'],
]
