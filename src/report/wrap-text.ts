import wrapAnsi from 'wrap-ansi'

/** Lines of at most `width` columns (wide characters count two), later lines indented by `indent` columns. */
export function wrapText(text: string, width: number, indent = 0): readonly string[] {
  const pad = ' '.repeat(indent)
  const lines = wrapAnsi(text, Math.max(10, width - indent), { hard: false, trim: true }).split('\n')
  return lines.map((line) => pad + line)
}
