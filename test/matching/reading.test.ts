import { expect, test } from 'vitest'
import { documentOf } from '../../src/matching/document.ts'
import { Reading } from '../../src/matching/reading.ts'
import { hashOf } from '../../src/matching/text.ts'
import { Vocabulary } from '../../src/matching/vocabulary.ts'

test.each([2 ** 31 - 2, -2])(
  'words are still found after so many documents that the count of them (%d) runs over',
  (epoch) => {
    const vocabulary = new Vocabulary()
    const [falcon, heron] = ['falcon', 'heron'].map((word) => vocabulary.intern(word, hashOf(word)))
    const reading = new Reading(vocabulary)
    reading.epoch = epoch
    for (const title of ['Falcon', 'Rain', 'Falcon', 'Rain']) {
      reading.read(documentOf({ title, text: '', outlet: '' }))
      expect([reading.has(falcon ?? 0), reading.has(heron ?? 0)]).toEqual([title === 'Falcon', false])
    }
  },
)
