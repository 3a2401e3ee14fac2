import fc from 'fast-check'
import { documentOf } from '../../../src/matching/document.ts'
import { explainMatch } from '../../../src/matching/explain.ts'
import { createJudge } from '../../../src/pipeline/judge.ts'
import { readWrittenItem, type WrittenItem } from '../../../src/pipeline/written-item.ts'
import { readExpected } from '../../../src/status/date-claim.ts'
import { proposeWords } from '../../../src/status/propose-words.ts'
import { shippedKinds } from '../../status/shipped-kinds.ts'
import { mutated, scrapHeap, wildText } from '../mutate.ts'
import { newsScraps, newsTexts, questions } from '../samples/news.ts'
import type { Fuzzing } from '../target.ts'

const kinds = [...shippedKinds.values()]
const asked = questions.map(({ question }) => question)
const now = new Date('2025-09-01T00:00:00Z')

interface Asked {
  readonly question: string
  readonly written: WrittenItem
  readonly text: string
}

/** Questions as people type them: proposed for, refused with an advice, or watched, whatever their words are. */
export function start(): Fuzzing<Asked> {
  const words = fc.oneof(
    {
      weight: 4,
      arbitrary: mutated(asked, [
        'Will ',
        'When ',
        'the ',
        'of ',
        'for ',
        '?',
        ' and ',
        "'s ",
        ...newsScraps,
      ]),
    },
    { weight: 2, arbitrary: scrapHeap(newsScraps, 20) },
    { weight: 1, arbitrary: wildText },
  )
  const short = fc.oneof(
    fc.constantFrom('Falcon 3', 'Acme', 'the', 'US', 'A*', 'C++', '.NET', '日本', 'a'.repeat(200)),
    wildText,
  )
  const list = fc.oneof(
    { weight: 3, arbitrary: fc.array(short, { maxLength: 4 }) },
    fc.array(words, { maxLength: 2 }),
  )
  const written = fc.record(
    {
      ...{ question: words, subject: list, context: list, about: list },
      official: fc.array(fc.oneof(fc.constantFrom('acme.com', 'co.uk', 'x'), wildText), { maxLength: 2 }),
      kind: fc.oneof(
        { weight: 5, arbitrary: fc.constantFrom('release', 'decision', 'measure', 'event') },
        wildText,
      ),
      status: fc.constantFrom('open', 'happened', 'nothing'),
      expected: fc.oneof(words, fc.constant(null)),
      since: fc.constantFrom('2025-01-01', 'stored', '0', '9999-99-99', '', '275760-09-14'),
    },
    { requiredKeys: ['question', 'subject'] },
  )
  return {
    inputs: fc.record({ question: words, written, text: fc.oneof(mutated(newsTexts, newsScraps), words) }),
    check({ question, written: wish, text }) {
      proposeWords(question, kinds)
      readExpected(question, now)
      const read = readWrittenItem(wish, { kinds: shippedKinds, since: now })
      if (read.kind === 'invalid') {
        for (const { message, fix } of read.problems)
          if (message === '' || fix === '') throw new Error('refused without a reason or an advice')
        return
      }
      const judge = createJudge({ items: [read.item], kinds: shippedKinds, gradeOf: () => 'other' })
      const entry = {
        title: text,
        text: `${read.item.subject.join(' ')} ${text}`,
        outlet: 'acme.com',
        url: null,
      }
      const seen = {
        ...entry,
        id: '1',
        key: '1',
        at: now,
        publishedAt: now,
        author: null,
        discussionUrl: null,
      }
      judge.read(seen)
      explainMatch(read.item, documentOf(entry))
    },
  }
}
