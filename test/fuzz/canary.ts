import { Parser } from 'htmlparser2'

/** An element that is in no page of ours: where it is one in an answer, a stranger's text became markup. */
const canary = 'xss-canary'

/** Texts that become an element, an attribute or a script wherever they are not escaped. */
export const canaries: readonly string[] = [
  `<${canary} onerror=alert(1)>`,
  `"><${canary}>`,
  `'><${canary}>`,
  `" onmouseover="alert(1)" x="`,
  `' onfocus='alert(1)' autofocus='`,
  `</script><${canary}>`,
  `</title></textarea></style><${canary}>`,
  `--><${canary}>`,
  `]]><${canary}>`,
  `&lt;${canary}&gt;`,
  `<svg><script>alert(1)</script></svg>`,
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  '\u0001javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
]

const addresses = new Set(['href', 'src', 'action', 'formaction', 'xlink:href', 'poster', 'data'])

/** Throws where a page holds anything that runs, or an element that came from a text. */
export function expectHarmless(html: string, what: string): void {
  const fault = harmIn(html)
  if (fault !== null) throw new Error(`${fault}: in the answer to ${what}`)
}

/** What in a page would run, or was made by a text; null where nothing is. Mails have `styles` of their own. */
export function harmIn(html: string, { styles = false } = {}): string | null {
  let fault: string | null = null
  let script = false
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name.includes(canary)) fault ??= 'a text became an element'
      script = name === 'script' && !(attributes['type'] ?? '').includes('json')
      if (script && !(attributes['src'] ?? '').startsWith('/assets/'))
        fault ??= 'a script that is none of ours'
      for (const [key, value] of Object.entries(attributes)) {
        if (key.startsWith('on') || key.includes(canary)) fault ??= `an attribute ${key} that runs`
        if (addresses.has(key) && leadsToCode(value)) fault ??= `${key} leads to ${value.slice(0, 40)}`
        if ((key === 'style' && !styles) || key === 'srcdoc')
          fault ??= `an attribute ${key}, which no page of ours has`
      }
    },
    ontext(text) {
      if (script && text.trim() !== '') fault ??= 'a script within the page'
    },
    onclosetag() {
      script = false
    },
  })
  parser.end(html)
  return fault
}

/** Browsers leave control characters and white space out of a scheme. */
function leadsToCode(address: string): boolean {
  // eslint-disable-next-line no-control-regex
  return /^(?:javascript|data|vbscript):/i.test(address.replaceAll(/[\u0000-\u0020]/g, ''))
}
