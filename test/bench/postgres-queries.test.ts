import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeMaterial } from '../../bench/percolate-material.ts'
import { openPostgresYardsticks, type PostgresYardsticks } from '../../bench/postgres-queries.ts'
import { documentOf } from '../../src/matching/document.ts'
import { createPercolator } from '../../src/matching/percolator.ts'

describe('the Postgres yardsticks', () => {
  let postgres: PostgresYardsticks
  beforeAll(async () => {
    postgres = await openPostgresYardsticks()
  })
  afterAll(() => postgres.close())

  it('find what the percolator finds in the same items without sentence ends, which a tsvector has not', async () => {
    const material = makeMaterial(5000, 1000)
    const percolator = createPercolator()
    material.queries.forEach((query, index) => percolator.add(String(index), query))
    const expected = material.documents.map(({ title, text, outlet }) => {
      const endless = documentOf({ title: title.raw, text: text.raw.replaceAll('. ', ' '), outlet })
      return percolator.match(endless).map(({ id }) => Number(id))
    })
    expect(expected.flat().length).toBeGreaterThan(20)
    for (const yardstick of postgres.yardsticks) {
      const { matches, seconds } = await yardstick.match(material)
      expect(matches).toEqual(expected)
      expect(seconds).toBeGreaterThan(0)
    }
  })
})
