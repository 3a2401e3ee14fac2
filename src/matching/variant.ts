/** Words that makers put behind a version number to name another product: "GPT-5 mini" is not "GPT-5". */
const variantWords = new Set(
  'mini nano micro pro turbo max lite ultra air flash codex instant preview se fe xl ti'.split(' '),
)

/** Of those, the ones that are ordinary words too: only with a capital do they name a product. */
const capitalisedVariantWords = new Set([
  'plus',
  'air',
  'max',
  'pro',
  'instant',
  'preview',
  'micro',
  'flash',
  'se',
])

/** Second halves of an adjective: a "GPT-5-powered app" does speak of GPT-5. */
const adjectiveEndings = new Set(
  (
    'based powered class level like style driven era ready related compatible enabled specific generation grade type ' +
    'sized inspired equivalent only first native quality beating killer rival release launch model and or is the'
  ).split(' '),
)

/**
 * Whether the word behind a version number makes another product of it. `hyphenated`: joined by a hyphen ("R2-D2"), else
 * parted by a single space ("GPT-5 mini"). A date behind it ("GPT-5-2025-08-07") is a snapshot of the same product.
 */
export const namesVariant = (word: string, raw: string, hyphenated: boolean): boolean => {
  if (hyphenated) return !adjectiveEndings.has(word) && !/^\d{4,}$/.test(word)
  if (capitalisedVariantWords.has(word)) return /^\p{Lu}/u.test(raw)
  return variantWords.has(word)
}
