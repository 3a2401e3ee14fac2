import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documentOf, type Document } from '../../src/matching/document.ts'
import { evaluate } from '../../src/matching/evaluate.ts'
import { createPercolator, type Percolator } from '../../src/matching/percolator.ts'
import { isPositive, type PlacedQuery, type Query, type Scope } from '../../src/matching/query-tree.ts'

// A small alphabet of words, so that phrases, prefixes and exclusions meet often.
const words = [
  'open',
  'weight',
  'model',
  'models',
  'gpt',
  '5',
  'openai',
  'ships',
  'r2',
  'd2',
  'mini',
  'opens',
  'wait',
]
const norms = ['open', 'weight', 'model', 'gpt', '5', 'openai', 'ship', 'r2', 'd2', 'mini', 'wait']
const marks = [' ', ' ', ' ', ' ', '-', '. ', ', ', '\n', ': ']

const raw = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(fc.constantFrom(...words, 'The', 'A'), fc.constantFrom(...marks)), { maxLength })
    .map((pairs) => pairs.flat().join(''))

const document: fc.Arbitrary<Document> = fc
  .record({
    title: raw(8),
    text: raw(40),
    outlet: fc.constantFrom('openai.com', 'blog.openai.com', 'deepmind.google', 'example.org'),
  })
  .map(documentOf)

const scope = fc.constantFrom<Scope>('any', 'any', 'title')

const phrase: fc.Arbitrary<PlacedQuery> = fc
  .record({
    words: fc.array(fc.tuple(fc.constantFrom(...norms), fc.boolean()), { minLength: 1, maxLength: 4 }),
    spare: fc.nat(3),
    scope,
  })
  .map(({ words: pairs, ...rest }) => ({
    kind: 'phrase',
    terms: pairs.map(([term]) => term),
    loose: pairs.map(([, loose], index) => index > 0 && loose),
    ...rest,
  }))

const prefix: fc.Arbitrary<PlacedQuery> = fc.record({
  kind: fc.constant('prefix' as const),
  prefix: fc.constantFrom('op', 'open', 'mo', 'model', 'w', 'we', 'xyz'),
  scope,
})

const leaf = fc.oneof({ weight: 4, arbitrary: phrase }, { weight: 1, arbitrary: prefix })

const placed: fc.Arbitrary<PlacedQuery> = fc.oneof(
  { weight: 3, arbitrary: leaf },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('either' as const),
      any: fc.array(leaf, { minLength: 1, maxLength: 3 }),
    }),
  },
)

const outlet: fc.Arbitrary<Query> = fc.oneof(
  fc.record({
    kind: fc.constant('outlet' as const),
    domain: fc.constantFrom('openai.com', 'org', 'blog.openai.com'),
  }),
  fc.record({
    kind: fc.constant('outlet-name' as const),
    name: fc.constantFrom('openai', 'google', 'deepmind', 'nobody'),
  }),
)

const near: fc.Arbitrary<Query> = fc.record({
  kind: fc.constant('near' as const),
  within: fc.nat(8),
  left: placed,
  right: placed,
})

const { query } = fc.letrec<{ query: Query }>((tie) => ({
  query: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 4, arbitrary: placed },
    { weight: 1, arbitrary: near },
    { weight: 1, arbitrary: outlet },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('and' as const),
        all: fc.array(tie('query'), { minLength: 1, maxLength: 3 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('or' as const),
        any: fc.array(tie('query'), { minLength: 1, maxLength: 3 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('not' as const), query: tie('query') }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('role' as const),
        role: fc.constant('subject' as const),
        query: tie('query'),
      }),
    },
  ),
}))

const positive = query.filter(isPositive)

const idsOf = (percolator: Percolator, of: Document): string[] => percolator.match(of).map(({ id }) => id)

const idsByTrying = (queries: ReadonlyMap<string, Query>, of: Document): string[] =>
  [...queries].filter(([, tree]) => evaluate(tree, of)).map(([id]) => id)

describe('the percolator', () => {
  it('finds what trying every query finds, for 120,000 random pairs of query and document', () => {
    let pairs = 0
    let met = 0
    fc.assert(
      fc.property(
        fc.array(positive, { minLength: 40, maxLength: 40 }),
        fc.array(document, { minLength: 20, maxLength: 20 }),
        (queries, documents) => {
          const percolator = createPercolator()
          const held = new Map(queries.map((tree, index) => [String(index), tree]))
          for (const [id, tree] of held) percolator.add(id, tree)
          for (const one of documents) {
            const expected = idsByTrying(held, one)
            expect(idsOf(percolator, one)).toEqual(expected)
            pairs += held.size
            met += expected.length
          }
        },
      ),
      { numRuns: 150 },
    )
    expect(pairs).toBeGreaterThanOrEqual(120_000)
    // The pairs would prove little if nearly none or nearly all of them met.
    expect(met / pairs).toBeGreaterThan(0.1)
    expect(met / pairs).toBeLessThan(0.9)
  })

  it('reads the words that are found in any writing, with the sentences and versions they stand in', () => {
    const atoms =
      "a B U.S. U . , ; - – ' ’ ` l’ 1 10 1,000 v1.2 5.1 AT&T & + ++ C # é e\u0301 ß 大 阪 カ ไท 가 나라 OpenAI gpt -5 mini R2-D2 \u00ad \u200b 😀 𝒳 ( ) ! ? … 。 don t s women men mice FEET Mouse Straße releases WHO US incomprehensibilities / Ω ς ١ \u0300".split(
        ' ',
      )
    const wild = fc
      .tuple(
        fc.array(fc.constantFrom(...atoms, 'a\n', ' ', ' '), { maxLength: 24 }),
        fc.constantFrom('', ' '),
      )
      .map(([parts, between]) => parts.join(between))
    fc.assert(
      fc.property(wild, wild, (title, text) => {
        const one = documentOf({ title, text, outlet: '' })
        const trees = [one.title, one.text].flatMap(({ tokens }) =>
          tokens.map(({ norm }, at): Query => {
            const terms = [norm, ...tokens.slice(at + 1, at + 2).map((next) => next.norm)]
            return { kind: 'phrase', terms, loose: terms.map(() => false), spare: 0, scope: 'any' }
          }),
        )
        const percolator = createPercolator()
        const held = new Map(trees.map((tree, index) => [String(index), tree]))
        for (const [id, tree] of held) percolator.add(id, tree)
        expect(idsOf(percolator, one)).toEqual(idsByTrying(held, one))
        // by one that knows hardly any word, too
        for (const [id, tree] of held) {
          const alone = createPercolator()
          alone.add(id, tree)
          expect(idsOf(alone, one)).toEqual(idsByTrying(new Map([[id, tree]]), one))
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('counts the words in between over the whole phrase', () => {
    const letters = fc.array(fc.constantFrom('k', 'm', 'p'), { minLength: 2, maxLength: 14 })
    const loosePhrase = fc.record({
      terms: fc.array(fc.constantFrom('k', 'm', 'p'), { minLength: 3, maxLength: 5 }),
      spare: fc.nat(4),
    })
    fc.assert(
      fc.property(loosePhrase, letters, ({ terms, spare }, title) => {
        const tree: Query = {
          kind: 'phrase',
          terms,
          loose: terms.map((_, index) => index > 0),
          spare,
          scope: 'any',
        }
        const percolator = createPercolator()
        percolator.add('a', tree)
        const one = documentOf({ title: title.join(' '), text: '', outlet: '' })
        // A third way, by the definition alone.
        const skips = Array.from({ length: spare + 1 }, (_, index) => index)
        const tryFrom = (at: number, word: number, left: number): boolean =>
          title[at] === terms[word] &&
          (word === terms.length - 1 ||
            skips.some((skipped) => skipped <= left && tryFrom(at + 1 + skipped, word + 1, left - skipped)))
        const expected = title.some((_, at) => tryFrom(at, 0, spare))
        expect(evaluate(tree, one)).toBe(expected)
        expect(idsOf(percolator, one)).toEqual(expected ? ['a'] : [])
      }),
      { numRuns: 5000 },
    )
  })

  it('still does while queries come, go and are replaced between documents', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('add' as const), id: fc.nat(12), tree: positive }),
      fc.record({ kind: fc.constant('remove' as const), id: fc.nat(12) }),
      fc.record({ kind: fc.constant('match' as const), document }),
    )
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 60 }), (steps) => {
        const percolator = createPercolator()
        const held = new Map<string, Query>()
        for (const one of steps) {
          if (one.kind === 'match') {
            expect(idsOf(percolator, one.document)).toEqual(idsByTrying(held, one.document))
            continue
          }
          const id = String(one.id)
          expect(percolator.remove(id)).toBe(held.delete(id))
          if (one.kind === 'remove') continue
          percolator.add(id, one.tree)
          held.set(id, one.tree)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('keeps finding the same when it chooses its anchors anew and sweeps out what was removed', () => {
    const percolator = createPercolator()
    const held = new Map<string, Query>()
    const documents = fc.sample(document, { numRuns: 3000, seed: 7 })
    const trees = fc.sample(positive, { numRuns: 3000, seed: 7 })
    for (const [index, one] of documents.entries()) {
      const tree = trees[index]
      if (tree === undefined) break
      const id = String(index)
      percolator.add(id, tree)
      held.set(id, tree)
      const gone = String(index - 30)
      expect(percolator.remove(gone)).toBe(held.delete(gone))
      expect(idsOf(percolator, one)).toEqual(idsByTrying(held, one))
    }
  })

  it('finds the same while it looks many queries over, some with each document, and others come and go', () => {
    const percolator = createPercolator()
    const held = new Map<string, Query>()
    const [documents, trees] = [document, positive].map((one) =>
      fc.sample<unknown>(one, { numRuns: 2100, seed: 11 }),
    )
    const put = (id: string): void => {
      const tree = trees?.[Number(id)] as Query
      percolator.add(id, tree)
      held.set(id, tree)
    }
    for (let id = 0; id < 500; id += 1) put(String(id))
    for (const [index, one] of (documents as Document[]).entries()) {
      if (index < 2030) {
        percolator.match(one)
        continue
      }
      expect(idsOf(percolator, one)).toEqual(idsByTrying(held, one))
      put(String(index))
      const gone = String((index * 37) % 500)
      expect(percolator.remove(gone)).toBe(held.delete(gone))
    }
  })

  it('finds plurals that begin otherwise, and all words of a letter', () => {
    const one = documentOf({ title: 'Men and mice', text: 'Their feet.', outlet: '' })
    const plain = (term: string): Query => ({
      kind: 'phrase',
      terms: [term],
      loose: [false],
      spare: 0,
      scope: 'any',
    })
    const queries = new Map<string, Query>([
      ['man', plain('man')],
      ['mouse', plain('mouse')],
      ['foot', plain('foot')],
      ['t*', { kind: 'prefix', prefix: 't', scope: 'any' }],
      ['x*', { kind: 'prefix', prefix: 'x', scope: 'any' }],
    ])
    for (const [id, query] of queries) {
      const percolator = createPercolator()
      percolator.add(id, query)
      expect(idsOf(percolator, one)).toEqual(id === 'x*' ? [] : [id])
    }
  })

  it('finds a letter that is short for words with a space between', () => {
    const one = documentOf({ title: 'محمد ﷺ', text: '', outlet: '' })
    for (const { norm } of one.title.tokens) {
      const percolator = createPercolator()
      percolator.add('a', { kind: 'phrase', terms: [norm], loose: [false], spare: 0, scope: 'any' })
      expect(idsOf(percolator, one)).toEqual(['a'])
    }
  })

  it('refuses a query that only excludes', () => {
    const exclusion: Query = {
      kind: 'not',
      query: { kind: 'phrase', terms: ['model'], loose: [false], spare: 0, scope: 'any' },
    }
    expect(() => createPercolator().add('a', exclusion)).toThrow(/at least one word/)
  })
})
