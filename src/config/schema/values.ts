import ipaddr from 'ipaddr.js'
import { getDomain } from 'tldts'
import { z } from 'zod'

const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const
const sizes = { B: 1, kB: 1000, MB: 1_000_000, GB: 1_000_000_000 } as const

/** A length of time as people write it (`90s`, `10m`, `7d`), read into milliseconds. */
export const duration = () =>
  z.string().transform((text, ctx) => {
    const [, count, unit] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)$/.exec(text.trim()) ?? []
    if (count !== undefined && Number(count) > 0) return Number(count) * units[unit as keyof typeof units]
    return refuse(
      ctx,
      text,
      `${quoted(text)} is not a length of time`,
      'write a number and ms, s, m, h, d or w, such as "10m"',
    )
  })

/** An amount of data as people write it (`10MB`), read into bytes. */
export const size = () =>
  z.string().transform((text, ctx) => {
    const [, count, unit] = /^(\d+(?:\.\d+)?)\s*(B|kB|MB|GB)$/i.exec(text.trim()) ?? []
    const factor = Object.entries(sizes).find(([name]) => name.toLowerCase() === unit?.toLowerCase())?.[1]
    if (factor !== undefined && Number(count) > 0) return Math.round(Number(count) * factor)
    return refuse(
      ctx,
      text,
      `${quoted(text)} is not an amount of data`,
      'write a number and B, kB, MB or GB, such as "10MB"',
    )
  })

/** An absolute http or https address. */
export const webUrl = () =>
  z.string().transform((text, ctx) => {
    const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null
    if (url !== null && /^https?:$/.test(url.protocol) && url.hostname !== '') return text.trim()
    return refuse(
      ctx,
      text,
      `${quoted(text)} is not a web address`,
      'write it in full, with https:// (or http://) in front',
    )
  })

/** An outlet's name: a domain, read into the registrable one (`news.bbc.co.uk` gives `bbc.co.uk`). */
export const domain = () =>
  z.string().transform((text, ctx) => {
    const found = registrableDomain(text.trim())
    if (found !== null) return found
    const host = URL.canParse(text) ? registrableDomain(new URL(text).hostname) : null
    const fix = host === null ? 'write the domain of its site, such as "openai.com"' : `write "${host}"`
    return refuse(ctx, text, `${quoted(text)} is not a domain`, fix)
  })

/** Nothing else is an address. Asking the library takes long, and a configuration names many domains. */
const looksLikeAddress = /^[\da-fx.]+$|:/

/** The registrable domain of a host (public suffix list, hosting sites such as github.io included); null for anything else. */
export function registrableDomain(host: string): string | null {
  const name = host.toLowerCase()
  if (name === 'localhost' || (looksLikeAddress.test(name) && ipaddr.isValid(name))) return name
  if (!/^[\p{L}\p{N}.-]+$/u.test(name)) return null
  return getDomain(name, { allowPrivateDomains: true })
}

/** A name that is safe in addresses, file names and on the command line. */
export const slug = () =>
  z.string().transform((text, ctx) => {
    if (/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/.test(text)) return text
    const tidy = text
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 64)
    const fix = `use small letters, digits and dashes, at most 64${tidy === '' ? '' : `, such as "${tidy}"`}`
    return refuse(ctx, text, `${quoted(text)} cannot serve as an id`, fix)
  })

/** A host name, an address, or a range of addresses (`10.0.0.0/8`). */
export const hostOrRange = () =>
  z.string().transform((text, ctx) => {
    const name = text.trim().toLowerCase()
    if (ipaddr.isValid(name) || ipaddr.isValidCIDR(name)) return name
    if (
      /^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(name) &&
      !/^[\d.]+$/.test(name)
    )
      return name
    return refuse(
      ctx,
      text,
      `${quoted(text)} is neither a host nor a range of addresses`,
      'write a host name, an address, or a range such as "10.0.0.0/8"',
    )
  })

/** An ISO date or time; a date alone is its start in UTC. */
export const instant = () =>
  z.string().transform((text, ctx) => {
    const shape = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/
    const time = shape.test(text.trim()) ? isoTime(text.trim()) : NaN
    if (!Number.isNaN(time)) return new Date(time)
    return refuse(ctx, text, `${quoted(text)} is not a date`, 'write year-month-day, such as 2025-03-01')
  })

function isoTime(text: string): number {
  const day = text.slice(0, 10)
  // Date.parse takes 2025-02-31 for 3 March.
  const real = Date.parse(`${day}T00:00:00Z`)
  if (Number.isNaN(real) || new Date(real).toISOString().slice(0, 10) !== day) return NaN
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/.test(text.slice(10))
  return text.length === 10 ? real : Date.parse(`${text.replace(' ', 'T')}${zoned ? '' : 'Z'}`)
}

/** A text that is never shown: masked in every report of the configuration. */
export const secret = () => text().meta({ secret: true })

/** A text that says something, of at most so many characters. */
export const text = (most = Infinity) =>
  z.string().transform((value, ctx) => {
    const said = value.trim()
    if (said === '')
      return refuse(ctx, value, 'the text is empty', 'write something here, or remove the line')
    if (said.length <= most) return said
    const long = said.length.toLocaleString('en-GB')
    return refuse(ctx, value, `it has ${long} characters`, `write ${most.toLocaleString('en-GB')} or fewer`)
  })

/** A whole number, or the text of one (values from the environment are texts). */
export const wholeNumber = (min: number, max: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' && /^\d{1,15}$/.test(value.trim()) ? Number(value) : value),
    z.int().min(min).max(max),
  )

/** One or several: a single value stands for a list of one. */
export const listOf = <T extends z.ZodType>(element: T) =>
  z.preprocess((value) => (value === undefined || Array.isArray(value) ? value : [value]), z.array(element))

/** Reports why a text cannot be taken, and what to write instead; for the end of a transform. */
export function refuse<T>(ctx: z.RefinementCtx<T>, input: T, message: string, fix: string): never {
  ctx.issues.push({ code: 'custom', message, input, params: { fix } })
  return z.NEVER
}

/** A value as it is quoted in a message: short, on one line. */
export function quoted(value: string): string {
  const line = value.replaceAll(/\s+/g, ' ')
  return JSON.stringify(line.length > 60 ? `${line.slice(0, 57)}...` : line)
}
