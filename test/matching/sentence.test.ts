import { describe, expect, it } from 'vitest'
import { splitSentences } from '../../src/matching/sentence.ts'

const sentences = (raw: string): string[] =>
  splitSentences(raw).map(({ start, end }) => raw.slice(start, end))

describe('sentences', () => {
  it.each<[raw: string, count: number]>([
    ['', 0],
    ['   \n ', 0],
    ['A headline without a period', 1],
    ['One. Two. Three.', 3],
    ['One! Two? Three', 3],
    ['Really?! Yes.', 2],
    ['The U.S. government said so. It did.', 2],
    ['He lives in the U.S. The law is new.', 2],
    ['Dr. Smith of Acme Inc. spoke. Mr. Jones left.', 2],
    ['It sold to Acme Inc. The price is secret.', 2],
    ['GPT-5.1 costs $1.50 a day. Fine.', 2],
    ['Version 5. Then version 6.', 2],
    ['See No. 5 and vol. 2 of it.', 1],
    ['J. R. R. Tolkien wrote it. George W. Bush did not.', 2],
    ['e.g. this and i.e. that', 1],
    ['It opens at 9 a.m. on Monday.', 1],
    ['He said "It is done." Then he left.', 2],
    ['He said “It is done.” Then he left.', 2],
    ['(It is done.) Then he left.', 2],
    ['Yahoo! is a name.', 1],
    ['Wait... what?', 1],
    ['He waited… Then he left.', 2],
    ['To answer it.So what is next?', 2],
    ['Node.js and openai.com and Character.AI', 1],
    ['A title\nand a text', 2],
    ['彼は言った。それは本当だ。', 2],
    ['On Jan. 5 it opens. On Feb. 6 it closes.', 2],
    ['It ships on 5 Aug. Meanwhile others wait.', 2],
    ['Is it vs. them? No. It is us.', 3],
  ])('%s: %i', (raw, count) => {
    expect(sentences(raw)).toHaveLength(count)
  })

  it('keep their closing quote and lose the white space around them', () => {
    expect(sentences('  He said “done.”  Then left. ')).toEqual(['He said “done.”', 'Then left.'])
  })
})
