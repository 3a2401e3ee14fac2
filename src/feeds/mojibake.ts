const secondControls = /[\u0080-\u009f]/
const doubled =
  /[\u00c2-\u00df][\u0080-\u00bf]|[\u00e0-\u00ef][\u0080-\u00bf]{2}|[\u00f0-\u00f4][\u0080-\u00bf]{3}/g

/**
 * Undoes UTF-8 that was encoded twice (`â` and two invisible characters for an apostrophe), as some sites serve. Only where
 * one of the characters is a control character that no text has: `Ã©` can be meant.
 */
export function undouble(text: string): string {
  if (!secondControls.test(text)) return text
  return text.replace(doubled, (found) => {
    if (!secondControls.test(found)) return found
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(found, 'latin1'))
    } catch {
      return found
    }
  })
}
