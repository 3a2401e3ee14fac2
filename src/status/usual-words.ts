import { z } from 'zod'
import { kindSchema, type Cues, type Kind } from './kind.ts'

const { fulfilled, announced, rumoured, delayed, cancelled, companions, bystanders } = kindSchema.shape

/** The words that news of any kind uses: `config/usual-words.yaml`. */
export const usualWordsSchema = z.strictObject({
  fulfilled,
  announced,
  rumoured,
  delayed,
  cancelled,
  companions,
  bystanders,
})

export type UsualWords = z.infer<typeof usualWordsSchema>

/** No words at all. */
export const noUsualWords: UsualWords = usualWordsSchema.parse({})

/** A kind with the usual words beside its own, where it takes them; a noun that it sorts otherwise stays as it has it. */
export function withUsualWords(kind: Kind, usual: UsualWords): Kind {
  if (!kind.usual) return kind
  const known = new Set([...kind.matters, ...kind.companions, ...kind.bystanders])
  const nouns = (words: readonly string[]): string[] => words.filter((word) => !known.has(word))
  return {
    ...kind,
    fulfilled: joined(usual.fulfilled, kind.fulfilled),
    announced: joined(usual.announced, kind.announced),
    rumoured: joined(usual.rumoured, kind.rumoured),
    delayed: joined(usual.delayed, kind.delayed),
    cancelled: joined(usual.cancelled, kind.cancelled),
    companions: [...nouns(usual.companions), ...kind.companions],
    bystanders: [...nouns(usual.bystanders), ...kind.bystanders],
  }
}

function joined(usual: Cues, own: Cues): Cues {
  const both = (one: readonly string[], other: readonly string[]): string[] => [
    ...new Set([...one, ...other]),
  ]
  return {
    verbs: both(usual.verbs, own.verbs),
    nouns: both(usual.nouns, own.nouns),
    phrases: both(usual.phrases, own.phrases),
  }
}
