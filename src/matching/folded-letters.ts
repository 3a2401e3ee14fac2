import { characterClass, classify } from './character.ts'
import { fold } from './normal-form.ts'

/** Which characters fold to a letter or digit of ASCII, and which single ones to several of them ("ﬁ", "ß"). */
export interface FoldedLetters {
  /** By what they fold to, itself and its capital included. */
  readonly single: ReadonlyMap<string, readonly string[]>
  readonly several: ReadonlyMap<string, readonly string[]>
}

/** Latin, Greek and Cyrillic, their extensions and what looks like them: nothing beyond folds to ASCII. */
const ranges = [
  [0x20, 0x24f],
  [0x250, 0x52f],
  [0x1d00, 0x1eff],
  [0x2070, 0x218f],
  [0x2460, 0x24ff],
  [0x2c60, 0x2c7f],
  [0x3200, 0x33ff],
  [0xa720, 0xa7ff],
  [0xfb00, 0xfb06],
  [0xff00, 0xff5e],
  [0x1d400, 0x1d7ff],
  [0x1f100, 0x1f1ff],
] as const

let known: FoldedLetters | null = null

/** The table of all of them, made when first asked for. */
export function foldedLetters(): FoldedLetters {
  known ??= tabulate()
  return known
}

function tabulate(): FoldedLetters {
  const single = new Map<string, string[]>()
  const several = new Map<string, string[]>()
  for (const [from, to] of ranges)
    for (let code = from; code <= to; code += 1) {
      const kind = classify(code)
      if (kind !== characterClass.letter && kind !== characterClass.digit) continue
      const character = String.fromCodePoint(code)
      const folded = fold(character)
      if (!/^[a-z0-9]+$/.test(folded)) continue
      const table = folded.length === 1 ? single : several
      const alike = table.get(folded)
      if (alike === undefined) table.set(folded, [character])
      else alike.push(character)
    }
  return { single, several }
}
