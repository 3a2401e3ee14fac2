import { compile } from 'css-select'
import { z } from 'zod'
import { quoted, refuse } from './values.ts'

/** A CSS selector. */
export const selector = () =>
  z.string().transform((text, ctx) => {
    const reason = fault(text.trim())
    if (reason === null) return text.trim()
    return refuse(
      ctx,
      text,
      `${quoted(text)} is no CSS selector (${reason})`,
      'write one that matches the links of the entries, such as ".post a"',
    )
  })

function fault(text: string): string | null {
  if (text === '') return 'it is empty'
  try {
    compile(text)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
