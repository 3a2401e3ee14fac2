/** Why a feed fails, in words that are the same for all feeds that fail alike: its own address and host are taken out. */
export function feedReason(error: string, url: string): string {
  const host = feedHost(url)
  const general = error
    .replace(/\bhttps?:\/\/\S+/gi, '')
    .replaceAll(`www.${host}`, '')
    .replaceAll(host, '')
    .replace(/["'“”`]\s*["'“”`]|\(\s*\)/g, '')
    .replace(/\s+/g, ' ')
    .replace(/\s+([:,.;])/g, '$1')
    .replace(/^[\s:,;.]+|[\s:,;.]+$/g, '')
  return general === '' ? 'failed without a message' : general
}

/** The host of a feed's address, without `www.`; the address itself where it is none. */
export function feedHost(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : url
}
