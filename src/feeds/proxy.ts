/** Through which servers requests go out, as the environment says; an absent one: directly. */
export interface Proxy {
  readonly http: string | undefined
  readonly https: string | undefined
  /** Hosts that are asked directly, parted by commas: `example.org` with all below it, `host:port`, `*` for all. */
  readonly except: string
}

/**
 * Reads the variables that most programs know: `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`, in small letters, too. Null
 * when none names a proxy. Throws for one that is no http or https address: nothing could be fetched.
 */
export function proxyFrom(env: Readonly<Record<string, string | undefined>>): Proxy | null {
  const read = (name: string): string | undefined =>
    [env[name.toLowerCase()], env[name]].find((value) => value !== undefined && value !== '')
  const address = (name: string): string | undefined => {
    const value = read(name)
    if (value === undefined) return value
    const url = URL.canParse(value) ? new URL(value) : null
    if (url === null || !/^https?:$/.test(url.protocol))
      throw new Error(`${name} is no address of a proxy; write it as http://host:port, or unset it`)
    if (!isEncoded(url.username) || !isEncoded(url.password))
      throw new Error(
        `${name} has a user or password with a percent sign in it; write the sign itself as %25 there`,
      )
    return value
  }
  const [http, https] = [address('HTTP_PROXY'), address('HTTPS_PROXY')]
  return http === undefined && https === undefined ? null : { http, https, except: read('NO_PROXY') ?? '' }
}

/** Whether the percent signs of a text all begin the code of a character. */
function isEncoded(text: string): boolean {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}
