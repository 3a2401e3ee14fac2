const secretName =
  /^(?:.*[_-])?(?:key|apikey|token|secret|password|passwd|pwd|auth|authorization|signature|sig)$/i
const userInfo = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi

/** A URL as it may be shown: user, password and secret-looking query values become `***`. Not a URL: masked as text. */
export function maskUrl(url: string): string {
  if (!URL.canParse(url)) return maskUrls(url)
  const shown = new URL(url)
  if (shown.username !== '' || shown.password !== '') {
    shown.username = '***'
    shown.password = ''
  }
  for (const name of new Set(shown.searchParams.keys())) {
    if (secretName.test(name)) shown.searchParams.set(name, '***')
  }
  return shown.href
}

/** Any text (an error message, a log line) with the user and password of every URL in it replaced by `***`. */
export function maskUrls(text: string): string {
  return text.replace(userInfo, '$1***@')
}
