import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { quoted, refuse } from './values.ts'

/** The addresses of a proxy: one, a range (`172.16.0.0/12`), or `loopback` or `private` for all of that sort. */
export const proxy = () =>
  z.string().transform((text, ctx) => {
    const name = text.trim().toLowerCase()
    if (name === 'loopback') return name
    // what proxy-addr, which reads this in the end, calls them
    if (name === 'private') return 'uniquelocal'
    if (ipaddr.isValid(name) || ipaddr.isValidCIDR(name)) return name
    return refuse(
      ctx,
      text,
      `${quoted(text)} is neither an address nor a range of addresses`,
      'write the address of the proxy, a range such as "172.16.0.0/12", or "loopback" or "private"',
    )
  })
