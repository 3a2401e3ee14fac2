/** What a character is to the tokeniser. */
export const characterClass = {
  other: 0,
  letter: 1,
  digit: 2,
  hyphen: 3,
  apostrophe: 4,
  ignorable: 5,
  unspaced: 6,
} as const
export type CharacterClass = (typeof characterClass)[keyof typeof characterClass]

const wordCharacter = /[\p{L}\p{M}\p{N}]/u
const digitCharacter = /\p{N}/u
/** Scripts written without spaces between words: Intl.Segmenter finds the words in them. */
const unspacedScript =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u

const asciiClasses = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code)
  if (/[A-Za-z]/.test(character)) return characterClass.letter
  if (/[0-9]/.test(character)) return characterClass.digit
  if (character === '-' || character === '_') return characterClass.hyphen
  if (character === "'" || character === '`') return characterClass.apostrophe
  return characterClass.other
})

/** The marks between U+0080 and U+FFFF that join or pad words; an em dash separates and is not among them. */
const specialClasses = new Map<number, CharacterClass>([
  ...[0x2010, 0x2011, 0x2012, 0x2013, 0x2043, 0x2212, 0xfe58, 0xfe63, 0xff0d].map(
    (code) => [code, characterClass.hyphen] as const,
  ),
  ...[0xb4, 0x2018, 0x2019, 0x201b, 0x2bc, 0x2b9, 0x2032, 0xff07, 0xff40].map(
    (code) => [code, characterClass.apostrophe] as const,
  ),
  ...[0xad, 0x200b, 0x200c, 0x200d, 0x2060, 0xfeff].map((code) => [code, characterClass.ignorable] as const),
])

/** Classifies one code point. */
export const classify = (codePoint: number): CharacterClass => {
  if (codePoint < 128) return (asciiClasses[codePoint] ?? characterClass.other) as CharacterClass
  const special = specialClasses.get(codePoint)
  if (special !== undefined) return special
  if (codePoint >= 0x2000 && codePoint <= 0x206f) return characterClass.other
  return classifyByProperty(String.fromCodePoint(codePoint))
}

const classifyByProperty = (character: string): CharacterClass => {
  if (!wordCharacter.test(character)) return characterClass.other
  if (unspacedScript.test(character)) return characterClass.unspaced
  return digitCharacter.test(character) ? characterClass.digit : characterClass.letter
}
