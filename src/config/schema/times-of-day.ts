import { z } from 'zod'
import { quoted, refuse } from './values.ts'

/** A time of day (`07:30`), read into minutes after midnight. */
export const clockTime = () =>
  z.string().transform((text, ctx) => {
    const [, hours, minutes] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text.trim()) ?? []
    if (hours !== undefined && minutes !== undefined) return Number(hours) * 60 + Number(minutes)
    return refuse(
      ctx,
      text,
      `${quoted(text)} is no time of day`,
      'write hours and minutes in quotes, such as "07:30"',
    )
  })

/** The name of a time zone (IANA), as this machine knows it. */
export const timeZone = () =>
  z.string().transform((text, ctx) => {
    try {
      return new Intl.DateTimeFormat('en', { timeZone: text.trim() }).resolvedOptions().timeZone
    } catch {
      return refuse(
        ctx,
        text,
        `${quoted(text)} is no time zone`,
        'write an IANA name such as Europe/Berlin, America/New_York or UTC',
      )
    }
  })
