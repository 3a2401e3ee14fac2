import { escapeText } from './xml-text.ts'

const elements = new Set(
  (
    'a abbr acronym address applet area article aside audio b base bdi bdo big blink blockquote body br button canvas ' +
    'caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset ' +
    'figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ' +
    'ins kbd label legend li link main map mark marquee math menu meta meter nav nobr noscript object ol optgroup option ' +
    'output p param picture pre progress q rp rt ruby s samp script section select small source span strike strong style ' +
    'sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr'
  ).split(' '),
)

/** HTML in which what only looks like a tag is text: `Vec<T>` in a headline is no markup. */
export function keepPretenders(html: string): string {
  // the name is taken whole or not at all: trying each of its beginnings costs time by the square of its length
  return html.replace(/<\/?([a-z][\w:-]*)(?![\w:-])[^<>]*>/gi, (tag, name: string) =>
    elements.has(name.toLowerCase()) ? tag : escapeText(tag),
  )
}
