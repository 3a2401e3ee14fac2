import { resolveUrl } from './resolve-url.ts'

/** One link of an HTTP `Link` header. */
export interface Link {
  readonly rel: string
  readonly href: string
}

/**
 * The links of `Link` headers (RFC 8288), a link with several relations once for each; addresses are resolved against
 * `base`. What is no link, or speaks of another page (`anchor`), is left out.
 */
export function parseLinks(values: string | readonly string[] | undefined, base: string): Link[] {
  if (values === undefined) return []
  const text = typeof values === 'string' ? values : values.join(',')
  return splitOutside(text, ',').flatMap((part) => linksOf(part, base))
}

function linksOf(part: string, base: string): Link[] {
  const [, target, rest] = /^\s*<([^>]*)>(.*)$/s.exec(part) ?? []
  const href = resolveUrl(target, base)
  if (href === null) return []
  const parameters = new Map<string, string>()
  for (const parameter of splitOutside(rest ?? '', ';')) {
    const at = parameter.indexOf('=')
    const name = parameter.slice(0, at).trim().toLowerCase()
    // of several the first counts
    if (at > 0 && !parameters.has(name)) parameters.set(name, unquoted(parameter.slice(at + 1).trim()))
  }
  if (parameters.has('anchor')) return []
  const relations = (parameters.get('rel') ?? '').toLowerCase().split(/\s+/)
  return relations.filter((rel) => rel !== '').map((rel) => ({ rel, href }))
}

function unquoted(text: string): string {
  return text.startsWith('"') ? text.slice(1).replace(/"$/, '').replaceAll(/\\(.)/gs, '$1') : text
}

/** Splits where a separator stands neither in quotes nor in angle brackets. */
function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = []
  let start = 0
  let close = ''
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (close !== '') {
      if (character === '\\' && close === '"') at++
      else if (character === close) close = ''
    } else if (character === '"') close = '"'
    else if (character === '<') close = '>'
    else if (character === separator) {
      parts.push(text.slice(start, at))
      start = at + 1
    }
  }
  parts.push(text.slice(start))
  return parts
}
