import type { PhraseQuery, Query } from './query-tree.ts'
import { outletNameKey } from './outlet-name.ts'
import { fold, singular } from './normal-form.ts'
import { tokenize, type Token } from './text.ts'

/** How many other words may stand inside an alias of several words. */
const spareWords = 2

/** Words that people put between a name and its version. */
const versionFillers = ['version', 'v']

/** `inflected`: the last word also in its -ing and -ed forms ("red team" is met by "red teaming"). */
export type AliasForms = 'plain' | 'inflected'

/**
 * The phrases that meet an alias. Other words may stand between its words, but never inside a word joined by a hyphen or dot nor
 * before a number ("GPT … 5" is no GPT-5). Written together or apart is the same: "e-mail" and "email", "GPT-5" and "GPT5".
 */
export const aliasQuery = (alias: string, forms: AliasForms): readonly PhraseQuery[] => {
  const { tokens } = tokenize(alias)
  if (tokens.length === 0) return []
  const words = tokens.map((token, index) =>
    wordOf(token, alias.slice(tokens[index - 1]?.end ?? 0, token.start)),
  )
  const spellings = [words, ...together(words), ...apart(words), ...versions(words)]
  const all = forms === 'inflected' ? [...spellings, ...spellings.flatMap(inflections)] : spellings
  return distinct(all.map(phraseOf))
}

/** The queries that let an alias be met by the outlet: its name is the alias, or the alias is one of its words. */
export const outletQuery = (alias: string): readonly Query[] => {
  const name = outletNameKey(alias)
  return name.length < 2 ? [] : [{ kind: 'outlet-name', name }]
}

/** A word of an alias: `tight` to the word before. */
interface AliasWord {
  readonly norm: string
  readonly word: string
  readonly tight: boolean
}

const isNumber = (norm: string): boolean => /^v?\d/.test(norm)

/** Words that are written without a space between them ("open-weight", "Node.js", "人工知能") stay together. */
const wordOf = ({ norm, word }: Token, gap: string): AliasWord => ({
  norm,
  word,
  tight: !/\s/.test(gap) || isNumber(norm),
})

const phraseOf = (words: readonly AliasWord[]): PhraseQuery => {
  const loose = words.map(({ tight }, index) => index > 0 && !tight)
  return {
    kind: 'phrase',
    terms: words.map(({ norm }) => norm),
    loose,
    spare: loose.includes(true) ? spareWords : 0,
    scope: 'any',
  }
}

const distinct = (phrases: readonly PhraseQuery[]): readonly PhraseQuery[] => [
  ...new Map(phrases.map((phrase) => [JSON.stringify(phrase), phrase])).values(),
]

/** "open-weight" as "openweight", "GPT-5" and "GPT 5" as "GPT5". */
const together = (words: readonly AliasWord[]): AliasWord[][] => {
  const joined: AliasWord[] = []
  for (const word of words) {
    const before = joined.at(-1)
    if (before !== undefined && word.tight && isJoinable(before, word)) {
      joined[joined.length - 1] = written(before.word + word.word, before.tight)
    } else joined.push(word)
  }
  return joined.length < words.length ? [joined] : []
}

const isJoinable = (before: AliasWord, word: AliasWord): boolean =>
  /^\p{L}+$/u.test(before.word) && /^(?:\p{L}{2,}|\d[\d.]*)$/u.test(word.word)

const written = (word: string, tight: boolean): AliasWord => ({ norm: singular(word), word, tight })

/** "Qwen2.5" as "Qwen 2.5"; a single letter ("R2") belongs to its number. */
const apart = (words: readonly AliasWord[]): AliasWord[][] => {
  const split = words.flatMap((word) => {
    const parts = /^(\p{L}{2,})(\d[\d.]*)$/u.exec(word.word)
    if (parts?.[1] === undefined || parts[2] === undefined) return [word]
    return [written(parts[1], word.tight), written(parts[2], true)]
  })
  return split.length > words.length ? [split] : []
}

/** "Debian 13" as "Debian version 13" and "Debian 13.0", "DeepSeek V3.1" as "DeepSeek 3.1". */
const versions = (words: readonly AliasWord[]): AliasWord[][] => {
  const last = words.at(-1)
  if (last === undefined || words.length < 2 || !isNumber(last.norm)) return []
  const name = words.slice(0, -1)
  const number = last.norm.replace(/^v/, '')
  const numbers = [number, `v${number}`, ...(/^\d+$/.test(number) ? [`${number}.0`] : [])]
  const spelled = numbers.map((norm) => [...name, { norm, word: norm, tight: true }])
  const filled = versionFillers.map((filler) => [
    ...name,
    { norm: filler, word: filler, tight: true },
    { norm: number, word: number, tight: true },
  ])
  return [...spelled, ...filled]
}

/** The alias with its last word in -ing and -ed ("safety test": "safety testing", "safety tested"). */
const inflections = (words: readonly AliasWord[]): AliasWord[][] => {
  const last = words.at(-1)
  const word = last?.word ?? ''
  if (last === undefined || !/^[a-z]{4,}$/.test(word) || /(?:ing|ed|s)$/.test(word)) return []
  const stem = /[^e]e$/.test(word) ? word.slice(0, -1) : word
  return ['ing', 'ed'].map((ending) => [...words.slice(0, -1), written(fold(stem + ending), last.tight)])
}
