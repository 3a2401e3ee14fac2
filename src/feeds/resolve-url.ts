/** No browser takes a longer address, in characters. */
const longest = 8192

const plainWeb = /^https?:\/\/[!#-;=?-[\]_a-z~|]+$/i

/** An address in which nothing could be wrong: a host of everyday names, and no character that would have to be escaped. */
const surelyWeb = /^https?:\/\/(?:[a-z\d]+(?:-[a-z\d]+)*\.){1,6}[a-z]{2,20}(?:[/?#][!#-;=?-[\]_a-z~|]*)?$/i

/** An absolute http(s) URL from a link as written and its base; null for anything else (`javascript:`, `mailto:`, broken). */
export function resolveUrl(link: string | null | undefined, base: string | null): string | null {
  if (link != null && link.length <= longest && surelyWeb.test(link)) return link
  const written = (link ?? '').trim().replace(/[\t\r\n]+/g, '')
  if (written === '' || written.length > longest) return null
  const against = base === null || base === '' ? undefined : base
  if (!URL.canParse(written, against)) return null
  // A good address stays as it was written: it is shown to people, and compared with what other feeds write.
  if (plainWeb.test(written)) return written
  const url = new URL(written, against)
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null
}

/** The base inside an element that carries `xml:base`; a base that is no web address is ignored. */
export function innerBase(outer: string | null, given: string | undefined): string | null {
  return given === undefined ? outer : (resolveUrl(given, outer) ?? outer)
}
