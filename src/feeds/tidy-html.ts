import { resolveUrl } from './resolve-url.ts'
import { meant } from './strip-controls.ts'

const linking =
  /(<[a-z][^<>]*?\s(?:href|src|cite|poster|data|longdesc)\s*=\s*)(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>]+))/gi

/** HTML of an entry made fit to hand on: relative links absolute, stray `<` escaped, windows-1252 numbers as characters. */
export function tidyHtml(html: string, base: string | null): string {
  const text = html
    .replace(/&#(12[89]|1[345]\d);?/g, (_, code: string) => meant(Number(code)))
    .replace(/<(?![a-z/]|!--|!doctype\s|\?)/gi, '&lt;')
  if (base === null) return text
  return text.replace(linking, (whole, before: string, double?: string, single?: string, none?: string) => {
    const written = (double ?? single ?? none ?? '').replace(/&amp;/g, '&')
    const resolved = resolveUrl(written, base)
    return resolved === null || resolved === written
      ? whole
      : `${before}"${resolved.replace(/&/g, '&amp;').replace(/"/g, '%22')}"`
  })
}
