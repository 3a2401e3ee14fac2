import type { WatchItem } from '../matching/watch-item.ts'
import { partsOf } from './cues.ts'
import type { Word } from './words.ts'

/** Which of several things of one name a question asks about. */
export interface Version {
  /** Aliases, in lower case, that name an older thing where nothing tells that the asked one is meant ("Acme Pad" for "Acme Pad 2"). */
  readonly plain: ReadonlySet<string>
  /** The number in a row that is asked about ("the tenth flight"); null where there is none. */
  readonly ordinal: number | null
}

/** A sentence, and what is asked for. */
interface Place {
  readonly words: readonly Word[]
  readonly target: { readonly version: Version }
}

const successors =
  /^(?:next|second|third|fourth|fifth|new|newest|upcoming|forthcoming|future|successor|sequel|follow|generation|gen|2nd|3rd|4th|updated)$/u

/** Words before a name that ask for another one of it. */
const rows = /^(?:next|second|third|successor)$/u

/** Reads from a question which version of its subject it asks about. */
export function versionOf(item: WatchItem, words: readonly Word[]): Version {
  const named = item.subject
    .map(partsOf)
    .filter((parts) => isNumbered(parts) && standsIn(words, parts).length > 0)
  const plain = item.subject
    .map(partsOf)
    .filter((parts) => !isNumbered(parts) && isOlder(parts, named, words))
  return { plain: new Set(plain.map((parts) => parts.join(' '))), ordinal: ordinalsOf(words)[0] ?? null }
}

/** Whether the words of a mention from `from` to `to` name another thing of the row than the one asked about. */
export function otherVersion({ words, target }: Place, from: number, to: number): string | null {
  const { plain } = target.version
  if (plain.size === 0) return null
  const name = words
    .slice(from, to)
    .map((word) => word.text)
    .join(' ')
  if (!plain.has(name) && !plain.has(name.replace(/s$/u, ''))) return null
  const beside = [...words.slice(Math.max(0, from - 4), from), ...words.slice(to, to + 2)]
  const isMeant =
    beside.some((word) => successors.test(word.text) || /^(?:2|3|4|ii|iii|iv)$/u.test(word.text)) ||
    words.some((word) => rows.test(word.text))
  return isMeant ? null : `the ${name} that is there`
}

/** Whether a sentence counts another one of a row than the question ("the 11th flight"). */
export function countsAnother({ words, target }: Place): boolean {
  const { ordinal } = target.version
  if (ordinal === null) return false
  const counted = ordinalsOf(words)
  return counted.length > 0 && !counted.includes(ordinal)
}

function isNumbered(parts: readonly string[]): boolean {
  return parts.some((part, i) => i > 0 && (/^\d+(?:\.\d+)*$/u.test(part) || /^(?:ii|iii|iv|vi)$/u.test(part)))
}

/** Whether a name is the front of a numbered one, or is asked for by "the next X", and is not asked for by itself. */
function isOlder(
  parts: readonly string[],
  named: readonly (readonly string[])[],
  words: readonly Word[],
): boolean {
  const places = standsIn(words, parts)
  const isOfRow = (at: number): boolean =>
    (rows.test(words[at - 1]?.text ?? '') && !isSuccessorOf(words, at - 1)) ||
    named.some((name) => standsIn(words, name).includes(at))
  const isFront = named.some((name) => parts.every((part, i) => name[i] === part))
  return (isFront || places.length > 0) && places.every(isOfRow) && (isFront || places.some(isOfRow))
}

/** "Acme 4's successor Bolt": the name behind it is the new thing's. */
function isSuccessorOf(words: readonly Word[], at: number): boolean {
  const before = words[at - 1]
  return words[at]?.text === 'successor' && (before?.capital === true || before?.kind === 'number')
}

/** Where words stand together in a question. */
function standsIn(words: readonly Word[], parts: readonly string[]): number[] {
  return [...words.keys()].filter((at) => parts.every((part, i) => words[at + i]?.text === part))
}

const numbers = 'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'.split(' ')

/** The places in a row that are named, from the fourth on: "second" and "third" mean too much else. */
function ordinalsOf(words: readonly Word[]): number[] {
  return words
    .map((word) =>
      /^\d+(?:st|nd|rd|th)$/u.test(word.text)
        ? Number.parseInt(word.text, 10)
        : numbers.indexOf(word.text) + 1,
    )
    .filter((number) => number > 3 && number < 1000)
}
