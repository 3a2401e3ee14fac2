import { compile } from 'css-select'
import { z } from 'zod'
import { quoted } from './values.ts'

/** A CSS selector. */
export const selector = () =>
  z.string().transform((text, ctx) => {
    const reason = fault(text.trim())
    if (reason === null) return text.trim()
    ctx.issues.push({
      code: 'custom',
      message: `${quoted(text)} is no CSS selector (${reason})`,
      input: text,
      params: { fix: 'write one that matches the links of the entries, such as ".post a"' },
    })
    return z.NEVER
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
