import wrapAnsi from 'wrap-ansi'

/**
 * Signs of Latin texts and what stands between them, each one column wide (but for © and ®, which some show as
 * pictures). Measuring any text is slow: a digest of a thousand alerts would hold up everything for seconds. Where
 * there are only these signs, counting is enough.
 */
const narrow = /^[ -~\u00a1-\u00a8\u00aa-\u00ac\u00af-\u024f\u2010-\u2027\u2190-\u2193]*$/

/** Lines of at most `width` columns (wide characters count two), later lines indented by `indent` columns. */
export function wrapText(text: string, width: number, indent = 0): readonly string[] {
  const pad = ' '.repeat(indent)
  const columns = Math.max(10, width - indent)
  const lines = narrow.test(text)
    ? wrapNarrow(text, columns)
    : wrapAnsi(text, columns, { hard: false, trim: true }).split('\n')
  return lines.map((line) => pad + line)
}

/** Words in lines; a word that is longer than a line stands alone. */
function wrapNarrow(text: string, columns: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').filter((one) => one !== '')) {
    if (line === '') line = word
    else if (line.length + 1 + word.length <= columns) line += ` ${word}`
    else {
      lines.push(line)
      line = word
    }
  }
  return [...lines, line]
}
