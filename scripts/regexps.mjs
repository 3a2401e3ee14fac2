// npm run regexps: tries every regular expression of the sources with long texts made of its own pieces, and fails where
// one takes time beyond the square of a text's length (or doubles it with each character), or much time at all.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import typescript from 'typescript'

const root = fileURLToPath(new URL('../src/', import.meta.url))

/** Texts of so many characters are tried, the short ones first: what doubles with each character shows there. */
const lengths = [22, 28, 1000, 4000]
/** The most processor time for one text, in milliseconds; the square of 4000 takes about 20. */
const mostMs = 250

/** Characters and pairs of them that many expressions repeat. */
// prettier-ignore
const usual = [
  ...'aA01 \t\n-.,/\\<>&"\'()[]{:@=#_+?;|%é\u00a0',
  ...['a ', 'a-', '1.', '<a', ' ='],
]

function expressions() {
  return readdirSync(root, { recursive: true })
    .filter((file) => /\.(?:tsx?|js)$/.test(file) && !file.startsWith('store/generated'))
    .toSorted()
    .flatMap((file) => literalsOf(file))
}

function literalsOf(file) {
  const { ScriptTarget, ScriptKind, SyntaxKind, createSourceFile, forEachChild } = typescript
  const kind = file.endsWith('x') ? ScriptKind.TSX : undefined
  const source = createSourceFile(file, readFileSync(root + file, 'utf8'), ScriptTarget.ES2023, true, kind)
  const found = []
  const walk = (node) => {
    if (node.kind === SyntaxKind.RegularExpressionLiteral) {
      const [, pattern = '', flags = ''] = /^\/([\s\S]*)\/([a-z]*)$/.exec(node.text) ?? []
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1
      found.push({ place: `src/${file}:${line}`, pattern, flags: flags.replaceAll(/[gy]/g, '') })
    }
    forEachChild(node, walk)
  }
  walk(source)
  return found
}

/** The words and signs that an expression is made of. */
function piecesOf(pattern) {
  const words = pattern
    .replaceAll(/\\(?:[pP]\{\w+\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|[a-zA-Z])/g, ' ')
    .split(/[\s^$*+?()[\]{}|\\]+/)
    .filter((word) => word !== '' && word.length < 16)
  return [...new Set(words)].slice(0, 16)
}

function costOf(expression, text) {
  const before = process.cpuUsage()
  expression.test(text)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** The longest that any text takes, in milliseconds, and with which. */
function worstOf({ pattern, flags }) {
  const expression = new RegExp(pattern, flags)
  const pieces = piecesOf(pattern)
  let worst = { ms: 0, text: '' }
  for (const pump of new Set([...pieces, ...usual]))
    for (const before of new Set(['', ...pieces.slice(0, 3)]))
      for (const length of lengths) {
        const text = `${before}${pump.repeat(Math.ceil(length / pump.length))}\0`
        let ms = costOf(expression, text)
        // the machine may have been busy with itself
        for (let again = 0; again < 2 && ms > 20; again++) ms = Math.min(ms, costOf(expression, text))
        if (ms > worst.ms)
          worst = { ms, text: `${JSON.stringify(before)} and ${length} of ${JSON.stringify(pump)}` }
        if (ms > mostMs || (length < 100 && ms > 20)) return { ...worst, isBad: true }
      }
  return { ...worst, isBad: false }
}

const all = expressions().map((one) => ({ ...one, worst: worstOf(one) }))
const bad = all.filter(({ worst }) => worst.isBad)
const slowest = all.toSorted((a, b) => b.worst.ms - a.worst.ms).slice(0, 10)
process.stdout.write(
  `${all.length} regular expressions; the slowest with texts of up to ${lengths.at(-1)} characters:\n`,
)
for (const { place, pattern, worst } of slowest)
  process.stdout.write(`${worst.ms.toFixed(1).padStart(8)} ms  ${place}  ${pattern.slice(0, 60)}\n`)
for (const { place, pattern, worst } of bad)
  process.stderr.write(`regexps: ${place}: /${pattern}/ takes ${worst.ms.toFixed(0)} ms for ${worst.text}\n`)
process.exit(bad.length === 0 ? 0 : 1)
