/** Why a feed fails, in words that are the same for all feeds that fail alike: its address in front is taken off. */
export function feedReason(error: string, url: string): string {
  const text = error.trim()
  const rest = withoutStart(text, url) ?? text.replace(/^https?:\/\/\S+(?=\s|$)/i, '')
  const general = rest.replace(/^[\s:]+|[\s:]+$/g, '')
  return general === '' ? 'failed without a message' : general
}

/** What follows the address, which may be written with a colon behind it; null where the text begins otherwise. */
function withoutStart(text: string, url: string): string | null {
  if (url === '' || !text.startsWith(url)) return null
  const rest = text.slice(url.length)
  return /^(?::?\s|:?$)/.test(rest) ? rest : null
}

/** The host of a feed's address, without `www.`; the address itself where it is none. */
export function feedHost(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : url
}
