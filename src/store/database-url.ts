const example = 'postgresql://user:password@host:5432/database'

/** What to do about a password that splits the address: for the end of a message. */
export const encodePassword = 'In a password, @ / # ? and % must be percent-encoded (%40 %2F %23 %3F %25)'

/** Why an address of a database is none, in words that give nothing of it away; null when it can be tried. */
export function databaseUrlFault(url: string): string | null {
  if (!/^postgres(?:ql)?:\/\//.test(url)) {
    return `DATABASE_URL is no address of a Postgres database; write it as ${example}, or unset it to use the embedded one.`
  }
  if (URL.canParse(url)) return null
  return (
    `DATABASE_URL cannot be read as an address; write it as ${example}, or unset it to use the embedded one. ` +
    `${encodePassword}.`
  )
}

/** Whether an `@` stands where the password may have gone on, so that host and database are not what was meant. */
export function isOddDatabaseUrl(url: string): boolean {
  const rest = url.replace(/^\w+:\/\//, '')
  const authority = /^[^/?#]*/.exec(rest)?.[0] ?? ''
  return rest.lastIndexOf('@') > authority.length || authority.indexOf('@') !== authority.lastIndexOf('@')
}

/** The server's name, port and database, for people: nothing before the last `@`, and no parameters. */
export function databaseServer(url: string): string {
  if (isOddDatabaseUrl(url)) {
    const last = /^[\w.-]+(?::\d+)?(?:\/[\w.-]*)?(?=$|\?)/.exec(url.slice(url.lastIndexOf('@') + 1))?.[0]
    // An `@` among the parameters says nothing about where the host is.
    return last === undefined || /\?[^@]*=.*@/.test(url) ? 'the one of DATABASE_URL' : last
  }
  const { hostname, port, pathname } = new URL(url)
  return `${hostname}${port === '' ? '' : `:${port}`}${pathname}`
}
